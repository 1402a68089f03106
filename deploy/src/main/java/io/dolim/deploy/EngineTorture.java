package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcError;
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
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * X1, X2, X4, P1 against SIGKILL: an engine is killed in the middle of a burst of accepts, started
 * again on the same directory, and asked for every order again over the public protocol. What the
 * clients were told, what the engine holds and what the journal says must be one story; where it is
 * not, a {@link Violation} ends the run and the directory stays as it is.
 */
final class EngineTorture {

    static final int ACCOUNTS = 4;
    static final List<String> COINS = List.of("BTC", "ETH");
    private static final int ORDERS_A_LANE = 5;
    private static final int BURST = ACCOUNTS * 2 * ORDERS_A_LANE;

    /** Orders that must be unanswered at each kill. */
    static final int LEAST_IN_FLIGHT = 8;

    /** Kills for each counted one, at most. */
    private static final int MOST_PER_COUNTED = 2;

    private static final long PATIENCE_SECONDS = 60;
    private static final int SIGTERM = 143;
    private static final int TRIES = 1_000;
    private static final double RESENT = 0.05;

    /** Fewer than a Book lets wait for an account: more would be refused `queue_full` when it is slow. */
    private static final int AGAIN_AT_ONCE = 16;

    private final Plan plan;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom dice;
    private final List<Bookkeeper> clients = new ArrayList<>();
    private final SortedMap<String, List<String>> listed = new TreeMap<>();
    private final List<InFlight.Count> inFlight = new ArrayList<>();
    private int orders;
    private int asked;
    private int foundFilled;
    private int foundLapsed;

    /**
     * What to do.
     *
     * @param directory an empty one, on a disk
     * @param kills of the engine that are counted: with orders of all accounts and coins in flight
     * @param seed of all choices but the moments at which the machine answers
     */
    record Plan(Path directory, int kills, long seed) {}

    /**
     * What came of it; no contradiction was found.
     *
     * @param leastInFlight orders unanswered at the kill, the fewest of all kills
     * @param leastAccounts accounts that had one, the fewest of all kills
     * @param leastCoins underlyings that had one, the fewest of all kills
     * @param orders that were sent
     * @param trades told, held and written
     * @param unknown orders of which nothing was known after a kill
     * @param filled of these, those that the next engine had
     * @param lapsed of these, those that had left no trace
     */
    record Report(
            int kills,
            int leastInFlight,
            long leastAccounts,
            long leastCoins,
            int orders,
            int trades,
            int unknown,
            int filled,
            int lapsed) {}

    private EngineTorture(Plan plan) {
        this.plan = plan;
        this.dice = new SplittableRandom(plan.seed());
    }

    /**
     * Runs the plan; {@code killed} hears the number of each kill.
     *
     * @throws Violation when two of the stories differ
     */
    static Report run(Plan plan, IntConsumer killed) throws Exception {
        EngineTorture torture = new EngineTorture(plan);
        try {
            return torture.run(killed);
        } finally {
            torture.clients.forEach(Bookkeeper::close);
        }
    }

    private Report run(IntConsumer killed) throws Exception {
        String[] flags = flags();
        BigDecimal start = BigDecimal.ZERO;
        int counted = 0;
        for (int kill = 1; counted < plan.kills(); kill++) {
            int all = kill;
            Violation.unless(
                    all <= MOST_PER_COUNTED * plan.kills(), () -> "kills=" + all + " " + inFlight);
            try (EngineProcess engine = EngineProcess.ready(plan.directory(), http, flags)) {
                connect(engine);
                start = kill == 1 ? clients.getFirst().taker().cash() : start;
                findOut();
                resend(RESENT);
                requireBooks(start, "before kill " + kill);
                for (int burst = dice.nextInt(3); burst > 0; burst--) {
                    all(accept(quoted()));
                }
                InFlight.Count open = killAmid(engine);
                if (isWide(open)) {
                    inFlight.add(open);
                    counted++;
                }
            }
            killed.accept(counted);
        }
        try (EngineProcess engine = EngineProcess.ready(plan.directory(), http, flags)) {
            connect(engine);
            findOut();
            resend(1);
            refuseOtherBodies();
            requireBooks(start, "at the end");
            int code = engine.stop();
            Violation.unless(code == SIGTERM, () -> "exit code " + code + ": " + engine.output());
        }
        new ClientsAgainstJournal(clients, start).require(new StateJournal(plan.directory()));
        return new Report(
                plan.kills(),
                inFlight.stream().mapToInt(InFlight.Count::orders).min().orElse(0),
                inFlight.stream().mapToLong(InFlight.Count::accounts).min().orElse(0),
                inFlight.stream().mapToLong(InFlight.Count::coins).min().orElse(0),
                orders,
                clients.stream().mapToInt(client -> client.trades().size()).sum(),
                asked,
                foundFilled,
                foundLapsed);
    }

    /** Whether a kill met orders of every account and coin: what had all of one answered kills too, and is not counted. */
    private static boolean isWide(InFlight.Count open) {
        return open.orders() >= LEAST_IN_FLIGHT
                && open.accounts() == ACCOUNTS
                && open.coins() == COINS.size();
    }

    private String[] flags() throws Exception {
        Path config = Files.createDirectories(plan.directory()).resolve("torture.conf");
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
            // months away, so that nothing expires meanwhile
            listed.put(coin, names.subList(names.size() / 2, names.size()));
        }
    }

    /** Sends every order of unknown outcome again until there is none. */
    private void findOut() throws Exception {
        for (Bookkeeper client : clients) {
            List<Order> unknown = client.unknown();
            asked += unknown.size();
            for (int i = 0; !client.unknown().isEmpty(); i++) {
                Violation.unless(
                        i < TRIES, () -> client.key() + " does not learn of " + client.unknown());
                all(client.unknown().stream().map(client::send).toList());
            }
            for (Order order : unknown) {
                switch (client.outcome(order.id())) {
                    case Bookkeeper.Filled filled -> foundFilled++;
                    case Bookkeeper.Refused refused -> {
                        Violation.unless(
                                refused.reason().equals("token_of_another_boot"),
                                () -> order.id() + " is refused " + refused.reason());
                        foundLapsed++;
                    }
                    case Bookkeeper.Unknown unanswered ->
                            throw new Violation(order.id() + " " + unanswered.why());
                }
            }
        }
    }

    /** Sends a share of the orders of known outcome again; a contradiction fails in the books. */
    private void resend(double share) throws Exception {
        for (Bookkeeper client : clients) {
            List<Order> left =
                    client.known().stream().filter(_ -> dice.nextDouble() < share).toList();
            for (int i = 0; !left.isEmpty(); i++) {
                Violation.unless(i < TRIES, () -> client.key() + " is not answered again");
                left = unanswered(client, left);
            }
        }
    }

    /** Sends orders again, so many at a time that an engine can hold them; those it did not look at. */
    private static List<Order> unanswered(Bookkeeper client, List<Order> orders) throws Exception {
        List<Order> unanswered = new ArrayList<>();
        for (int from = 0; from < orders.size(); from += AGAIN_AT_ONCE) {
            List<Order> some = orders.subList(from, Math.min(orders.size(), from + AGAIN_AT_ONCE));
            List<CompletableFuture<Bookkeeper.Outcome>> answers =
                    some.stream().map(client::send).toList();
            for (int i = 0; i < some.size(); i++) {
                Bookkeeper.Outcome told = answers.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (told instanceof Bookkeeper.Unknown) {
                    unanswered.add(some.get(i));
                } else {
                    requireSame(client, some.get(i), told);
                }
            }
        }
        return unanswered;
    }

    private static void requireSame(Bookkeeper client, Order order, Bookkeeper.Outcome told) {
        Bookkeeper.Outcome wanted =
                switch (client.outcome(order.id())) {
                    case Bookkeeper.Refused gone -> new Bookkeeper.Refused("token_of_another_boot");
                    case Bookkeeper.Filled filled -> filled;
                    case Bookkeeper.Unknown unknown -> unknown;
                };
        Violation.unlessEqual(wanted, told, order.id() + " sent again");
    }

    /** An id that was filled, under another quote: refused, and nothing is done. */
    private void refuseOtherBodies() throws Exception {
        for (Bookkeeper client : clients) {
            if (client.trades().isEmpty()) {
                continue;
            }
            String id = client.trades().firstKey();
            JsonNode other = another(client);
            try {
                client.taker().accept(other, id);
                throw new Violation(id + " was filled under another quote");
            } catch (RpcError refused) {
                Violation.unlessEqual("client_order_id_reused", refused.reason(), id);
            }
        }
    }

    /** A quote is refused now and then, by a market that moves or a machine that is busy. */
    private JsonNode another(Bookkeeper client) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            Optional<JsonNode> quote = client.quote(wanted(client, "BTC")).get();
            if (quote.isPresent()) {
                return quote.get();
            }
        }
        throw new Violation(client.key() + " is quoted nothing");
    }

    /** Firm quotes for every account and coin, all asked at once. */
    private List<Signed> quoted() throws Exception {
        List<CompletableFuture<Optional<Signed>>> asks = new ArrayList<>();
        for (int i = 0; i < ORDERS_A_LANE; i++) {
            for (Bookkeeper client : clients) {
                for (String coin : COINS) {
                    String id = "o-" + ++orders;
                    asks.add(
                            client.quote(wanted(client, coin))
                                    .thenApply(
                                            quote ->
                                                    quote.map(
                                                            q ->
                                                                    new Signed(
                                                                            client,
                                                                            coin,
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

    private record Signed(Bookkeeper client, String coin, Order order) {}

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
        BigDecimal amount =
                ClientsAgainstJournal.lot(coin).multiply(BigDecimal.valueOf(1 + dice.nextInt(20)));
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
    private InFlight.Count killAmid(EngineProcess engine) throws Exception {
        List<Signed> quoted = quoted();
        int most = Math.max(0, quoted.size() - 3 * LEAST_IN_FLIGHT);
        InFlight flight = new InFlight(dice.nextInt(most + 1), most);
        long momentNs = dice.nextLong(3_000_000L);
        quoted.forEach(one -> flight.sent(one.client.key(), one.coin));
        List<CompletableFuture<Bookkeeper.Outcome>> answers = accept(quoted);
        for (int i = 0; i < answers.size(); i++) {
            Signed one = quoted.get(i);
            var _ =
                    answers.get(i)
                            .whenComplete((_, _) -> flight.answered(one.client.key(), one.coin));
        }
        Violation.unless(flight.awaitMoment(PATIENCE_SECONDS, momentNs), engine::output);
        InFlight.Count open = flight.now();
        engine.kill();
        all(answers);
        Violation.unless(quoted.size() > BURST / 2, () -> "quoted=" + quoted.size());
        return open;
    }

    private static void all(List<? extends CompletableFuture<?>> answers) throws Exception {
        for (CompletableFuture<?> answer : answers) {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void requireBooks(BigDecimal start, String when) throws Exception {
        for (Bookkeeper client : clients) {
            Violation.unlessEqual(
                    client.positions(), client.taker().positions(), client.key() + " " + when);
            Violation.unlessEqual(
                    start.subtract(client.paid()).stripTrailingZeros(),
                    client.taker().cash().stripTrailingZeros(),
                    client.key() + " " + when + ", cash of " + start);
        }
    }
}
