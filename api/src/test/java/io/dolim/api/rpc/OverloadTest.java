package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every bound of the edge, reached: a refusal, a close or a drop that is counted, and nobody else suffers. */
final class OverloadTest {

    private static final String FREE =
            "rates.address.reading { burst = 1000000, per-second = 1000000 }\n";

    private static JsonNode subscribe(RawSocket raw, String channel) {
        return raw.call(
                "{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":[\""
                        + channel
                        + "\"]}}");
    }

    private static byte[] numbered(int n, int size) {
        return ("{\"n\":" + n + ",\"pad\":\"" + "x".repeat(size) + "\"}").getBytes(UTF_8);
    }

    private static double counted(EdgeServer server, String name) {
        return server.registry.get(name).counter().count();
    }

    /** Publishes until a session that does not read has updates replaced in its queue. */
    private static int publishUntil(EdgeServer server, Topic topic, String counter) {
        long began = System.nanoTime();
        int n = 0;
        while (counted(server, counter) == 0) {
            topic.publish(numbered(++n, 16_000));
            assertTrue(
                    System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(), "never " + counter);
        }
        return n;
    }

    @Test
    void aSlowReaderSkipsToTheLatestAndLosesNothingElse() {
        try (EdgeServer server = new EdgeServer(FREE);
                Witness witness = new Witness(server);
                RawSocket slow = RawSocket.webSocket(server.port())) {
            subscribe(slow, "ticker.A");
            Topic topic = server.topic("ticker.A");
            int last = publishUntil(server, topic, "dolim_api_updates_conflated");
            slow.text("{\"id\":77,\"method\":\"public/test\"}");
            witness.isUnharmed();
            int seen = 0;
            int latest = 0;
            boolean answered = false;
            while (latest < last || !answered) {
                JsonNode message = slow.message();
                answered |= message.path("id").intValue() == 77;
                int n = message.path("params").path("data").path("n").intValue();
                assertTrue(n == 0 || n > latest, "never backwards");
                assertEquals(n, message.path("params").path("sequence").intValue(), "a silent gap");
                latest = Math.max(latest, n);
                seen += n == 0 ? 0 : 1;
            }
            assertTrue(seen < last, "skipped some: " + seen + " of " + last);
            assertEquals(0.0, counted(server, "dolim_api_queue_overflows"));
        }
    }

    @Test
    void aReaderTooSlowForUpdatesThatBuildOnEachOtherIsClosed() {
        try (EdgeServer server = new EdgeServer(FREE + "connections.close-grace = 500 ms");
                Witness witness = new Witness(server);
                RawSocket slow = RawSocket.webSocket(server.port())) {
            subscribe(slow, "trades.A");
            Topic topic = server.topic("trades.A");
            publishUntil(server, topic, "dolim_api_queue_overflows");
            witness.isUnharmed();
            assertTrue(slow.ends());
            server.closed.clear();
            assertEquals(0, topic.subscribers());
        }
    }

    @Test
    void aClosedSlowReaderIsToldWhyIfItReadsInTime() {
        try (EdgeServer server = new EdgeServer(FREE + "sessions.queued-updates = 8");
                RawSocket slow = RawSocket.webSocket(server.port())) {
            subscribe(slow, "trades.A");
            publishUntil(server, server.topic("trades.A"), "dolim_api_queue_overflows");
            RawSocket.Frame frame = slow.frame();
            int expected = 1;
            while (frame.opcode() == Frames.TEXT) {
                assertTrue(
                        frame.text().contains("{\"n\":" + expected++ + ","),
                        "no gap before the close");
                frame = slow.frame();
            }
            assertEquals(1008, frame.closeCode());
            assertEquals("slow reader", frame.closeReason());
        }
    }

    @Test
    void aClientThatAsksAndNeverReadsIsClosed() {
        try (EdgeServer server =
                        new EdgeServer(
                                FREE
                                        + "sessions.queued-responses = 16\nconnections.close-grace = 300 ms");
                Witness witness = new Witness(server);
                RawSocket greedy = RawSocket.webSocket(server.port())) {
            long began = System.nanoTime();
            while (counted(server, "dolim_api_queue_overflows") == 0) {
                greedy.text("{\"id\":1,\"method\":\"public/big\"}");
                assertTrue(
                        System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(), "never closed");
            }
            assertTrue(greedy.ends());
            witness.isUnharmed();
        }
    }

    @Test
    void aSessionWithEnoughUnderWayIsNotReadUntilSomethingIsAnswered() {
        try (EdgeServer server = new EdgeServer(FREE + "sessions.in-flight = 2");
                RawSocket raw = RawSocket.webSocket(server.port())) {
            raw.text("{\"id\":1,\"method\":\"public/hold\"}")
                    .text("{\"id\":2,\"method\":\"public/hold\"}")
                    .text("{\"id\":3,\"method\":\"public/test\"}");
            assertFalse(raw.hasArrived(200));
            server.held.complete(Result.ok());
            List<Integer> answered =
                    Stream.of(raw.message(), raw.message(), raw.message())
                            .map(m -> m.path("id").intValue())
                            .sorted()
                            .toList();
            assertEquals(List.of(1, 2, 3), answered);
        }
    }

    @Test
    void aRequestThatIsNotAnsweredInTimeHasAnUnknownOutcome() {
        try (EdgeServer server = new EdgeServer("sessions.request-deadline = 200 ms");
                RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode error = raw.call("{\"id\":1,\"method\":\"public/hold\"}").path("error");
            assertEquals(11051, error.path("code").intValue());
            assertEquals(
                    "{\"reason\":\"outcome_unknown\",\"deadline\":200}",
                    error.path("data").toString());
        }
    }

    @Test
    void tooManySubscriptionsAreRefusedWholeAndChangeNothing() {
        try (EdgeServer server = new EdgeServer("sessions.subscriptions = 3");
                RawSocket raw = RawSocket.webSocket(server.port())) {
            subscribe(raw, "many.0");
            subscribe(raw, "many.1");
            JsonNode error =
                    raw.call(
                                    "{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":[\"many.1\",\"many.2\",\"many.3\"]}}")
                            .path("error");
            assertEquals(11050, error.path("code").intValue());
            assertEquals(
                    "{\"reason\":\"too_many_subscriptions\",\"subscriptions\":4,\"limit\":3}",
                    error.path("data").toString());
            assertEquals("[\"many.2\"]", subscribe(raw, "many.2").path("result").toString());
            assertTrue(subscribe(raw, "many.3").has("error"));
            assertEquals(
                    "ok",
                    raw.call("{\"id\":1,\"method\":\"public/unsubscribe_all\"}")
                            .path("result")
                            .textValue());
            assertTrue(subscribe(raw, "many.3").has("result"));
        }
    }

    @Test
    void anAddressThatAsksTooFastIsToldToWait() {
        try (EdgeServer server =
                        new EdgeServer("rates.address.reading { burst = 3, per-second = 1 }");
                RawSocket raw = new RawSocket(server.port())) {
            String request = "GET /api/v2/public/test HTTP/1.1\r\nHost: h\r\n\r\n";
            for (int i = 0; i < 3; i++) {
                assertEquals(200, raw.send(request).http().status());
            }
            RawSocket.Http limited = raw.send(request).http();
            assertEquals(429, limited.status());
            assertTrue(limited.head().contains("Retry-After: 1\r\n"), limited.head());
            JsonNode error = limited.json().path("error");
            assertEquals(10028, error.path("code").intValue());
            assertEquals("rate_limit", error.path("data").path("reason").textValue());
            assertEquals("reading", error.path("data").path("class").textValue());
            assertEquals(
                    200, raw.send("GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n").http().status());
        }
    }

    @Test
    void nonsenseIsChargedLikeARequest() {
        try (EdgeServer server =
                        new EdgeServer("rates.address.reading { burst = 2, per-second = 1 }");
                RawSocket raw = RawSocket.webSocket(server.port())) {
            assertEquals(-32700, raw.call("nonsense").path("error").path("code").intValue());
            assertEquals(-32600, raw.call("[]").path("error").path("code").intValue());
            assertEquals(10028, raw.call("nonsense").path("error").path("code").intValue());
        }
    }

    @Test
    void aKeyHasABucketForTradingBesideItsBucketForReading() {
        String auth =
                "{\"id\":1,\"method\":\"public/auth\",\"params\":{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\",\"client_secret\":\""
                        + EdgeServer.SECRET
                        + "\"}}";
        String buy =
                "{\"id\":1,\"method\":\"private/buy\",\"params\":{\"instrument_name\":\"A\",\"amount\":1}}";
        try (EdgeServer server =
                        new EdgeServer("rates.key.matching { burst = 2, per-second = 1 }");
                RawSocket raw = RawSocket.webSocket(server.port())) {
            assertTrue(raw.call(auth).has("result"));
            assertTrue(raw.call(buy).has("result"));
            assertTrue(raw.call(buy).has("result"));
            JsonNode error = raw.call(buy).path("error");
            assertEquals(10028, error.path("code").intValue());
            assertEquals("matching", error.path("data").path("class").textValue());
            assertEquals(
                    "alice",
                    raw.call("{\"id\":1,\"method\":\"private/who\"}").path("result").textValue());
        }
    }

    @Test
    void guessingSecretsIsSlowedDown() {
        String guess =
                "{\"id\":1,\"method\":\"public/auth\",\"params\":{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\",\"client_secret\":\"x\"}}";
        String header =
                "GET /api/v2/private/who HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer x\r\n\r\n";
        try (EdgeServer server = new EdgeServer("rates.auth { burst = 2, per-second = 1 }");
                RawSocket raw = RawSocket.webSocket(server.port());
                RawSocket http = new RawSocket(server.port())) {
            assertEquals(13004, raw.call(guess).path("error").path("code").intValue());
            assertEquals(400, http.send(header).http().status());
            assertEquals(10028, raw.call(guess).path("error").path("code").intValue());
            assertEquals(429, http.send(header).http().status());
        }
    }

    @Test
    void aConnectionTooManyIsClosedAndOneThatEndsMakesRoom() {
        try (EdgeServer server = new EdgeServer("connections { max = 8, max-per-address = 2 }")) {
            RawSocket first = RawSocket.webSocket(server.port());
            try (Witness witness = new Witness(server);
                    RawSocket third = new RawSocket(server.port())) {
                assertTrue(third.ends());
                witness.isUnharmed();
                first.send(RawSocket.frame(0x88, new byte[0]));
                assertTrue(first.ends());
                first.close();
                awaitConnections(server, 1);
                try (RawSocket again = RawSocket.webSocket(server.port())) {
                    assertTrue(again.call("{\"id\":1,\"method\":\"public/test\"}").has("result"));
                }
            }
        }
    }

    private static void awaitConnections(EdgeServer server, double open) {
        long began = System.nanoTime();
        while (server.registry.get("dolim_api_connections").gauge().value() != open) {
            assertTrue(
                    System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(),
                    "connections never " + open);
            Thread.onSpinWait();
        }
    }

    @Test
    void anIdleConnectionIsPingedAndASilentOneClosed() {
        try (EdgeServer server =
                        new EdgeServer(
                                "connections { idle-timeout = 600 ms, ping-interval = 150 ms }");
                RawSocket raw = RawSocket.webSocket(server.port())) {
            RawSocket.Frame frame = raw.frame();
            assertEquals(Frames.PING, frame.opcode());
            while (frame.opcode() == Frames.PING) {
                frame = raw.frame();
            }
            assertEquals(1001, frame.closeCode());
            assertEquals("idle", frame.closeReason());
        }
    }

    @Test
    void stoppingSaysGoodbyeToSessionsAndLetsRequestsUnderWayEnd() throws InterruptedException {
        EdgeServer server = new EdgeServer("");
        try (RawSocket raw = RawSocket.webSocket(server.port());
                RawSocket busy = new RawSocket(server.port())) {
            busy.send("GET /api/v2/public/hold HTTP/1.1\r\nHost: h\r\n\r\n");
            assertTrue(raw.call("{\"id\":1,\"method\":\"public/test\"}").has("result"));
            assertTrue(server.holding.tryAcquire(10, TimeUnit.SECONDS));
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            RawSocket.Frame goodbye = raw.frame();
            assertEquals(1001, goodbye.closeCode());
            assertEquals("server is going away", goodbye.closeReason());
            raw.hangUp();
            server.held.complete(Result.ok());
            RawSocket.Http answer = busy.http();
            assertEquals(200, answer.status());
            assertTrue(answer.head().contains("Connection: close"), answer.head());
            assertTrue(busy.ends());
            busy.hangUp();
            stopped.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
