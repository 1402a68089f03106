package io.dolim.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.Access;
import io.dolim.api.rpc.Method;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the method table with what is said of it.
 *
 * @param row decides who may call it, what it costs and whether it is strict
 * @param text {@code summary}, {@code params} by name, {@code required}, {@code result}; {@code oneOf} where
 *     parameters depend on each other, {@code transport} where it is answered over a WebSocket alone
 */
record Described(Method<?> row, ObjectNode text) {

    String name() {
        return row.name();
    }

    String summary() {
        return text.path("summary").asText();
    }

    /** JSON Schemas by the parameter's name. */
    ObjectNode params() {
        return (ObjectNode) text.path("params");
    }

    Set<String> required() {
        Set<String> names = new LinkedHashSet<>();
        text.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }

    JsonNode result() {
        return text.path("result");
    }

    boolean needsWebSocket() {
        return text.path("transport").asText().equals("websocket");
    }

    /** All parameters as one object, closed where the table refuses what it does not know. */
    ObjectNode paramsSchema() {
        ObjectNode schema = Schemas.object();
        schema.put("type", "object");
        schema.set("properties", params().deepCopy());
        if (!required().isEmpty()) {
            required().forEach(schema.putArray("required")::add);
        }
        schema.put("additionalProperties", !row.strict());
        if (text.has("oneOf")) {
            schema.set("oneOf", text.path("oneOf").deepCopy());
        }
        return schema;
    }

    boolean isOpen() {
        return row.access() instanceof Access.Anyone;
    }

    /** The scope that it needs, if it needs one. */
    Optional<String> scope() {
        return row.access() instanceof Access.Needs needs
                ? Optional.of(needs.scope().wire())
                : Optional.empty();
    }

    /** The class of its cost: matching, reading, quoting. */
    String cost() {
        return row.cost().name().toLowerCase(Locale.ROOT);
    }

    /** A name without signs, for documents that allow none. */
    String id() {
        return Schemas.id(name());
    }
}
