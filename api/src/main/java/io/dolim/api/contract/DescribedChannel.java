package io.dolim.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A channel with what is said of it.
 *
 * @param name with its parameters in braces, {@code quote.{instrument_name}}
 * @param parameters by name {@code description}, and {@code enum} where it is one of a few words
 * @param data JSON Schema of what it says
 */
record DescribedChannel(String name, String summary, ObjectNode parameters, JsonNode data) {

    String id() {
        return Schemas.id(name);
    }

    /** A regular expression that its names match. */
    String pattern() {
        return "^" + name.replace(".", "\\.").replaceAll("\\{[a-z_]+\\}", "[^.]+") + "$";
    }
}
