package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.json.Unreadable;
import java.util.Optional;

/**
 * Reads the JSON-RPC 2.0 envelope as Deribit does: {@code jsonrpc} may be left out, {@code id} may be left out and is then
 * left out of the answer, batches are refused, further members are not looked at.
 */
final class Envelope {

    private static final int MAX_ID = 256;
    private static final int MAX_METHOD = 80;

    private Envelope() {}

    /** What a document turned out to be. */
    sealed interface Read {}

    /** A request. */
    record Request(Optional<JsonNode> id, String method, Params params) implements Read {}

    /** No request; the id is there if it could be made out. */
    record Malformed(Optional<JsonNode> id, Refusal refusal) implements Read {}

    /** Text that is no JSON. */
    static Malformed unreadable(Unreadable why) {
        return new Malformed(
                Optional.empty(), Refusal.of(ErrorCode.PARSE_ERROR, why.rule().wire()));
    }

    /** A whole request. */
    static Read read(JsonNode document) {
        return read(document, Optional.empty());
    }

    /**
     * A request whose method is known from the path; the body may repeat it, and an empty one has no parameters.
     *
     * @param fromPath the method of the path; empty where the body must name one
     */
    static Read read(JsonNode document, Optional<String> fromPath) {
        if (document.isArray()) {
            return malformed(Optional.empty(), "batch_not_supported");
        }
        if (!(document instanceof ObjectNode envelope)) {
            return malformed(Optional.empty(), "not_an_object");
        }
        JsonNode id = envelope.path("id");
        if (!id.isMissingNode() && !isId(id)) {
            return malformed(Optional.empty(), "id_must_be_integer_or_string");
        }
        return read(envelope, id.isMissingNode() ? Optional.empty() : Optional.of(id), fromPath);
    }

    private static Read read(
            ObjectNode envelope, Optional<JsonNode> id, Optional<String> fromPath) {
        JsonNode version = envelope.path("jsonrpc");
        if (!version.isMissingNode()
                && !(version.isTextual() && version.textValue().equals("2.0"))) {
            return malformed(id, "jsonrpc_must_be_2.0");
        }
        JsonNode method = envelope.path("method");
        if (fromPath.isEmpty() && method.isMissingNode()) {
            return malformed(id, "method_missing");
        }
        if (!method.isMissingNode()
                && (!method.isTextual() || method.textValue().length() > MAX_METHOD)) {
            return malformed(id, "method_must_be_a_string");
        }
        if (fromPath.isPresent()
                && !method.isMissingNode()
                && !method.textValue().equals(fromPath.get())) {
            return malformed(id, "method_differs_from_path");
        }
        JsonNode params = envelope.path("params");
        String name = fromPath.orElseGet(method::textValue);
        if (params.isMissingNode() || params.isNull()) {
            return new Request(id, name, Params.none());
        }
        return params instanceof ObjectNode members
                ? new Request(id, name, Params.ofJson(members))
                : malformed(id, "params_must_be_an_object");
    }

    private static boolean isId(JsonNode id) {
        return id.isIntegralNumber() || (id.isTextual() && id.textValue().length() <= MAX_ID);
    }

    private static Malformed malformed(Optional<JsonNode> id, String reason) {
        return new Malformed(id, Refusal.of(ErrorCode.INVALID_REQUEST, reason));
    }
}
