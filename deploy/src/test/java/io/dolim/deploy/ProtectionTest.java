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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** K2 on a whole engine: a burst of trades trips the protection, a kill leaves it so, an operator lifts it. */
@Tag("slow")
class ProtectionTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final long PATIENCE_S = 20;

    private static final String SETTINGS =
            """
            dolim.capacity.limits { "mmp_quantity_coins.BTC" = 0.25 }
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private int orders;

    @Test
    void aBurstTripsItARestartKeepsItAndAnOperatorLiftsIt() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET);
        String instrument;
        JsonNode cause;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            instrument = Adversary.call(taker);
            assertEquals("rejected", refused(taker, "BTC"));
            assertEquals("invalid_instrument", refused(taker, "DOGE"));
            for (int i = 0; i < 3; i++) {
                trade(taker, instrument, "buy");
            }
            cause = tripped(taker);
            assertEquals("BTC", cause.path("scope").asText(), cause::toString);
            assertEquals("reduce_only", cause.path("mode").asText());
            assertTrue(
                    cause.path("reason").asText().startsWith("mmp mmp_quantity_coins.BTC used=0.3"),
                    cause::toString);
            assertTrue(
                    cause.path("lifts").asText().startsWith("operator/reset_mmp, or the time "),
                    cause::toString);
            assertEquals("open", summary(taker).path("mode").asText());
            requireTripped(taker, instrument);
            trade(taker, instrument, "sell");
            JsonNode mmp = summary(taker).path("mmp").path("BTC");
            assertEquals(0.4, mmp.path("used").path("quantity").asDouble(), 1e-9, mmp::toString);
            assertEquals(0.25, mmp.path("allowed").path("quantity").asDouble());
            assertTrue(mmp.path("frozen_until").asLong() > cause.path("since").asLong());
            String metrics = metrics(engine);
            assertTrue(metrics.contains("dolim_mmp_tripped{underlying=\"BTC\"} 1"), metrics);
            assertTrue(metrics.contains("dolim_mmp_tripped{underlying=\"ETH\"} 0"), metrics);
            assertTrue(metrics.contains("dolim_pool_mode_causes{cause=\"mmp\"} 1"), metrics);
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            assertEquals(cause, tripped(taker), "after the kill");
            requireTripped(taker, instrument);

            taker.call("operator/reset_mmp", reset("BTC"));

            trade(taker, instrument, "buy");
            assertEquals(0, summary(taker).path("mode_causes").size());
            assertEquals("rejected", refused(taker, "BTC"));
        }
    }

    private static ObjectNode reset(String coin) {
        return RpcClient.params().put("underlying", coin).put("reason", "looked into");
    }

    private static String refused(Taker taker, String coin) {
        return assertThrows(RpcError.class, () -> taker.call("operator/reset_mmp", reset(coin)))
                .reason();
    }

    private static void requireTripped(Taker taker, String instrument) throws Exception {
        RpcError refused = refusedAtLast(taker, instrument);
        assertEquals("no_capacity", refused.reason());
        assertEquals("mmp", refused.data().path("rule").asText());
        assertEquals(0.25, refused.data().path("allowed").asDouble());
        assertTrue(refused.data().path("freeze_left_ms").asDouble() > 0);
    }

    /** What is shown follows the trip. */
    private static RpcError refusedAtLast(Taker taker, String instrument) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (System.nanoTime() < until) {
            try {
                taker.quote(instrument, "buy", AMOUNT);
            } catch (RpcError refused) {
                return refused;
            }
        }
        throw new AssertionError("still quoted");
    }

    /** The cause, once the report of the last trade has come. */
    private static JsonNode tripped(Taker taker) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (System.nanoTime() < until) {
            for (JsonNode cause : summary(taker).path("mode_causes")) {
                if (cause.path("cause").asText().equals("mmp")) {
                    return cause;
                }
            }
        }
        throw new AssertionError("never tripped: " + summary(taker));
    }

    private void trade(Taker taker, String instrument, String direction) throws Exception {
        taker.trade(instrument, direction, AMOUNT, "order-" + ++orders);
    }

    private static JsonNode summary(Taker taker) throws Exception {
        return taker.call("public/get_pool_summary", RpcClient.params());
    }

    private String metrics(EngineProcess engine) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(engine.http("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
