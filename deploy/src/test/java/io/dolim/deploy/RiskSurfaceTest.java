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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool's risk surface through a real socket: what it holds, and what it would hold with a package. */
@Tag("slow")
class RiskSurfaceTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");

    private static final String SETTINGS =
            """
            dolim.api.risk-surface { spot-moves = [-0.2, 0, 0.2], volatility-moves = [0, 0.5] }
            """;

    /** To the cent, each cell. */
    private static final double CENTS = 0.011;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whatThePoolHoldsGainsAndLosesOverTheGrid() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            JsonNode flat = surface(taker, RpcClient.params());
            assertEquals("[-0.2,0,0.2]", flat.path("spot_moves").toString());
            assertEquals("[0,0.5]", flat.path("volatility_moves").toString());
            assertEquals("[[0,0,0],[0,0,0]]", flat.path("pnl").toString());
            assertEquals(3, flat.path("currencies").size());

            String call = Adversary.call(taker);
            JsonNode bought = surface(taker, Taker.flat(call, "buy", AMOUNT));
            taker.trade(call, "buy", AMOUNT, "order-1");
            JsonNode held = surface(taker, RpcClient.params());
            // the pool is short a call
            assertTrue(cell(held, "pnl", 0, 2) < 0, held::toString);
            assertTrue(cell(held, "pnl", 0, 0) > 0, held::toString);
            assertTrue(cell(held, "pnl", 1, 1) < 0, held::toString);
            assertEquals(0, cell(held, "pnl", 0, 1));
            assertTrue(held.path("view").path("age_ms").asLong() < 10_000, held::toString);
            assertTrue(held.path("cut").path("book-BTC").asLong() > 0, held::toString);
            assertEquals(0, cell(bought, "pnl", 0, 2));
            assertEquals(
                    cell(bought, "candidate_pnl", 0, 2),
                    cell(held, "pnl", 0, 2),
                    0.02 * Math.abs(cell(held, "pnl", 0, 2)),
                    "what it said before is what it holds, but for the market's moves");

            JsonNode closing = surface(taker, Taker.flat(call, "sell", AMOUNT));
            for (int vol = 0; vol < 2; vol++) {
                for (int spot = 0; spot < 3; spot++) {
                    assertEquals(0, cell(closing, "pnl_with_candidate", vol, spot), CENTS, call);
                }
            }
            JsonNode ether = surface(taker, RpcClient.params().put("currency", "ETH"));
            assertEquals("[[0,0,0],[0,0,0]]", ether.path("pnl").toString());
            assertEquals(1, ether.path("currencies").size());
            JsonNode bitcoin = surface(taker, RpcClient.params().put("currency", "BTC"));
            assertEquals(bitcoin.path("pnl"), bitcoin.path("currencies").path("BTC").path("pnl"));
            assertTrue(bitcoin.at("/currencies/BTC/index_price").asDouble() > 0);
            refuseWhatCannotBeAsked(taker, call);
        }
    }

    private static void refuseWhatCannotBeAsked(Taker taker, String call) {
        assertEquals("invalid_param", refused(taker, RpcClient.params().put("currency", "DOGE")));
        assertEquals(
                "invalid_param",
                refused(taker, Taker.flat(call, "buy", AMOUNT).put("currency", "ETH")));
        assertEquals("invalid_param", refused(taker, RpcClient.params().put("amount", 1)));
        assertEquals("invalid_param", refused(taker, RpcClient.params().put("grid", "fine")));
        assertEquals(
                "expired", refused(taker, Taker.flat("BTC_USDC-2JAN26-65000-C", "buy", AMOUNT)));
        assertEquals(
                "qty_too_low", refused(taker, Taker.flat(call, "buy", new BigDecimal("0.001"))));
    }

    private static JsonNode surface(Taker taker, ObjectNode asked) throws Exception {
        return taker.call("public/get_risk_surface", asked);
    }

    private static String refused(Taker taker, ObjectNode asked) {
        return assertThrows(RpcError.class, () -> surface(taker, asked)).reason();
    }

    private static double cell(JsonNode surface, String name, int vol, int spot) {
        return surface.path(name).path(vol).path(spot).asDouble();
    }
}
