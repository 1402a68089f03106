package io.dolim.api.client;

import com.fasterxml.jackson.databind.JsonNode;

/** The server's refusal of a call: its code, its words, and the numbers behind it. */
public final class RpcError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient JsonNode data;

    RpcError(String method, int code, String message, JsonNode data) {
        super(method + ": " + code + " " + message + " " + data);
        this.code = code;
        this.data = data;
    }

    /** Code of the error, as in 10009. */
    public int code() {
        return code;
    }

    /** The reason by name, empty when the server gave none. */
    public String reason() {
        return data.path("reason").asText("");
    }

    /** All that the server said of it. */
    public JsonNode data() {
        return data;
    }
}
