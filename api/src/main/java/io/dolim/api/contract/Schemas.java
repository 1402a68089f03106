package io.dolim.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Shapes that all documents share: envelopes, errors, and how they are pointed at. */
final class Schemas {

    /** What documents are made around. */
    static final String FRAME = "frame.json";

    private Schemas() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** {@code {"$ref": …}}. */
    static ObjectNode pointing(String target) {
        return object().put("$ref", target);
    }

    static String id(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    /** The envelope of a result. */
    static ObjectNode response(JsonNode result) {
        ObjectNode schema = (ObjectNode) ContractFile.json(FRAME).path("response");
        ((ObjectNode) schema.path("properties")).set("result", result.deepCopy());
        return schema;
    }

    /** The envelope of a channel's update. */
    static ObjectNode notification(DescribedChannel channel) {
        ObjectNode schema = (ObjectNode) ContractFile.json(FRAME).path("notification");
        ObjectNode params =
                (ObjectNode) schema.path("properties").path("params").path("properties");
        ((ObjectNode) params.path("channel")).put("pattern", channel.pattern());
        params.set("data", channel.data().deepCopy());
        return schema;
    }

    /** The body of a POST. */
    static ObjectNode request(Described method) {
        ObjectNode schema = object();
        schema.put("type", "object");
        ObjectNode members = schema.putObject("properties");
        members.putObject("jsonrpc").put("const", "2.0");
        members.set("id", pointing("#/components/schemas/Id"));
        members.putObject("method").put("const", method.name());
        members.set("params", method.paramsSchema());
        if (!method.required().isEmpty()) {
            schema.putArray("required").add("params");
        }
        // further members of an envelope are not looked at
        schema.put("additionalProperties", true);
        return schema;
    }

    /** The shapes of all envelopes, the error's with the codes there are. */
    static ObjectNode envelopes() {
        ObjectNode schemas = (ObjectNode) ContractFile.json(FRAME).path("schemas");
        ObjectNode code = (ObjectNode) schemas.path("Error").path("properties").path("code");
        code.put(
                "description",
                Arrays.stream(ErrorCode.values())
                        .map(one -> one.code() + " " + one.message())
                        .collect(Collectors.joining(", ")));
        ArrayNode codes = code.putArray("enum");
        Arrays.stream(ErrorCode.values()).forEach(one -> codes.add(one.code()));
        return schemas;
    }
}
