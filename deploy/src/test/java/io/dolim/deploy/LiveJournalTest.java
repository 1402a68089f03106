package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs read the journal of an engine at any moment, while it writes, and take nothing from it. */
@Tag("slow")
class LiveJournalTest {

    private static final int READINGS = 6;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyVerbReadsWhileTheEngineWrites() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        AtomicBoolean enough = new AtomicBoolean();
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            BlockingQueue<String> trades = new LinkedBlockingQueue<>();
            Thread trader = Thread.ofVirtual().start(() -> trade(taker, enough, trades));
            long before = 0;
            for (int i = 0; i < READINGS; i++) {
                trades.clear();
                assertEquals("filled", trades.poll(60, TimeUnit.SECONDS));
                Ran shown = ran("state", "show", "--format", "json");
                long order = shown.json().at("/at/order").asLong();
                assertTrue(order > before, order + " is not behind " + before);
                before = order;
                assertEquals(0, ran("replay", "--format", "json").json().path("different").asInt());
                assertTrue(
                        ran("journal", "info", "--format", "json").json().path("live").asBoolean());
                ran("journal", "cat", "--limit", "100");
                ran("history", "trades", "--account", Taker.KEY);
            }
            Path copy = dir.resolve("backup");
            ran("journal", "copy", "--to", copy.toString());
            assertEquals(0, Ran.of("replay", "--dir", copy.toString()).code());
            enough.set(true);
            trader.join();
            String hash = taker.stateHash();
            assertEquals(
                    hash,
                    ran("state", "show", "--format", "json").json().path("state_hash").asText());
            assertEquals(143, engine.stop(), engine.output());
        }
    }

    private Ran ran(String... words) {
        String[] all = java.util.Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--dir";
        all[words.length + 1] = dir.toString();
        Ran one = Ran.of(all);
        assertEquals(0, one.code(), String.join(" ", words) + "\n" + one.err());
        return one;
    }

    private static void trade(Taker taker, AtomicBoolean enough, BlockingQueue<String> trades) {
        try {
            String call = Adversary.call(taker);
            for (int i = 0; !enough.get(); i++) {
                String direction = i % 2 == 0 ? "buy" : "sell";
                taker.trade(call, direction, new BigDecimal("0.1"), "live-" + i);
                trades.add("filled");
            }
        } catch (Exception failed) {
            trades.add(failed.toString());
        }
    }
}
