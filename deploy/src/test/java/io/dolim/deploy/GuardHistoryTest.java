package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole engine's guards decided is found in its journal, with the tick, and is part of its state. */
@Tag("slow")
class GuardHistoryTest {

    /** Any tick is a move beyond the inner band: every market opens wide, and stays so. */
    private static final String EDGY = "dolim.feed.guard.widen-band = 1e-9\n";

    private static final List<String> COINS = List.of("BTC", "ETH", "SOL");
    private static final long PATIENCE_S = 60;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theTickThatWidenedAMarketIsInTheJournal() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, EDGY, Taker.KEY + ":" + Taker.SECRET);
        String hash;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            while (!COINS.stream().allMatch(coin -> cut(taker).has("latch-" + coin))) {
                assertTrue(System.nanoTime() < until, () -> "never: " + cut(taker));
            }
            hash = taker.stateHash();
            assertEquals(143, engine.stop(), engine.output());
        }
        JsonNode state = Rows.JSON.readTree(run("state", "show", "--format", "json"));
        assertEquals(hash, state.path("state_hash").asText(), "folded and live");
        for (String coin : COINS) {
            JsonNode turn =
                    Rows.JSON.readTree(
                            run("history", "guard", "--underlying", coin, "--format", "jsonl"));
            assertEquals("OPEN to WIDENED", turn.path("what").asText(), turn.toString());
            assertTrue(turn.path("why").asText().startsWith("band: move="), turn.toString());
            assertTrue(turn.path("cause").asText().contains(" source=simulated"), turn.toString());
            JsonNode guard = state.path("guard").path(coin);
            assertEquals("WIDENED", guard.path("status").asText());
            assertEquals(turn.path("time_ms").asLong(), guard.path("since_ms").asLong());
        }
        assertEquals(COINS.size(), StoppedJournal.read(dir, "kind:guard-turned").size());
    }

    private static JsonNode cut(Taker taker) {
        try {
            return taker.call("public/get_pool_summary", RpcClient.params()).path("cut");
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private String run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--dir";
        all[words.length + 1] = dir.toString();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(all);
        assertEquals(0, code, out + "" + err);
        return out.toString();
    }
}
