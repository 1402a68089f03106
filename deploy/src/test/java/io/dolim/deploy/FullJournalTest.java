package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine whose journal runs full: it refuses trades with the reason, first what adds risk, then
 * all; it still halts, starts again and settles; with a larger map it trades again.
 */
@Tag("slow")
class FullJournalTest {

    private static final String DROPPED = "dolim_tape_dropped_total{underlying=\"BTC\"}";
    private static final BigDecimal AMOUNT = new BigDecimal("0.01");
    private static final int LEFT_BYTES = 720 << 10;
    private static final int RISK_BYTES = 320 << 10;
    private static final int LEAST_BYTES = 64 << 10;
    private static final long PATIENCE_S = 150;
    private static final int MOST_TRADES = 2_000;
    private static final int SIGTERM = 143;

    /** What a slow machine is told and a moment later is not. */
    private static final Set<String> PASSING = Set.of("quote_lapsed", "stale_view", "retry");

    @TempDir(factory = OnDisk.class)
    private Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private int orders;

    @Test
    void aFullJournalRefusesTradesButHaltsAndSettlesAndALargerOneTradesAgain() throws Exception {
        Instant begin = CalmMarket.beginsTomorrowAt(dir, LocalTime.of(6, 0));
        String key = Taker.KEY + ":" + Taker.SECRET;
        String expiring;
        String later;
        long used;
        try (EngineProcess engine = EngineProcess.ready(dir, http, CalmMarket.flags(dir, key));
                Taker taker = Taker.connect(http, engine.webSocket())) {
            List<String> options = taker.options("BTC");
            expiring = calls(options).getFirst();
            later = calls(options).getLast();
            trade(taker, expiring, "buy");
            used = figure(engine, "dolim_journal_used_bytes");
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
        String[] small = CalmMarket.flagsWith(dir, small(used), key);
        try (EngineProcess engine = EngineProcess.ready(dir, http, small);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            int bought = untilRefused(taker, later, "buy");
            int sold = untilRefused(taker, later, "sell");
            assertTrue(bought > sold && sold > 0, "bought=" + bought + " sold=" + sold);
            requireFull(() -> taker.quote(later, "buy", AMOUNT));
            RpcError deposit = assertThrows(RpcError.class, () -> deposit(taker));
            assertEquals("retry", deposit.reason());
            assertEquals("journal_full", deposit.data().path("why").asText());
            assertTrue(figure(engine, "dolim_journal_room_bytes") < LEAST_BYTES);
            await(() -> figure(engine, DROPPED) > 0, engine);
            operator(taker, "halt");
            assertEquals("halted", mode(taker));
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
        rememberClock(begin.plusSeconds(TimeUnit.MINUTES.toSeconds(119)));
        try (EngineProcess engine = EngineProcess.launch(dir, small);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            assertEquals("halted", mode(taker));
            assertTrue(taker.positions().containsKey(expiring), expiring);
            await(() -> !taker.positions().containsKey(expiring), engine);
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
        assertFalse(StoppedJournal.read(dir, "kind:expiry-settled").isEmpty());
        try (EngineProcess engine = EngineProcess.ready(dir, http, CalmMarket.flags(dir, key));
                Taker taker = Taker.connect(http, engine.webSocket());
                Taker second = second(engine)) {
            operator(taker, "resume");
            operator(second, "resume");
            assertEquals("open", mode(taker));
            trade(taker, later, "buy");
            deposit(taker);
        }
    }

    /** So much room is left, and the map that leaves it. */
    private static String small(long usedBytes) {
        long map = (usedBytes + LEFT_BYTES) * 10 / 9;
        return """

               dolim.persistence.lmdb { map-start = 1 MiB, map-size = %d, min-free-disk = 1 MiB }
               dolim.pool.journal-room { risk = %d, least = %d }
               """
                .formatted(map, RISK_BYTES, LEAST_BYTES);
    }

    private int untilRefused(Taker taker, String option, String direction) throws Exception {
        for (int trades = 0; trades < MOST_TRADES; trades++) {
            try {
                trade(taker, option, direction);
            } catch (RpcError refused) {
                assertFull(refused);
                return trades;
            }
        }
        throw new AssertionError("never full");
    }

    /** A trade, under a fresh quote when a busy machine let the last one lapse. */
    private void trade(Taker taker, String option, String direction) throws Exception {
        while (true) {
            String id = "order-" + ++orders;
            try {
                taker.accept(taker.quote(option, direction, AMOUNT), id);
                return;
            } catch (RpcError refused) {
                if (!PASSING.contains(refused.reason())) {
                    throw refused;
                }
            }
        }
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void requireFull(Call call) {
        assertFull(assertThrows(RpcError.class, call::run));
    }

    private static void assertFull(RpcError refused) {
        assertEquals("no_capacity", refused.reason(), refused::toString);
        assertEquals("journal_full", refused.data().path("rule").asText(), refused::toString);
    }

    private void deposit(Taker taker) throws Exception {
        taker.call(
                "private/deposit",
                RpcClient.params().put("amount", BigDecimal.ONE).put("request_id", "d-1"));
    }

    private static void operator(Taker taker, String order) throws Exception {
        taker.call("operator/" + order, RpcClient.params().put("reason", "full"));
    }

    private static String mode(Taker taker) throws Exception {
        return taker.call("public/get_pool_summary", RpcClient.params()).path("mode").asText();
    }

    private Taker second(EngineProcess engine) throws Exception {
        String[] key = Files.readAllLines(dir.resolve("demo-keys")).get(1).split(":", -1);
        return Taker.connect(http, engine.webSocket(), key[0], key[1]);
    }

    private static List<String> calls(List<String> options) {
        return options.stream().filter(name -> name.endsWith("-C")).toList();
    }

    private void rememberClock(Instant at) throws Exception {
        Files.writeString(dir.resolve("market-clock"), "simulated " + at.toEpochMilli() + "\n");
    }

    private interface Look {
        boolean sees() throws Exception;
    }

    private static void await(Look wanted, EngineProcess engine) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        // each look is a call over the network
        while (!wanted.sees()) {
            assertTrue(System.nanoTime() < until, () -> "in vain: " + engine.output());
        }
    }

    private long figure(EngineProcess engine, String series) throws Exception {
        String metrics =
                http.send(
                                HttpRequest.newBuilder(engine.http("/metrics")).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(metrics);
        assertTrue(line.find(), () -> series + " is not in\n" + metrics);
        return (long) Double.parseDouble(line.group(1));
    }
}
