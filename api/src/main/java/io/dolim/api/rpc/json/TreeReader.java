package io.dolim.api.rpc.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds the tree of one document from its tokens, so that each number passes the grammar before it becomes one. */
final class TreeReader {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String text;

    TreeReader(String text) {
        this.text = text;
    }

    JsonNode read() throws Unreadable {
        if (text.length() > StrictJson.MAX_DOCUMENT) {
            throw new Unreadable(Unreadable.Rule.TOO_LONG);
        }
        try (JsonParser parser = StrictJson.FACTORY.createParser(text)) {
            JsonNode document = value(parser, parser.nextToken());
            refuseTrailing(parser);
            return document;
        } catch (StreamConstraintsException e) {
            throw new Unreadable(constraint(e));
        } catch (JsonProcessingException e) {
            throw new Unreadable(
                    duplicate(e) ? Unreadable.Rule.DUPLICATE_KEY : Unreadable.Rule.SYNTAX);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
    }

    private static void refuseTrailing(JsonParser parser) throws IOException, Unreadable {
        try {
            if (parser.nextToken() != null) {
                throw new Unreadable(Unreadable.Rule.TRAILING_TOKENS);
            }
        } catch (JsonProcessingException garbage) {
            throw new Unreadable(Unreadable.Rule.TRAILING_TOKENS);
        }
    }

    private JsonNode value(JsonParser parser, @Nullable JsonToken token)
            throws IOException, Unreadable {
        if (token == null) {
            throw new Unreadable(Unreadable.Rule.SYNTAX);
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT -> whole(parser.getText());
            case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new Unreadable(Unreadable.Rule.SYNTAX);
        };
    }

    private ObjectNode object(JsonParser parser) throws IOException, Unreadable {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser.currentName());
            object.set(name, value(parser, parser.nextToken()));
        }
        return object;
    }

    private ArrayNode array(JsonParser parser) throws IOException, Unreadable {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static JsonNode whole(String digits) throws Unreadable {
        if (!Decimals.matches(digits)) {
            throw new Unreadable(Unreadable.Rule.NUMBER_OUT_OF_RANGE);
        }
        Optional<Long> small = Decimals.parseWhole(digits);
        return small.isPresent()
                ? NODES.numberNode(small.get().longValue())
                : NODES.numberNode(new BigInteger(digits));
    }

    private static JsonNode decimal(String digits) throws Unreadable {
        return DecimalNode.valueOf(
                Decimals.parse(digits)
                        .orElseThrow(() -> new Unreadable(Unreadable.Rule.NUMBER_OUT_OF_RANGE)));
    }

    /** JSON may escape half a surrogate pair, which no UTF-8 can say again. */
    private static String wellFormed(String text) throws Unreadable {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new Unreadable(Unreadable.Rule.LONE_SURROGATE);
            }
        }
        return text;
    }

    private static boolean duplicate(JsonProcessingException e) {
        return e.getOriginalMessage().startsWith("Duplicate");
    }

    private static Unreadable.Rule constraint(StreamConstraintsException e) {
        String message = e.getOriginalMessage();
        if (message.contains("nesting")) {
            return Unreadable.Rule.TOO_DEEP;
        }
        return message.contains("Number")
                ? Unreadable.Rule.NUMBER_OUT_OF_RANGE
                : Unreadable.Rule.TOO_LONG;
    }
}
