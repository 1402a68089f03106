package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcError;
import io.dolim.book.AccountEvent;
import io.dolim.book.BookEvent;
import io.dolim.book.trade.Posting;
import io.dolim.deploy.Bookkeeper.Order;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * X1, X2, X4, P1 against SIGKILL: an engine is killed in the middle of a burst of accepts, started
 * again on the same directory, and asked for every order again. What the clients were told, what
 * the engine holds and what the journal says must be one story.
 */
@Tag("slow")
class KillTest {

    private static final long SEED = 20_260_131L;
    private static final int KILLS = 20;
    private static final int ACCOUNTS = 4;
    private static final List<String> COINS = List.of("BTC", "ETH");
    private static final int ORDERS_A_LANE = 5;
    private static final int BURST = ACCOUNTS * 2 * ORDERS_A_LANE;
    private static final int LEAST_IN_FLIGHT = 8;
    private static final long PATIENCE_SECONDS = 30;
    private static final int SIGTERM = 143;
    private static final int TRIES = 1_000;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom dice = new SplittableRandom(SEED);
    private final List<Bookkeeper> clients = new ArrayList<>();
    private final SortedMap<String, List<String>> listed = new TreeMap<>();
    private int orders;
    private int asked;
    private int foundFilled;
    private int foundLapsed;

    @TempDir(factory = OnDisk.class)
    private Path dir;

    @Test
    void twentyKillsLoseNoTradeThatWasToldAndMakeNoneTwice() throws Exception {
        String[] flags = flags();
        List<Integer> inFlight = new ArrayList<>();
        BigDecimal start = BigDecimal.ZERO;
        for (int kill = 1; kill <= KILLS; kill++) {
            try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
                connect(engine);
                start = kill == 1 ? clients.getFirst().taker().cash() : start;
                findOut();
                resend(0.05);
                assertBooks(start, "before kill " + kill);
                for (int burst = dice.nextInt(3); burst > 0; burst--) {
                    all(accept(quoted()));
                }
                inFlight.add(killAmid(engine));
            }
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            connect(engine);
            findOut();
            resend(1);
            refuseOtherBodies();
            assertBooks(start, "at the end");
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
        int trades = clients.stream().mapToInt(client -> client.trades().size()).sum();
        assertJournal(StoppedJournal.read(dir, "*"), start);
        assertEquals(trades, StoppedJournal.read(dir, "kind:trade-executed").size(), "by tag");
        System.out.printf(
                "kills=%d in_flight_least=%d orders=%d trades=%d unknown_resolved=%d filled=%d"
                        + " lapsed=%d seed=%d%n",
                KILLS,
                inFlight.stream().mapToInt(Integer::intValue).min().orElseThrow(),
                orders,
                trades,
                asked,
                foundFilled,
                foundLapsed,
                SEED);
        for (int count : inFlight) {
            assertTrue(count >= LEAST_IN_FLIGHT, "in flight at the kills: " + inFlight);
        }
        assertTrue(foundFilled > 0 && foundLapsed > 0, "a kill must cut both ways; " + SEED);
    }

    private String[] flags() throws Exception {
        Path config = dir.resolve("test.conf");
        Files.writeString(
                config,
                """
                dolim.api.rates {
                  key.matching { burst = 100000, per-second = 1000 }
                  key.reading { burst = 100000, per-second = 1000 }
                }
                """);
        List<String> flags =
                new ArrayList<>(
                        List.of("--takers", "0", "--seed", "7", "--config", config.toString()));
        for (int i = 1; i <= ACCOUNTS; i++) {
            Bookkeeper client = new Bookkeeper("desk-" + i, "secret-of-desk-" + i);
            clients.add(client);
            flags.addAll(List.of("--key", client.flag()));
        }
        return flags.toArray(String[]::new);
    }

    private void connect(EngineProcess engine) throws Exception {
        for (Bookkeeper client : clients) {
            client.connect(http, engine.webSocket());
        }
        for (String coin : COINS) {
            List<String> names = clients.getFirst().taker().options(coin);
            // months away, so that nothing expires while the test runs
            listed.put(coin, names.subList(names.size() / 2, names.size()));
        }
    }

    /** Sends every order of unknown outcome again until there is none. */
    private void findOut() throws Exception {
        for (Bookkeeper client : clients) {
            List<Order> unknown = client.unknown();
            asked += unknown.size();
            for (int i = 0; !client.unknown().isEmpty(); i++) {
                assertTrue(i < TRIES, client.key() + " does not learn of " + client.unknown());
                all(client.unknown().stream().map(client::send).toList());
            }
            for (Order order : unknown) {
                switch (client.outcome(order.id())) {
                    case Bookkeeper.Filled filled -> foundFilled++;
                    case Bookkeeper.Refused refused -> {
                        assertEquals("token_of_another_boot", refused.reason(), order.id());
                        foundLapsed++;
                    }
                    case Bookkeeper.Unknown unanswered -> fail(unanswered.why());
                }
            }
        }
    }

    /** Sends a share of the orders of known outcome again; a contradiction fails in the books. */
    private void resend(double share) throws Exception {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (Bookkeeper client : clients) {
            for (Order order : client.known()) {
                if (dice.nextDouble() < share) {
                    answers.add(
                            client.send(order)
                                    .thenAccept(
                                            told ->
                                                    assertEquals(
                                                            answerAgain(client, order), told)));
                }
            }
            all(answers);
        }
    }

    private static Bookkeeper.Outcome answerAgain(Bookkeeper client, Order order) {
        return switch (client.outcome(order.id())) {
            case Bookkeeper.Refused gone -> new Bookkeeper.Refused("token_of_another_boot");
            case Bookkeeper.Filled filled -> filled;
            case Bookkeeper.Unknown unknown -> unknown;
        };
    }

    /** An id that was filled, under another quote: refused, and nothing is done. */
    private void refuseOtherBodies() throws Exception {
        for (Bookkeeper client : clients) {
            String id = client.trades().firstKey();
            JsonNode other = client.quote(wanted(client, "BTC")).get().orElseThrow();
            RpcError refused = assertThrows(RpcError.class, () -> client.taker().accept(other, id));
            assertEquals("client_order_id_reused", refused.reason());
        }
    }

    /** Firm quotes for every account and coin, all asked at once. */
    private List<Signed> quoted() throws Exception {
        List<CompletableFuture<Optional<Signed>>> asks = new ArrayList<>();
        for (Bookkeeper client : clients) {
            for (String coin : COINS) {
                for (int i = 0; i < ORDERS_A_LANE; i++) {
                    String id = "o-" + ++orders;
                    asks.add(
                            client.quote(wanted(client, coin))
                                    .thenApply(
                                            quote ->
                                                    quote.map(
                                                            q ->
                                                                    new Signed(
                                                                            client,
                                                                            new Order(id, q)))));
                }
            }
        }
        List<Signed> quoted = new ArrayList<>();
        for (CompletableFuture<Optional<Signed>> ask : asks) {
            ask.get(PATIENCE_SECONDS, TimeUnit.SECONDS).ifPresent(quoted::add);
        }
        return quoted;
    }

    private record Signed(Bookkeeper client, Order order) {}

    private ObjectNode wanted(Bookkeeper client, String coin) {
        List<String> names = listed.getOrDefault(coin, List.of());
        String name = names.get(dice.nextInt(names.size()));
        boolean sells = false;
        List<String> held =
                client.positions().entrySet().stream()
                        .filter(one -> one.getKey().startsWith(coin) && one.getValue().signum() > 0)
                        .map(Map.Entry::getKey)
                        .filter(names::contains)
                        .toList();
        if (!held.isEmpty() && dice.nextInt(3) == 0) {
            name = held.get(dice.nextInt(held.size()));
            sells = true;
        } else if (name.endsWith("-P")) {
            sells = dice.nextInt(3) == 0;
        }
        BigDecimal amount = lot(coin).multiply(BigDecimal.valueOf(1 + dice.nextInt(20)));
        return Taker.flat(name, sells ? "sell" : "buy", amount);
    }

    private static List<CompletableFuture<Bookkeeper.Outcome>> accept(List<Signed> quoted) {
        return quoted.stream().map(one -> one.client.send(one.order)).toList();
    }

    /**
     * Sends a burst and kills when so many were answered, or a moment later.
     *
     * @return how many were in flight at the kill
     */
    private int killAmid(EngineProcess engine) throws Exception {
        List<Signed> quoted = quoted();
        int most = Math.max(0, quoted.size() - 3 * LEAST_IN_FLIGHT);
        CountDownLatch some = new CountDownLatch(dice.nextInt(most + 1));
        CountDownLatch enough = new CountDownLatch(most);
        long momentNs = dice.nextLong(3_000_000L);
        List<CompletableFuture<Bookkeeper.Outcome>> answers = accept(quoted);
        for (CompletableFuture<?> answer : answers) {
            var _ =
                    answer.whenComplete(
                            (told, failed) -> {
                                some.countDown();
                                enough.countDown();
                            });
        }
        assertTrue(some.await(PATIENCE_SECONDS, TimeUnit.SECONDS), engine.output());
        boolean many = enough.await(momentNs, TimeUnit.NANOSECONDS);
        int inFlight = (int) answers.stream().filter(answer -> !answer.isDone()).count();
        engine.kill();
        all(answers);
        assertTrue(quoted.size() > BURST / 2, "quoted=" + quoted.size() + " most answered=" + many);
        return inFlight;
    }

    private static void all(List<? extends CompletableFuture<?>> answers) throws Exception {
        for (CompletableFuture<?> answer : answers) {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void assertBooks(BigDecimal start, String when) throws Exception {
        for (Bookkeeper client : clients) {
            assertEquals(client.positions(), client.taker().positions(), client.key() + " " + when);
            assertEquals(
                    0,
                    start.subtract(client.paid()).compareTo(client.taker().cash()),
                    client.key() + " " + when + ": " + client.paid() + " of " + start);
        }
    }

    private void assertJournal(List<EventEnvelope> journal, BigDecimal start) {
        SortedMap<String, Long> sequences = new TreeMap<>();
        SortedMap<String, Long> numbers = new TreeMap<>();
        SortedMap<String, BigDecimal> ledgers = new TreeMap<>();
        SortedMap<String, BigDecimal> told = new TreeMap<>();
        SortedMap<String, BigDecimal> written = new TreeMap<>();
        for (Bookkeeper client : clients) {
            client.trades()
                    .forEach(
                            (id, trade) ->
                                    told.put(
                                            client.key()
                                                    + " "
                                                    + id
                                                    + " "
                                                    + trade.path("trade_id").asText(),
                                            trade.path("price")
                                                    .decimalValue()
                                                    .stripTrailingZeros()));
        }
        for (EventEnvelope envelope : journal) {
            assertEquals(
                    envelope.sequenceNr(),
                    sequences.merge(envelope.persistenceId(), 1L, Long::sum),
                    "X4: gapless in " + envelope.persistenceId());
            post(ledgers, postings(envelope.event()));
            if (envelope.event() instanceof BookEvent.TradeExecuted executed) {
                var trade = executed.trade();
                assertEquals(
                        trade.id().number(),
                        numbers.merge(trade.id().underlying().code(), 1L, Long::sum),
                        "X4: trade ids are gapless");
                String id = trade.account() + " " + trade.orderId() + " " + trade.id();
                BigDecimal before = written.put(id, trade.price().toDecimal().stripTrailingZeros());
                assertNull(before, "X1: " + id + " is written twice");
            }
        }
        assertEquals(told, written, "X1, X2: told and written");
        long ids =
                written.keySet().stream()
                        .map(id -> id.substring(0, id.lastIndexOf(' ')))
                        .distinct()
                        .count();
        assertEquals(written.size(), ids, "X1: an id trades once");
        for (Bookkeeper client : clients) {
            SortedMap<String, BigDecimal> own = client.positions();
            own.put(Posting.USDC, start.subtract(client.paid()).stripTrailingZeros());
            assertEquals(own, ledger(ledgers, client.key()), "P1: the ledger of " + client.key());
        }
    }

    private static List<Posting> postings(Object event) {
        return switch (event) {
            case BookEvent.TradeExecuted trade -> trade.postings();
            case AccountEvent money -> money.postings();
            case BookEvent.ExpirySettled settled -> settled.postings();
            case BookEvent.TradeAdjusted adjusted -> adjusted.postings();
            default -> List.of();
        };
    }

    private static void post(SortedMap<String, BigDecimal> ledgers, List<Posting> postings) {
        SortedMap<String, Long> sums = new TreeMap<>();
        for (Posting posting : postings) {
            sums.merge(posting.asset(), posting.amount(), Math::addExact);
            ledgers.merge(
                    posting.ledger() + " " + posting.asset(), amount(posting), BigDecimal::add);
        }
        sums.forEach((asset, sum) -> assertEquals(0, sum, "P1: " + postings));
    }

    private static BigDecimal amount(Posting posting) {
        return posting.isCash()
                ? BigDecimal.valueOf(posting.amount(), 6)
                : lot(posting.asset()).multiply(BigDecimal.valueOf(posting.amount()));
    }

    private static SortedMap<String, BigDecimal> ledger(
            SortedMap<String, BigDecimal> ledgers, String account) {
        String prefix = "taker:" + account + " ";
        SortedMap<String, BigDecimal> own = new TreeMap<>();
        ledgers.forEach(
                (name, sum) -> {
                    if (name.startsWith(prefix) && sum.signum() != 0) {
                        own.put(name.substring(prefix.length()), sum.stripTrailingZeros());
                    }
                });
        return own;
    }

    /** Coins in a lot of an instrument or a coin, as in {@code pool.conf}. */
    private static BigDecimal lot(String name) {
        return name.startsWith("BTC") ? new BigDecimal("0.01") : new BigDecimal("0.1");
    }
}
