package io.dolim.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal: a code, a reason and the numbers behind it, sent as {@code error.data}.
 *
 * @param reason a word that a program can switch on
 * @param details what else stands in {@code data}, in order; never a member named {@code reason}
 */
public record Refusal(ErrorCode code, String reason, Map<String, JsonNode> details)
        implements Reply {

    /** How much of a stranger's value is said back to him, in characters. */
    private static final int MAX_ECHO = 64;

    public Refusal {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** A refusal with nothing but its reason; add the numbers by {@code with}. */
    public static Refusal of(ErrorCode code, String reason) {
        return new Refusal(code, reason, Map.of());
    }

    /** A parameter that broke a rule. */
    public static Refusal param(String name, JsonNode value, String rule) {
        return of(ErrorCode.INVALID_PARAMS, "invalid_param")
                .with("param", name)
                .with("value", echo(value))
                .with("rule", rule);
    }

    /** The same with one more member of {@code data}. */
    public Refusal with(String name, JsonNode value) {
        Map<String, JsonNode> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Refusal(code, reason, more);
    }

    /** The same with a text. */
    public Refusal with(String name, String value) {
        return with(name, TextNode.valueOf(value));
    }

    /** The same with a whole number. */
    public Refusal with(String name, long value) {
        return with(name, LongNode.valueOf(value));
    }

    /** The same with a decimal. */
    public Refusal with(String name, BigDecimal value) {
        return with(name, DecimalNode.valueOf(value));
    }

    /** Writes {@code {"code","message","data"}}. */
    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("code", code.code());
        json.writeStringField("message", code.message());
        json.writeObjectFieldStart("data");
        json.writeStringField("reason", reason);
        for (Map.Entry<String, JsonNode> detail : details.entrySet()) {
            json.writeFieldName(detail.getKey());
            json.writeTree(detail.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static JsonNode echo(JsonNode value) {
        if (value.isMissingNode()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value.isNumber() || value.isBoolean() || value.isNull()) {
            return value;
        }
        String text = value.isTextual() ? value.textValue() : value.toString();
        return TextNode.valueOf(shortened(text));
    }

    static String shortened(String text) {
        if (text.length() <= MAX_ECHO) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_ECHO - 1)) ? MAX_ECHO - 1 : MAX_ECHO;
        return text.substring(0, end) + "…";
    }
}
