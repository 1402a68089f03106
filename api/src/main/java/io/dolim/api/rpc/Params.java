package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dolim.api.rpc.json.Decimals;
import io.dolim.api.rpc.json.StrictJson;
import io.dolim.api.rpc.json.Unreadable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The parameters of one request, read by name and type. What is absent, of another type or out of its range is refused by
 * throwing {@link Refused}, with the name, the value and the rule. A JSON null is absent to the optional readers and
 * refused by the others.
 *
 * <p>Parameters of a GET arrive as text: only there is text read as a number, a boolean, an array or an object, by the same
 * strict grammar.
 */
public final class Params {

    private final ObjectNode members;
    private final boolean fromQuery;
    private final String path;
    private final Set<String> known = new HashSet<>();
    private final List<Params> nested = new ArrayList<>();

    private Params(ObjectNode members, boolean fromQuery, String path) {
        this.members = members;
        this.fromQuery = fromQuery;
        this.path = path;
    }

    /** Parameters as JSON. */
    public static Params ofJson(ObjectNode members) {
        return new Params(members, false, "");
    }

    /** Parameters of a query: every member is text. */
    static Params ofQuery(ObjectNode members) {
        return new Params(members, true, "");
    }

    static Params none() {
        return ofJson(JsonNodeFactory.instance.objectNode());
    }

    /** Whether the parameter was sent and is not null. */
    public boolean has(String name) {
        known.add(name);
        return members.hasNonNull(name);
    }

    /** Text of 1 to {@code maxLength} characters. */
    public String text(String name, int maxLength) {
        JsonNode value = required(name, "must be a string");
        String rule = "must be a string of 1 to " + maxLength + " characters";
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > maxLength) {
            throw refuse(name, value, rule);
        }
        return value.textValue();
    }

    /** The same, or nothing where it is absent. */
    public Optional<String> optionalText(String name, int maxLength) {
        return has(name) ? Optional.of(text(name, maxLength)) : Optional.empty();
    }

    /** One of the words given. */
    public String oneOf(String name, String... words) {
        JsonNode value = required(name, "must be one of " + String.join(", ", words));
        if (!value.isTextual() || !Arrays.asList(words).contains(value.textValue())) {
            throw refuse(name, value, "must be one of " + String.join(", ", words));
        }
        return value.textValue();
    }

    /** Text that a domain type reads; nothing from the reader is a refusal by the rule named. */
    public <T> T parsed(String name, Function<String, Optional<T>> reader, String rule) {
        JsonNode value = required(name, rule);
        if (!value.isTextual()) {
            throw refuse(name, value, rule);
        }
        return reader.apply(value.textValue()).orElseThrow(() -> refuse(name, value, rule));
    }

    /** A whole number from {@code min} to {@code max}; 1.0 is not one. */
    public long whole(String name, long min, long max) {
        String rule = "must be a whole number from " + min + " to " + max;
        JsonNode value = required(name, rule);
        Optional<Long> number =
                value.isTextual() && fromQuery
                        ? Decimals.parseWhole(value.textValue())
                        : value.isLong() ? Optional.of(value.longValue()) : Optional.empty();
        return number.filter(n -> n >= min && n <= max)
                .orElseThrow(() -> refuse(name, value, rule));
    }

    /** The same, or nothing where it is absent. */
    public Optional<Long> optionalWhole(String name, long min, long max) {
        return has(name) ? Optional.of(whole(name, min, max)) : Optional.empty();
    }

    /** A decimal, exactly as it was written: at most 40 characters, exponent of at most two digits. */
    public BigDecimal decimal(String name) {
        String rule = "must be a number";
        JsonNode value = required(name, rule);
        Optional<BigDecimal> number =
                value.isTextual() && fromQuery
                        ? Decimals.parse(value.textValue())
                        : value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
        return number.orElseThrow(() -> refuse(name, value, rule));
    }

    /** The same, or nothing where it is absent. */
    public Optional<BigDecimal> optionalDecimal(String name) {
        return has(name) ? Optional.of(decimal(name)) : Optional.empty();
    }

    /** A boolean, or {@code otherwise} where it is absent. */
    public boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = members.path(name);
        boolean worded = fromQuery && value.isTextual();
        if (value.isBoolean() || (worded && isBooleanWord(value.textValue()))) {
            return value.isBoolean() ? value.booleanValue() : value.textValue().equals("true");
        }
        throw refuse(name, value, "must be true or false");
    }

    /** A list of at most {@code maxItems} texts, each of 1 to {@code maxLength} characters. */
    public List<String> texts(String name, int maxItems, int maxLength) {
        String rule =
                "must be an array of at most "
                        + maxItems
                        + " strings of 1 to "
                        + maxLength
                        + " characters";
        JsonNode array = array(name, maxItems, rule);
        List<String> texts = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            if (!item.isTextual()
                    || item.textValue().isEmpty()
                    || item.textValue().length() > maxLength) {
                throw refuse(name, item, rule);
            }
            texts.add(item.textValue());
        }
        return List.copyOf(texts);
    }

    /** A list of at most {@code maxItems} objects; members that nobody reads are refused as here. */
    public List<Params> objects(String name, int maxItems) {
        String rule = "must be an array of at most " + maxItems + " objects";
        JsonNode array = array(name, maxItems, rule);
        List<Params> objects = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof ObjectNode object)) {
                throw refuse(name, array.get(i), rule);
            }
            objects.add(new Params(object, false, path + name + "[" + i + "]."));
        }
        nested.addAll(objects);
        return List.copyOf(objects);
    }

    /** A refusal of one of these parameters by a rule of the caller's own. */
    public Refused refuse(String name, String rule) {
        known.add(name);
        return refuse(name, members.path(name), rule);
    }

    /** Refuses the first member that nobody has asked for, here and in the objects read from here. */
    void refuseUnknown() {
        for (Iterator<String> names = members.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw refuse(
                        Refusal.shortened(name),
                        members.path(name),
                        "is not a parameter of this method");
            }
        }
        nested.forEach(Params::refuseUnknown);
    }

    private JsonNode required(String name, String rule) {
        known.add(name);
        JsonNode value = members.path(name);
        if (value.isMissingNode() || value.isNull()) {
            throw refuse(name, value, rule + "; it is required");
        }
        return value;
    }

    private JsonNode array(String name, int maxItems, String rule) {
        JsonNode value = required(name, rule);
        JsonNode array = fromQuery && value.isTextual() ? document(name, value, rule) : value;
        if (!array.isArray() || array.size() > maxItems) {
            throw refuse(name, value, rule);
        }
        return array;
    }

    private JsonNode document(String name, JsonNode text, String rule) {
        try {
            return StrictJson.read(text.textValue());
        } catch (Unreadable e) {
            throw refuse(
                    name,
                    TextNode.valueOf(text.textValue()),
                    rule + " as JSON: " + e.rule().wire());
        }
    }

    private static boolean isBooleanWord(String word) {
        return word.equals("true") || word.equals("false");
    }

    private Refused refuse(String name, JsonNode value, String rule) {
        return new Refused(Refusal.param(path + name, value, rule));
    }
}
