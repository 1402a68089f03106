package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients are told and owed when the server stops. */
final class GoodbyeTest {

    private EdgeServer server = new EdgeServer("");

    @AfterEach
    void stop() {
        server.close();
    }

    private static String subscribe(String channel) {
        return "{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":[\""
                + channel
                + "\"]}}";
    }

    private static void requireGoodbye(RawSocket raw) {
        RawSocket.Frame last = raw.frame();
        assertEquals(0x8, last.opcode(), last.text());
        assertEquals(1001, last.closeCode());
        assertEquals("server is going away", last.closeReason());
    }

    @Test
    void whatIsUnderWayIsAnsweredWhatIsNewIsRefusedAndThenGoodbyeIsSaid() throws Exception {
        try (RawSocket busy = RawSocket.webSocket(server.port());
                RawSocket listener = RawSocket.webSocket(server.port());
                RawSocket http = new RawSocket(server.port())) {
            assertEquals(
                    "[\"platform_state\"]",
                    listener.call(subscribe("platform_state")).path("result").toString());
            busy.call(subscribe("trades.A"));
            busy.text("{\"id\":7,\"method\":\"public/hold\"}");
            http.send("GET /api/v2/public/hold HTTP/1.1\r\nHost: h\r\n\r\n");
            assertTrue(server.holding.tryAcquire(2, 10, TimeUnit.SECONDS));

            CompletableFuture<Done> stopped = server.bound.stop().toCompletableFuture();
            assertEquals(
                    "{\"channel\":\"platform_state\",\"sequence\":1,\"data\":{\"maintenance\":true}}",
                    listener.message().path("params").toString());
            requireGoodbye(listener);

            JsonNode refused = busy.call("{\"id\":8,\"method\":\"public/get_time\"}").path("error");
            assertEquals(11051, refused.path("code").intValue());
            assertEquals("server_stopping", refused.path("data").path("reason").textValue());
            server.topic("trades.A").publish("1".getBytes(UTF_8));

            server.held.complete(Result.of("kept"));
            JsonNode kept = busy.message();
            assertEquals(7, kept.path("id").intValue());
            assertEquals("kept", kept.path("result").textValue());
            requireGoodbye(busy);
            RawSocket.Http answer = http.http();
            assertEquals("kept", answer.json().path("result").textValue());
            assertTrue(answer.head().contains("Connection: close"), answer.head());
            assertTrue(http.ends());
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void answersThatWaitForASlowReaderAreSaidBeforeTheGoodbye() throws Exception {
        int answers = 60;
        try (RawSocket slow = RawSocket.webSocket(server.port())) {
            for (int i = 1; i <= answers; i++) {
                slow.text("{\"id\":" + i + ",\"method\":\"public/big\"}");
            }
            slow.text("{\"id\":0,\"method\":\"public/hold\"}");
            assertTrue(server.holding.tryAcquire(10, TimeUnit.SECONDS));
            CompletableFuture<Done> stopped = server.bound.stop().toCompletableFuture();
            server.held.complete(Result.of("last"));
            for (int i = 1; i <= answers; i++) {
                assertEquals(i, slow.message().path("id").intValue());
            }
            assertEquals("last", slow.message().path("result").textValue());
            requireGoodbye(slow);
            stopped.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCallThatIsNotAnsweredInTimeDoesNotHoldTheStop() throws Exception {
        server.close();
        server = new EdgeServer("connections { stop-deadline = 1 s, close-grace = 500 ms }");
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            raw.text("{\"id\":7,\"method\":\"public/hold\"}");
            assertTrue(server.holding.tryAcquire(10, TimeUnit.SECONDS));
            CompletableFuture<Done> stopped = server.bound.stop().toCompletableFuture();
            requireGoodbye(raw);
            stopped.get(10, TimeUnit.SECONDS);
            assertTrue(raw.ends());
        }
    }
}
