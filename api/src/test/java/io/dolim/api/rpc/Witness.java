package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An honest session beside the hostile ones: whatever they do, it is answered. */
final class Witness implements AutoCloseable {

    private final RawSocket socket;
    private long id;

    Witness(EdgeServer server) {
        socket = RawSocket.webSocket(server.port());
    }

    void isUnharmed() {
        id++;
        var answer =
                socket.call(
                        "{\"jsonrpc\":\"2.0\",\"id\":"
                                + id
                                + ",\"method\":\"public/echo\",\"params\":{\"text\":\"alive\"}}");
        assertEquals(id, answer.path("id").longValue());
        assertEquals("alive", answer.path("result").textValue());
    }

    @Override
    public void close() {
        socket.close();
    }
}
