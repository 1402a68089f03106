package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G1 over a change of the scenario set: what was traded before and after it is priced again to the bit. */
@Tag("slow")
class ChosenScenariosTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final int SIGTERM = 143;
    private static final long PATIENCE_S = 20;
    private static final String CHOSEN = "standard-2@BTC=0.45";

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aSetIsChosenOnARunningEngineAndEveryTradeIsPricedAgain() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            awaitOpen(taker);
            List<String> options = taker.options("BTC");
            String instrument = options.get(options.size() / 2);
            assertEquals("standard-3", traded(taker, instrument, "order-1"));
            for (String unheard : List.of("standard-9", "standard-2@BTC=9", "standard-2@DOGE=1")) {
                RpcError refused = assertThrows(RpcError.class, () -> choose(taker, unheard));
                assertEquals("rejected", refused.reason(), unheard);
            }
            assertEquals("standard-3", traded(taker, instrument, "order-2"));

            JsonNode chosen = choose(taker, CHOSEN);

            assertEquals("scenarios standard-3 -> " + CHOSEN, chosen.path("state").asText());
            assertEquals("[]", chosen.path("unacknowledged").toString());
            assertEquals(CHOSEN, traded(taker, instrument, "order-3"));
            assertEquals(CHOSEN, traded(taker, instrument, "order-4"));
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            awaitOpen(taker);
            String instrument = taker.positions().firstKey();
            assertEquals(CHOSEN, traded(taker, instrument, "order-5"), "after the kill");
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
        JsonNode replayed =
                Ran.of("replay", "--format", "json", "--dir", dir.toString(), "--compare").json();
        assertEquals(5, replayed.path("trades").asInt(), replayed::toString);
        for (String none : List.of("different", "refused", "unpriced")) {
            assertEquals(0, replayed.path(none).asInt(), replayed::toString);
        }
        assertEquals(CHOSEN, shown().path("scenarios").asText());
        assertEquals("standard-3", shown("--at", "BTC-2").path("scenarios").asText());
        assertEquals(CHOSEN, shown("--at", "BTC-3").path("scenarios").asText());
    }

    /** Once the capital that the demo pays in at its start is in a view. */
    private static void awaitOpen(Taker taker) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        JsonNode summary;
        do {
            summary = taker.call("public/get_pool_summary", RpcClient.params());
            assertTrue(System.nanoTime() < until, summary.toString());
        } while (!summary.path("mode").asText().equals("open"));
    }

    private JsonNode shown(String... at) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of("state", "show", "--format", "json", "--dir", dir.toString()));
        words.addAll(List.of(at));
        return Ran.of(words.toArray(String[]::new)).json();
    }

    /** The set that the filled quote was priced over. */
    private static String traded(Taker taker, String instrument, String order) throws Exception {
        return taker.trade(instrument, "buy", AMOUNT, order).quote().at("/view/scenarios").asText();
    }

    private static JsonNode choose(Taker taker, String version) throws Exception {
        return taker.call("operator/choose_scenarios", RpcClient.params().put("version", version));
    }
}
