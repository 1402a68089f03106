package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import io.dolim.api.keys.KeyEvent;
import io.dolim.book.BookEvent;
import io.dolim.book.LatchEvent;
import io.dolim.book.history.Past;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every line of {@code bad-inputs.txt} against a whole engine in its own process: each gets exactly
 * its code and reason, and none of them changes anything.
 */
@Tag("slow")
class BadInputsTest {

    private static final int LEAST_INPUTS = 200;
    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final List<String> KEYS = List.of(Taker.KEY, "poor", "alice", "bob");

    /** In the window of an expiry, so that one is closing. */
    private static final LocalTime CLOSING = LocalTime.of(7, 40);

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean enough = new AtomicBoolean();
    private EngineProcess engine;
    private Taker tester;
    private Adversary adversary;

    @BeforeEach
    void start() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, CLOSING);
        String[] flags =
                CalmMarket.flags(
                        dir,
                        KEYS.stream().map(key -> key + ":" + Taker.SECRET).toArray(String[]::new));
        String ofAnotherBoot;
        try (EngineProcess earlier = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, earlier.webSocket())) {
            ofAnotherBoot =
                    taker.quote(Adversary.call(taker), "buy", AMOUNT).path("token").asText();
            earlier.kill();
        }
        engine = EngineProcess.ready(dir, http, flags);
        tester = connect(Taker.KEY);
        adversary = Adversary.open(http, engine, tester, connect("poor"), ofAnotherBoot);
    }

    @AfterEach
    void stop() throws Exception {
        adversary.close();
        tester.close();
        engine.close();
    }

    @Test
    void eachGetsItsCodeAndReasonWhileOthersAskForQuotesAndTheStateStaysAsItWas() throws Exception {
        try (Taker alice = connect("alice");
                Taker bob = connect("bob")) {
            Ledger ledger = new Ledger(alice, "alice");
            ledger.trade("BTC");
            String before = tester.stateHash();
            CompletableFuture<Integer> asking =
                    CompletableFuture.supplyAsync(() -> askForQuotes(bob));
            List<String> wrong = adversary.tryAll(inputs());
            enough.set(true);
            int quotes = asking.join();
            assertEquals(List.of(), wrong);
            assertEquals(before, tester.stateHash(), "nothing has changed");
            assertTrue(quotes > 20, quotes + " quotes were given meanwhile");
            ledger.trade("BTC");
            assertNotEquals(before, tester.stateHash(), "a trade changes it");
            ledger.requireTrue();
        }
        assertEquals(List.of(), faults());
    }

    @Test
    void eachGetsItsCodeAndReasonWhileOthersTradeAndTheJournalHasTheirTradesAlone()
            throws Exception {
        SortedMap<String, Long> begun = cut();
        SortedSet<String> told = new TreeSet<>();
        String hash;
        try (Taker alice = connect("alice");
                Taker bob = connect("bob")) {
            Ledger first = new Ledger(alice, "alice");
            Ledger second = new Ledger(bob, "bob");
            Ledger idle = new Ledger(tester, Taker.KEY);
            List<CompletableFuture<Integer>> trading =
                    Stream.of(first, second)
                            .map(one -> CompletableFuture.supplyAsync(() -> trade(one)))
                            .toList();
            List<String> wrong = adversary.tryAll(inputs());
            enough.set(true);
            int trades = trading.stream().mapToInt(CompletableFuture::join).sum();
            assertEquals(List.of(), wrong);
            assertTrue(trades > 20, trades + " trades were made meanwhile");
            first.requireTrue();
            second.requireTrue();
            idle.requireTrue();
            told.addAll(first.told);
            told.addAll(second.told);
            assertEquals(trades, told.size());
            hash = tester.stateHash();
        }
        assertEquals(List.of(), faults());
        assertEquals(143, engine.stop(), engine.output());
        Past past = new Past();
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        try (Progress silent = new Progress(false, nobody, System::nanoTime, "reading")) {
            new StateJournal(dir).read(silent, past::apply);
        }
        assertEquals(hash, past.state().stateHash(), "folded and live");
        assertEquals(told, tradesSince(begun));
    }

    private SortedMap<String, Long> cut() throws Exception {
        SortedMap<String, Long> cut = new TreeMap<>();
        tester.call("public/get_pool_summary", RpcClient.params())
                .path("cut")
                .properties()
                .forEach(entry -> cut.put(entry.getKey(), entry.getValue().asLong()));
        return cut;
    }

    /** Account and id of every order that was written since; nothing but trades and their inputs may be. */
    private SortedSet<String> tradesSince(SortedMap<String, Long> begun) throws Exception {
        SortedSet<String> trades = new TreeSet<>();
        for (EventEnvelope written : StoppedJournal.read(dir, "*")) {
            // the tape writes down what the feed says, whatever clients do
            if (written.persistenceId().startsWith("tape-")
                    || written.sequenceNr() <= begun.getOrDefault(written.persistenceId(), 0L)) {
                continue;
            }
            switch (written.event()) {
                case BookEvent.TradeExecuted event ->
                        trades.add(event.trade().account() + " " + event.trade().orderId());
                case BookEvent.InputsRecorded _ -> {}
                // the keys that the pool was started with
                case KeyEvent.KeyCreated event when event.by().equals(DemoKeys.BY) -> {}
                // what the guard decides of the feed while the machine is busy is no client's doing
                case LatchEvent.GuardTurned _ -> {}
                default -> fail("nobody good asked for " + written);
            }
        }
        return trades;
    }

    private static List<BadInput> inputs() throws IOException {
        List<BadInput> inputs = BadInput.all();
        assertTrue(inputs.size() >= LEAST_INPUTS, inputs.size() + " inputs");
        return inputs;
    }

    private Taker connect(String key) throws Exception {
        return Taker.connect(http, engine.webSocket(), key, Taker.SECRET);
    }

    /** Each request must succeed. @return how many did */
    private int askForQuotes(Taker taker) {
        int given = 0;
        try {
            List<String> options = taker.options("ETH");
            while (!enough.get()) {
                String instrument = options.get(options.size() / 2 + given % 20);
                taker.quote(instrument, given % 2 == 0 ? "buy" : "sell", BigDecimal.ONE);
                taker.call("public/get_quote", Taker.flat(instrument, "buy", new BigDecimal("2")));
                given++;
            }
        } catch (Exception failed) {
            throw new IllegalStateException("a good request failed after " + given, failed);
        }
        return given;
    }

    private int trade(Ledger ledger) {
        int trades = 0;
        try {
            while (!enough.get()) {
                trades += ledger.trade(trades % 2 == 0 ? "BTC" : "ETH");
            }
        } catch (Exception failed) {
            throw new IllegalStateException("a good order failed after " + trades, failed);
        }
        return trades;
    }

    /** Lines of the engine's log at level ERROR. */
    private List<String> faults() throws IOException {
        try (Stream<String> lines = Files.lines(dir.resolve("log").resolve("dolim.jsonl"))) {
            return lines.filter(line -> line.contains("\"level\":\"ERROR\"")).toList();
        }
    }

    /** What a client believes that it has, kept by what it was told. */
    private static final class Ledger {

        private final Taker taker;
        private final String key;
        private final SortedMap<String, BigDecimal> positions;
        private final List<String> calls = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private BigDecimal cash;
        private int orders;

        Ledger(Taker taker, String key) throws Exception {
            this.taker = taker;
            this.key = key;
            this.positions = new TreeMap<>(taker.positions());
            this.cash = taker.cash();
        }

        /** Buys a little. @return 1, or 0 when the quote was refused by a published rule */
        int trade(String currency) throws Exception {
            if (calls.isEmpty()) {
                calls.addAll(taker.options("BTC"));
                calls.addAll(taker.options("ETH"));
                calls.removeIf(name -> !name.endsWith("-C"));
            }
            List<String> own = calls.stream().filter(name -> name.startsWith(currency)).toList();
            String instrument = own.get(own.size() / 2 + orders % 10);
            orders++;
            try {
                var trade = taker.accept(taker.quote(instrument, "buy", AMOUNT), "order-" + orders);
                cash = cash.subtract(trade.path("price").decimalValue());
                positions.merge(instrument, AMOUNT, BigDecimal::add);
                told.add(key + " order-" + orders);
                return 1;
            } catch (RpcError refused) {
                if (refused.reason().equals("inventory_moved")
                        || refused.reason().equals("quote_lapsed")
                        || refused.reason().equals("retry")) {
                    return 0;
                }
                throw refused;
            }
        }

        void requireTrue() throws Exception {
            positions.replaceAll((name, size) -> size.stripTrailingZeros());
            assertEquals(positions, taker.positions());
            assertEquals(0, cash.compareTo(taker.cash()), cash + " and " + taker.cash());
        }
    }
}
