package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole engine that hedges at a simulated venue, with the keeper that it brings itself. */
@Tag("slow")
class HedgedPoolTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.5");
    private static final double BAND = 0.03;
    private static final double MOST_CALL_DELTA = 0.75;
    private static final long PATIENCE_S = 60;

    private static final String SETTINGS =
            """
            dolim.hedging.venue = simulated
            dolim.book.hedge.policy { kind = REACTIVE, inner-share = 0 }
            dolim.book.hedge.underlyings.BTC.policy.band-coins = 0.03
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private int orders;

    @Test
    void whatIsSoldIsHedgedStaysHedgedOverAKillAndIsGivenBackWithIt() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET);
        String instrument;
        JsonNode stopped;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            instrument = Adversary.call(taker);
            for (int i = 0; i < 2; i++) {
                trade(taker, instrument, "buy");
            }
            JsonNode hedged =
                    await(
                            taker,
                            summary -> {
                                requireNotTwice(summary);
                                return isHedged(summary);
                            });
            double bought = hedged.path("hedging").path("BTC").path("hedge_delta").asDouble();
            assertTrue(bought > 3 * BAND, hedged::toString);
            requireCounted(taker, bought);
            requireBoard(taker);

            taker.call("operator/stop_hedging", reason());
            stopped = await(taker, HedgedPoolTest::isQuiet);
            RpcError unknown =
                    assertThrows(RpcError.class, () -> taker.call("keeper/claim", claim()));
            assertEquals("unknown_job", unknown.reason());
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            JsonNode after = await(taker, HedgedPoolTest::stands);
            assertEquals(stopped.path("cut"), after.path("cut"));
            assertEquals(stopped.path("state_hash"), after.path("state_hash"));
            assertEquals(
                    stopped.path("hedging").path("BTC").path("venues"),
                    after.path("hedging").path("BTC").path("venues"));

            taker.call("operator/resume_hedging", reason());
            for (int i = 0; i < 2; i++) {
                trade(taker, instrument, "sell");
            }
            JsonNode flat =
                    await(
                            taker,
                            summary ->
                                    isInside(summary)
                                            && Math.abs(
                                                            summary.path("hedging")
                                                                    .path("BTC")
                                                                    .path("hedge_delta")
                                                                    .asDouble())
                                                    <= 2 * BAND);
            assertEquals(143, engine.stop());
            assertTrue(
                    flat.path("hedging").path("BTC").path("cost").asDouble() > 0, flat::toString);
        }
        assertEquals(0, Ran.of("replay", "--dir", dir.toString()).code());
    }

    /** Capacity's net delta follows the hedge with its next view. */
    private static void requireCounted(Taker taker, double bought) throws Exception {
        JsonNode counted =
                await(
                        taker,
                        summary ->
                                summary.path("hedge")
                                                .path("positions")
                                                .path("BTC")
                                                .path("simulated")
                                                .path("coins")
                                                .asDouble()
                                        >= bought);
        double net = counted.path("hedge").path("net_delta").path("BTC").asDouble();
        assertTrue(Math.abs(net) < bought / 2, counted::toString);
        assertTrue(counted.path("hedge").path("posted").asDouble() > 0, counted::toString);
    }

    private static void requireBoard(Taker taker) throws Exception {
        JsonNode board =
                taker.call("keeper/list_signals", RpcClient.params().put("underlying", "BTC"));
        assertEquals("BTC_USDC-PERPETUAL", board.path("instrument_name").asText());
        assertEquals(0, board.path("leases").size(), "another keeper's leases are not shown");
    }

    /** Two calls of half a coin are bought: whatever has been traded, it is not more than they move. */
    private static void requireNotTwice(JsonNode summary) {
        JsonNode btc = summary.path("hedging").path("BTC");
        double most = 2 * AMOUNT.doubleValue() * MOST_CALL_DELTA;
        assertTrue(btc.path("hedge_delta").asDouble() <= most, summary::toString);
    }

    private static boolean isInside(JsonNode summary) {
        return summary.path("hedging").path("BTC").path("why").asText().equals("inside");
    }

    private static boolean isHedged(JsonNode summary) {
        JsonNode btc = summary.path("hedging").path("BTC");
        return isInside(summary)
                && btc.path("hedge_delta").asDouble() > 0
                && Math.abs(btc.path("net_delta").asDouble()) <= BAND;
    }

    private static boolean isQuiet(JsonNode summary) {
        JsonNode btc = summary.path("hedging").path("BTC");
        return !btc.path("stopped").asText().isEmpty() && btc.path("coming_delta").asDouble() == 0;
    }

    private static boolean stands(JsonNode summary) {
        return summary.path("hedging").path("BTC").has("net_delta")
                && summary.path("hedging")
                        .path("BTC")
                        .path("venues")
                        .path(0)
                        .path("standing")
                        .asBoolean();
    }

    private static ObjectNode reason() {
        return RpcClient.params().put("underlying", "BTC").put("reason", "looked into");
    }

    private static ObjectNode claim() {
        return RpcClient.params().put("underlying", "BTC").put("signal_id", 999);
    }

    private static JsonNode await(Taker taker, Predicate<JsonNode> wanted) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (true) {
            JsonNode summary = taker.call("public/get_pool_summary", RpcClient.params());
            if (wanted.test(summary)) {
                return summary;
            }
            assertTrue(System.nanoTime() < until, summary::toString);
        }
    }

    private void trade(Taker taker, String instrument, String direction) throws Exception {
        orders++;
        taker.trade(instrument, direction, AMOUNT, "hedged-" + orders);
    }
}
