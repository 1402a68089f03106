package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import io.dolim.book.LatchEvent;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A latched market on a whole engine: a restart keeps it stopped, an operator lifts it, it quotes. */
@Tag("slow")
class LatchedTest {

    private static final long PATIENCE_S = 60;

    /** Several times what an open market takes to be ready. */
    private static final long STOPPED_S = 8;

    /** Bands in which any tick is a crash. */
    private static final String NERVOUS =
            """
            dolim.feed.guard { widen-band = 1e-9, halt-band = 2e-9, latch-band = 3e-9 }
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aLatchedMarketStaysStoppedOverARestartUntilAnOperatorLiftsIt() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        Path settings = dir.resolve("calm.conf");
        String calm = Files.readString(settings);
        Files.writeString(settings, calm + NERVOUS);
        try (EngineProcess engine = EngineProcess.launch(dir, flags);
                Taker taker = connected(engine)) {
            await(taker, cut -> cut.path("latch-BTC").asLong() >= 1);
            engine.kill();
        }
        Files.writeString(settings, calm);
        try (EngineProcess engine = EngineProcess.launch(dir, flags);
                Taker taker = connected(engine)) {
            assertTrue(cut(taker).path("latch-BTC").asLong() >= 1);
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPPED_S);
            while (System.nanoTime() < until) {
                assertEquals(503, ready(engine), "a market that nobody lifted");
            }
            assertTrue(engine.output().contains("BTC is latched since move="), engine.output());
            assertEquals("invalid_instrument", refused(taker, "DOGE"));
            JsonNode cause = causeByLatch(taker, "BTC");
            assertEquals("breaker", cause.path("cause").asText(), cause::toString);
            assertEquals("BTC", cause.path("scope").asText());
            assertTrue(cause.path("reason").asText().startsWith("latched move="), cause::toString);
            assertEquals("operator/lift_latch, then good ticks", cause.path("lifts").asText());
            for (String coin :
                    cut(taker).properties().stream()
                            .map(entry -> entry.getKey())
                            .filter(id -> id.startsWith("latch-"))
                            .map(id -> id.substring("latch-".length()))
                            .toList()) {
                assertEquals("lifted", lift(taker, coin).path("state").asText());
                assertEquals("contradicts", refused(taker, coin));
            }
            awaitReady(engine);
            String option = taker.options("BTC").getLast();
            JsonNode quote = taker.quote(option, "buy", new BigDecimal("0.1"));
            assertTrue(quote.path("price").decimalValue().signum() > 0, quote::toString);
        }
        List<String> decided =
                StoppedJournal.read(dir, "*").stream()
                        .map(EventEnvelope::event)
                        .filter(LatchEvent.class::isInstance)
                        .map(LatchEvent.class::cast)
                        .filter(event -> event.underlying().code().equals("BTC"))
                        .filter(event -> !(event instanceof LatchEvent.GuardTurned))
                        .map(event -> event.getClass().getSimpleName())
                        .toList();
        assertEquals(List.of("LatchTripped", "LatchLifted"), decided);
    }

    private Taker connected(EngineProcess engine) throws Exception {
        URI address = engine.webSocket();
        return Taker.connect(http, address);
    }

    private static JsonNode lift(Taker taker, String coin) throws Exception {
        return taker.call(
                "operator/lift_latch",
                RpcClient.params().put("underlying", coin).put("reason", "the venue confirms"));
    }

    private static String refused(Taker taker, String coin) {
        return assertThrows(RpcError.class, () -> lift(taker, coin)).reason();
    }

    private static JsonNode causeByLatch(Taker taker, String coin) throws Exception {
        JsonNode causes =
                taker.call("public/get_pool_summary", RpcClient.params()).path("mode_causes");
        for (JsonNode cause : causes) {
            if (cause.path("by").asText().equals("latch-" + coin)) {
                return cause;
            }
        }
        throw new AssertionError("no cause by the latch of " + coin + " in " + causes);
    }

    private static JsonNode cut(Taker taker) throws Exception {
        return taker.call("public/get_pool_summary", RpcClient.params()).path("cut");
    }

    private static void await(Taker taker, Predicate<JsonNode> wanted) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!wanted.test(cut(taker))) {
            assertTrue(System.nanoTime() < until, "never: " + cut(taker));
        }
    }

    private int ready(EngineProcess engine) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(engine.http("/health/ready")).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void awaitReady(EngineProcess engine) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (ready(engine) != 200) {
            assertTrue(System.nanoTime() < until, "never ready: " + engine.output());
        }
    }
}
