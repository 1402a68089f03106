package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K1 on a whole engine: one call stops new risk at once, a restart keeps it stopped, two lift it. */
@Tag("slow")
class StopTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** The fastest counts: a busy machine delays a call by more than the engine does. */
    private static final int TIMES = 5;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private int orders;

    @Test
    void oneCallStopsARestartKeepsItStoppedAndTwoCredentialsLiftIt() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        String instrument;
        long since;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker first = Taker.connect(http, engine.webSocket());
                Taker second = second(engine)) {
            instrument = Adversary.call(first);
            trade(first, instrument, "buy");
            long fastestNs = Long.MAX_VALUE;
            for (int i = 0; i < TIMES; i++) {
                fastestNs = Math.min(fastestNs, halt(first, instrument));
                operator(first, "resume");
                operator(second, "resume");
                assertEquals("open", mode(first));
            }
            assertTrue(fastestNs <= AT_ONCE.toNanos(), fastestNs + " ns until nothing was bought");
            operator(first, "halt");
            trade(first, instrument, "sell");
            operator(first, "resume");
            requireStopped(first, instrument);
            RpcError again = assertThrows(RpcError.class, () -> operator(first, "resume"));
            assertEquals("rejected", again.reason());
            requireStopped(first, instrument);
            since = haltedByTheFirst(first);
            engine.stop();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker first = Taker.connect(http, engine.webSocket());
                Taker second = second(engine)) {
            requireStopped(first, instrument);
            assertEquals(since, haltedByTheFirst(first), "since when, after the restart");
            // the first voice still stands
            operator(second, "resume");
            assertEquals("open", mode(first));
            assertEquals(0, summary(first).path("mode_causes").size());
            trade(first, instrument, "buy");
        }
    }

    /** From the call to the first refusal of a purchase that was quoted before. */
    private long halt(Taker taker, String instrument) throws Exception {
        JsonNode quote = taker.quote(instrument, "buy", AMOUNT);
        long calledNs = System.nanoTime();
        operator(taker, "halt");
        RpcError refused =
                assertThrows(RpcError.class, () -> taker.accept(quote, "after-" + ++orders));
        long refusedNs = System.nanoTime();
        requireHalted(refused);
        return refusedNs - calledNs;
    }

    private void requireStopped(Taker taker, String instrument) throws Exception {
        assertEquals("halted", mode(taker));
        requireHalted(assertThrows(RpcError.class, () -> taker.quote(instrument, "buy", AMOUNT)));
    }

    private static void requireHalted(RpcError refused) {
        assertEquals("no_capacity", refused.reason());
        assertEquals("halted", refused.data().path("rule").asText());
    }

    private void trade(Taker taker, String instrument, String direction) throws Exception {
        taker.trade(instrument, direction, AMOUNT, "order-" + ++orders);
    }

    private static void operator(Taker taker, String order) throws Exception {
        taker.call("operator/" + order, RpcClient.params().put("reason", "K1"));
    }

    /** Since when it is halted, by what the summary says of who did it and who may lift it. */
    private static long haltedByTheFirst(Taker taker) throws Exception {
        JsonNode cause = summary(taker).path("mode_causes").path(0);
        assertEquals("operator", cause.path("cause").asText(), cause::toString);
        assertEquals("pool", cause.path("scope").asText());
        assertEquals("halted", cause.path("mode").asText());
        assertEquals(Taker.KEY, cause.path("by").asText());
        assertEquals("HALTED by " + Taker.KEY + ": K1", cause.path("reason").asText());
        String lifts = cause.path("lifts").asText();
        assertTrue(
                lifts.startsWith("operator/resume by another than " + Taker.KEY + " until "),
                lifts);
        return cause.path("since").asLong();
    }

    private static String mode(Taker taker) throws Exception {
        return summary(taker).path("mode").asText();
    }

    private static JsonNode summary(Taker taker) throws Exception {
        return taker.call("public/get_pool_summary", RpcClient.params());
    }

    /** The credential that the engine made for a second operator. */
    private Taker second(EngineProcess engine) throws Exception {
        String[] key = Files.readAllLines(dir.resolve("demo-keys")).get(1).split(":", -1);
        return Taker.connect(http, engine.webSocket(), key[0], key[1]);
    }
}
