package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.deploy.Bookkeeper.Filled;
import io.dolim.deploy.Bookkeeper.Order;
import io.dolim.deploy.Bookkeeper.Outcome;
import io.dolim.deploy.Bookkeeper.Refused;
import io.dolim.deploy.Bookkeeper.Unknown;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Q4: 500 quotes of one lot, asked for on one view and accepted together, cost the takers what one
 * trade of the sum costs, and selling back pays them nothing. The market stands still, so that only
 * the pool's inventory moves prices. Lots are large: at each, the charge moves by a good part of a
 * tick.
 */
@Tag("slow")
class StackedQuotesTest {

    private static final int QUOTES = 500;
    private static final int ACCOUNTS = 4;
    private static final int ROUNDS = 500;
    private static final int READS = 1_000;
    private static final long PATIENCE_SECONDS = 60;
    private static final Set<String> AGAIN = Set.of("inventory_moved", "stale_view");
    private static final Set<String> NOT_DONE = Set.of("retry", "queue_full");

    // all lose on the same side, so that each lot makes the next one dearer
    private static final List<String> AROUND =
            List.of(
                    "BTC_USDC-27MAR26-65000-C",
                    "BTC_USDC-27MAR26-67500-C",
                    "BTC_USDC-27MAR26-70000-C",
                    "BTC_USDC-24APR26-70000-C");
    private static final List<String> OF_ETHER =
            List.of(
                    "ETH_USDC-27MAR26-2500-C",
                    "ETH_USDC-27MAR26-2600-C",
                    "ETH_USDC-27MAR26-2700-C",
                    "ETH_USDC-24APR26-2700-C");
    private static final List<String> DEEP =
            List.of("BTC_USDC-27MAR26-40000-C", "BTC_USDC-27MAR26-42500-C");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Bookkeeper> clients = new ArrayList<>();
    private int orders;
    private final TreeSet<String> views = new TreeSet<>();

    @TempDir(factory = OnDisk.class)
    private Path dir;

    @Test
    void fiveHundredQuotesOfOneViewCostWhatTheirSumCosts() throws Exception {
        buyAndSellBack(AROUND);
    }

    @Test
    void fiveHundredQuotesOverTwoUnderlyingsCostWhatTheirSumCosts() throws Exception {
        List<String> both = new ArrayList<>(AROUND);
        both.addAll(OF_ETHER);
        buyAndSellBack(both);
    }

    @Test
    void fiveHundredQuotesOfMuchDeltaCostWhatTheirSumCosts() throws Exception {
        buyAndSellBack(DEEP);
    }

    private void buyAndSellBack(List<String> instruments) throws Exception {
        try (EngineProcess engine = EngineProcess.ready(dir.resolve("pool"), http, flags())) {
            for (Bookkeeper client : clients) {
                client.connect(http, engine.webSocket());
            }
            BigDecimal start = cash();
            SortedMap<String, Integer> lots = lots(instruments);
            List<JsonNode> alone = new ArrayList<>();
            for (String coin : coins(lots)) {
                alone.add(indicative(lots, coin, "buy"));
            }
            List<JsonNode> stacked = accepted(stack(instruments));
            BigDecimal cross = cross(lots, alone.getFirst());
            List<JsonNode> back = sellBack();
            awaitBooks(start.divide(BigDecimal.valueOf(ACCOUNTS)));
            BigDecimal end = cash();
            say("one trade a coin", alone);
            say("stacked", stacked);
            say("sold back", back);
            System.out.printf("cross=%s views=%s cash=%s end=%s%n", cross, views, start, end);

            BigDecimal ticks = ticks(instruments);
            BigDecimal paid = price(stacked);
            BigDecimal bound = price(alone).subtract(line(alone, "tick")).add(cross);
            assertTrue(
                    paid.compareTo(bound.subtract(ticks)) >= 0,
                    "stacked quotes cost " + paid + ", their sum " + bound + ", ticks " + ticks);
            BigDecimal charges = line(stacked, "capital_charge");
            BigDecimal charge = line(alone, "capital_charge").add(cross);
            assertTrue(
                    charges.compareTo(charge.subtract(ticks)) >= 0,
                    "capital charges " + charges + ", of the sum " + charge + ", ticks " + ticks);
            BigDecimal given = line(back, "capital_charge").negate();
            assertTrue(
                    given.compareTo(charge.add(ticks)) <= 0,
                    "giving back earned " + given + ", taking cost " + charge);
            assertTrue(end.compareTo(start) <= 0, "cash " + start + " became " + end);
            for (Bookkeeper client : clients) {
                assertEquals(new TreeMap<>(), client.taker().positions());
            }
        }
    }

    private void say(String what, List<JsonNode> quotes) {
        SortedMap<String, BigDecimal> lines = new TreeMap<>();
        for (String line :
                List.of("mark", "spread", "hedge_cost", "capital_charge", "fee", "tick")) {
            lines.put(line, line(quotes, line));
        }
        System.out.printf("%s: n=%d price=%s %s%n", what, quotes.size(), price(quotes), lines);
    }

    private static BigDecimal price(List<JsonNode> quotes) {
        return quotes.stream()
                .map(quote -> quote.path("price").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal line(List<JsonNode> quotes, String name) {
        return quotes.stream()
                .map(quote -> quote.path("lines").path(name).decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static SortedMap<String, Integer> lots(List<String> instruments) {
        SortedMap<String, Integer> lots = new TreeMap<>();
        for (int i = 0; i < QUOTES; i++) {
            lots.merge(instruments.get(i % instruments.size()), 1, Integer::sum);
        }
        return lots;
    }

    private String[] flags() throws Exception {
        StandingMarket.write(dir.resolve("market"));
        Path config = dir.resolve("test.conf");
        Files.writeString(
                config,
                """
                dolim.pool.underlyings.BTC { coins-per-lot = "0.1" }
                dolim.pool.underlyings.ETH { coins-per-lot = "2" }
                dolim.pool.demo-deposit-usdc = 10000000
                dolim.pool.keep-views = 30 s
                dolim.capacity.view-interval = 20 s
                dolim.capacity.view-life = 60 s
                dolim.capacity.max-reservations-per-book = 1000
                dolim.book.market.view-stale-after = 60 s
                dolim.book.book { quote-life = 15 s, max-pendings = 1000, max-requests = 2000, max-requests-of-account = 2000 }
                dolim.book.account.max-holds = 1000
                dolim.capacity.limits {
                  "unhedged_delta_coins.BTC" = 1000
                  "unhedged_delta_coins.ETH" = 10000
                  "mmp_delta_coins.BTC" = 1000
                  "mmp_delta_coins.ETH" = 10000
                }
                dolim.api.quotes.most-open-of-account = 10000
                dolim.api.rates {
                  key.matching { burst = 100000, per-second = 1000 }
                  key.reading { burst = 100000, per-second = 1000 }
                }
                """);
        List<String> flags =
                new ArrayList<>(
                        List.of(
                                "--feed",
                                "replay",
                                "--data",
                                dir.resolve("market").toString(),
                                "--speed",
                                "0.001",
                                "--takers",
                                "0",
                                "--config",
                                config.toString()));
        for (int i = 1; i <= ACCOUNTS; i++) {
            Bookkeeper client = new Bookkeeper("desk-" + i, "secret-of-desk-" + i);
            clients.add(client);
            flags.addAll(List.of("--key", client.flag()));
        }
        return flags.toArray(String[]::new);
    }

    /**
     * What two coins together cost more than each alone. The potential is a function of the inventory
     * alone, so giving the first back when both are there tells it: no quote is over two coins.
     */
    private BigDecimal cross(SortedMap<String, Integer> lots, JsonNode first) throws Exception {
        if (coins(lots).size() == 1) {
            return BigDecimal.ZERO;
        }
        List<JsonNode> both = List.of(indicative(lots, "BTC", "sell"));
        return line(both, "capital_charge")
                .negate()
                .subtract(line(List.of(first), "capital_charge"));
    }

    private JsonNode indicative(SortedMap<String, Integer> lots, String coin, String direction)
            throws Exception {
        ObjectNode asked = RpcClient.params();
        ArrayNode legs = asked.putArray("legs");
        lots.forEach(
                (name, count) -> {
                    if (name.startsWith(coin)) {
                        BigDecimal amount = lot(name).multiply(BigDecimal.valueOf(count));
                        legs.add(Taker.flat(name, direction, amount));
                    }
                });
        return clients.getFirst().taker().call("public/get_quote", asked);
    }

    private static SortedSet<String> coins(SortedMap<String, Integer> lots) {
        TreeSet<String> coins = new TreeSet<>();
        lots.keySet().forEach(name -> coins.add(name.substring(0, 3)));
        return coins;
    }

    private record Wanted(Bookkeeper client, ObjectNode asked) {}

    private record Offered(Wanted wanted, JsonNode quote) {
        /** The market view and the revision of the inventory in it, as in 17.3. */
        String view() {
            return quote.path("view").path("capacity").asText();
        }

        String marketView() {
            return view().substring(0, view().indexOf('.'));
        }
    }

    /** All quotes on one view of the pool; asked again when the view changed meanwhile. */
    private List<Offered> stack(List<String> instruments) throws Exception {
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < QUOTES; i++) {
            String name = instruments.get(i % instruments.size());
            wanted.add(new Wanted(clients.get(i % ACCOUNTS), Taker.flat(name, "buy", lot(name))));
        }
        for (int i = 0; i < 10; i++) {
            List<Offered> offered = offers(wanted);
            TreeSet<String> revisions = new TreeSet<>();
            offered.forEach(one -> revisions.add(one.view()));
            if (revisions.size() == 1 && offered.size() == QUOTES) {
                return offered;
            }
        }
        throw new AssertionError("500 quotes never came from one view: " + views);
    }

    private static List<Offered> offers(List<Wanted> wanted) throws Exception {
        List<CompletableFuture<Optional<Offered>>> asks = new ArrayList<>();
        for (Wanted one : wanted) {
            asks.add(
                    one.client
                            .quote(one.asked)
                            .thenApply(quote -> quote.map(given -> new Offered(one, given))));
        }
        List<Offered> offers = new ArrayList<>();
        for (CompletableFuture<Optional<Offered>> ask : asks) {
            ask.get(PATIENCE_SECONDS, TimeUnit.SECONDS).ifPresent(offers::add);
        }
        return offers;
    }

    /** Accepts all together; what is refused because the inventory moved is quoted afresh. */
    private List<JsonNode> accepted(List<Offered> first) throws Exception {
        List<JsonNode> trades = new ArrayList<>();
        List<Offered> offers = first;
        List<Wanted> left = first.stream().map(Offered::wanted).toList();
        for (int round = 1; round <= ROUNDS; round++) {
            List<CompletableFuture<Outcome>> answers = new ArrayList<>();
            for (Offered offer : offers) {
                String id = "o-" + ++orders;
                answers.add(offer.wanted.client.send(new Order(id, offer.quote)));
            }
            List<Wanted> again = new ArrayList<>(left);
            for (int i = 0; i < answers.size(); i++) {
                Wanted wanted = offers.get(i).wanted;
                switch (answers.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    case Filled filled -> {
                        trades.add(filled.trade());
                        views.add(offers.get(i).marketView());
                        again.remove(wanted);
                    }
                    case Refused refused ->
                            assertTrue(AGAIN.contains(refused.reason()), refused.toString());
                    case Unknown lost -> assertTrue(NOT_DONE.contains(lost.why()), lost.why());
                }
            }
            if (again.isEmpty()) {
                return trades;
            }
            left = again;
            offers = offers(left);
        }
        throw new AssertionError("not filled after " + ROUNDS + " rounds: " + left);
    }

    /** Every account sells all it holds, in one trade a coin. */
    private List<JsonNode> sellBack() throws Exception {
        List<Wanted> wanted = new ArrayList<>();
        for (Bookkeeper client : clients) {
            SortedMap<String, ArrayNode> byCoin = new TreeMap<>();
            client.positions()
                    .forEach(
                            (name, size) ->
                                    byCoin.computeIfAbsent(
                                                    name.substring(0, 3),
                                                    coin -> RpcClient.params().putArray("legs"))
                                            .add(Taker.flat(name, "sell", size)));
            byCoin.values()
                    .forEach(
                            legs -> {
                                ObjectNode asked = RpcClient.params();
                                asked.set("legs", legs);
                                wanted.add(new Wanted(client, asked));
                            });
        }
        return accepted(offers(wanted));
    }

    /** Waits until every account has heard of all its trades: its own books say when. */
    private void awaitBooks(BigDecimal startEach) throws Exception {
        for (Bookkeeper client : clients) {
            BigDecimal due = startEach.subtract(client.paid());
            BigDecimal cash = client.taker().cash();
            for (int i = 0; i < READS && cash.compareTo(due) != 0; i++) {
                cash = client.taker().cash();
            }
            assertEquals(0, due.compareTo(cash), client.key() + " has " + cash + ", not " + due);
        }
    }

    private BigDecimal cash() throws Exception {
        BigDecimal sum = BigDecimal.ZERO;
        for (Bookkeeper client : clients) {
            sum = sum.add(client.taker().cash());
        }
        return sum;
    }

    private static BigDecimal ticks(List<String> instruments) {
        BigDecimal ticks = BigDecimal.ZERO;
        for (int i = 0; i < QUOTES; i++) {
            ticks = ticks.add(tick(instruments.get(i % instruments.size())));
        }
        return ticks;
    }

    /** Coins in a lot, as configured here. */
    private static BigDecimal lot(String name) {
        return name.startsWith("BTC") ? new BigDecimal("0.1") : new BigDecimal("2");
    }

    /** A tick of the price of one lot, USDC. */
    private static BigDecimal tick(String name) {
        return lot(name).multiply(name.startsWith("BTC") ? BigDecimal.ONE : new BigDecimal("0.1"));
    }
}
