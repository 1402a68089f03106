package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.Test;

/** L1 over real sockets: where queues are short, quotes and subscriptions give way and orders go through. */
final class SheddingTest {

    private static final String FREE =
            """
            rates {
              address.reading { burst = 1000000, per-second = 1000000 }
              key.reading { burst = 1000000, per-second = 1000000 }
            }
            """;
    private static final String QUOTE = "{\"id\":2,\"method\":\"public/get_quote\"}";
    private static final String SUBSCRIBE =
            "{\"id\":3,\"method\":\"public/subscribe\",\"params\":{\"channels\":[\"trades.A\"]}}";
    private static final String BUY =
            "{\"id\":4,\"method\":\"private/buy\",\"params\":{\"instrument_name\":\"A\",\"amount\":1}}";
    private static final String AUTH =
            "{\"id\":1,\"method\":\"public/auth\",\"params\":{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\",\"client_secret\":\""
                    + EdgeServer.SECRET
                    + "\"}}";

    private static void requireOverloaded(JsonNode answer, String rule) {
        JsonNode error = answer.path("error");
        assertEquals(10047, error.path("code").intValue(), answer::toString);
        assertEquals("overloaded", error.path("data").path("reason").textValue());
        assertTrue(error.path("data").path("rule").textValue().startsWith(rule), answer::toString);
    }

    /** Updates for a session that does not read, until there is no room for another's quotes. */
    private static void fillTheQueuesOfAll(EdgeServer server, RawSocket trader) {
        Topic topic = server.topic("trades.A");
        byte[] update = ("\"" + "x".repeat(2_000) + "\"").getBytes(UTF_8);
        long began = System.nanoTime();
        while (trader.call(QUOTE).has("result")) {
            topic.publish(update);
            assertTrue(System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(), "never short");
        }
        assertEquals(
                0.0, server.registry.get("dolim_api_queue_overflows").counter().count(), "closed");
    }

    @Test
    void whenASlowReaderFillsTheQueuesOfAllATraderIsRefusedQuotesAndHisOrdersGoThrough() {
        String settings = FREE + "sessions.queued-bytes-of-all = 400000\n";
        try (EdgeServer server = new EdgeServer(settings);
                RawSocket slow = RawSocket.webSocket(server.port());
                RawSocket trader = RawSocket.webSocket(server.port())) {
            assertTrue(trader.call(AUTH).has("result"));
            assertTrue(slow.call(SUBSCRIBE).has("result"));
            fillTheQueuesOfAll(server, trader);
            requireOverloaded(trader.call(QUOTE), "read what was sent");
            requireOverloaded(trader.call(SUBSCRIBE), "read what was sent");
            assertTrue(trader.call(BUY).has("result"));
        }
    }

    /** Until the server has answered so many requests, whoever reads the answers. */
    private static void awaitAnswered(EdgeServer server, long requests) {
        long began = System.nanoTime();
        while (server.registry.find("dolim_api_requests").timers().stream()
                        .mapToLong(Timer::count)
                        .sum()
                < requests) {
            assertTrue(System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(), "no answer");
            Thread.onSpinWait();
        }
    }

    @Test
    void aTraderWhoDoesNotReadLosesHisQuotesBeforeTheAnswersToHisOrders() {
        String settings = FREE + "sessions { queued-responses = 64, queued-bytes = 100000000 }\n";
        try (EdgeServer server = new EdgeServer(settings);
                RawSocket trader = RawSocket.webSocket(server.port())) {
            assertTrue(trader.call(AUTH).has("result"));
            // an answer of ours that the socket does not take keeps all behind it in the queue
            int asked = 0;
            while (server.registry.find("dolim_api_refusals").counters().isEmpty()) {
                trader.text("{\"id\":5,\"method\":\"public/big\"}").text(QUOTE);
                asked += 2;
                awaitAnswered(server, asked + 1);
            }
            trader.text(BUY);
            boolean shed = false;
            boolean bought = false;
            for (int i = 0; i < asked + 1; i++) {
                JsonNode answer = trader.message();
                bought |= answer.path("id").intValue() == 4 && answer.has("result");
                if (answer.has("error")) {
                    requireOverloaded(answer, "read what was sent");
                    assertEquals(2, answer.path("id").intValue());
                    shed = true;
                }
            }
            assertTrue(shed);
            assertTrue(bought);
        }
    }

    @Test
    void aQuoteThatWaitedBehindOthersIsRefusedAndAnOrderThatDidIsDone() {
        try (EdgeServer server =
                        new EdgeServer(FREE + "sessions { in-flight = 1, quote-wait = 100 ms }\n");
                RawSocket trader = RawSocket.webSocket(server.port())) {
            assertTrue(trader.call(AUTH).has("result"));
            trader.text("{\"id\":6,\"method\":\"public/hold\"}").text(QUOTE).text(BUY);
            assertFalse(trader.hasArrived(300));
            server.held.complete(Result.ok());
            assertEquals(6, trader.message().path("id").intValue());
            requireOverloaded(trader.message(), "quotes that waited too long");
            assertTrue(trader.message().has("result"));
        }
    }
}
