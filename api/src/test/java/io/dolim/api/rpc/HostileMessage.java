package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

/** A message that is no good, and how it must be answered. */
record HostileMessage(String name, String message, int code, String reason, String id) {

    static final String ECHO = "{\"id\":1,\"method\":\"public/echo\",\"params\":{\"text\":\"a\"}}";

    static HostileMessage of(String name, String message, int code, String reason) {
        return new HostileMessage(name, message, code, reason, "");
    }

    static HostileMessage params(
            String name, String method, String params, int code, String reason) {
        return new HostileMessage(
                name,
                "{\"id\":5,\"method\":\"" + method + "\",\"params\":" + params + "}",
                code,
                reason,
                "5");
    }

    /** Sends it: it gets its code and reason, its session goes on, and nobody else suffers. */
    void verify(EdgeServer server, Witness witness) {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode answer = raw.call(message);
            JsonNode error = answer.path("error");
            assertEquals(code, error.path("code").intValue(), () -> answer.toString());
            assertEquals(reason, error.path("data").path("reason").textValue());
            assertEquals(id, answer.path("id").toString());
            assertEquals(
                    "a", raw.call(ECHO).path("result").textValue(), "the same session goes on");
        }
        witness.isUnharmed();
    }
}
