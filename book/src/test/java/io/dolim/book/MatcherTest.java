package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.order.RestingOrder.Status;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders and the pool's price: they meet once, within the limit, or not at all. */
class MatcherTest {

    private static final OrderId FIRST = new OrderId(Samples.BTC, 1);
    private static final MatcherSettings SETTINGS =
            new MatcherSettings(Duration.ofMillis(1), 16, 4, Duration.ofSeconds(9));

    private final Engine engine = new Engine();
    private long views = 1;

    @AfterEach
    void stop() {
        engine.close();
    }

    private PricingView publish(double spot) {
        PricingView view = PricedViews.of(++views, engine.now(), spot, unhedgedCoins(spot));
        engine.board.publish(view);
        return view;
    }

    /** What the Book is left with, as the view's pool would know it. */
    private double unhedgedCoins(double spot) {
        PricingView plain = PricedViews.of(1, engine.now(), spot, 0);
        double coins = 0;
        for (var held : engine.book(Samples.BTC).poolLots().entrySet()) {
            coins +=
                    plain.deltaCoins(
                            RestingOrderTest.terms(held.getKey(), held.getValue(), "1").legs());
        }
        return coins;
    }

    private OrderReply place(AccountId account, String id, OrderTerms terms) {
        return engine.asked(
                replyTo ->
                        new OrderRequest.Place(
                                account,
                                new ClientOrderId(id),
                                BodyHash.of(terms.toString()),
                                terms,
                                OptionalLong.empty(),
                                replyTo));
    }

    private RestingOrder order(OrderId id) {
        return engine.orders.of(Samples.BTC).find(Samples.ALICE, id).orElseThrow();
    }

    private void tried(ActorRef<Matcher.Command> matcher, OrderId id) {
        TestProbe<Matcher.Tried> probe = engine.kit.createTestProbe(Matcher.Tried.class);
        matcher.tell(new Matcher.Try(id, probe.ref()));
        probe.expectMessage(Engine.PATIENCE, new Matcher.Tried(id));
    }

    /** USDC per coin, to the tick below. */
    private static String price(PricingView view, OrderTerms terms) {
        Quote.Quoted quoted =
                assertInstanceOf(
                        Quote.Quoted.class, view.quote(terms.legs(), view.publishedAtNs()));
        return quoted.price()
                .toDecimal()
                .divide(Samples.SPEC.coins(terms.lots()), 1, RoundingMode.FLOOR)
                .toPlainString();
    }

    @Test
    void anOrderRestsUntilThePoolsPriceComesToItsLimitAndIsFilledThere() {
        engine.deposit(Samples.ALICE, 10_000);
        ActorRef<Matcher.Command> matcher = engine.matcher(SETTINGS);
        OrderTerms probe = RestingOrderTest.terms(Samples.CALL, 5, "1");
        PricingView cheap = PricedViews.of(1, engine.now(), 94_000, 0);
        String limit = price(cheap, probe);
        PricingView dear = publish(100_000);
        place(Samples.ALICE, "c-1", probe.with(5, new BigDecimal(limit)));
        tried(matcher, FIRST);
        assertEquals(Status.OPEN, order(FIRST).status());
        assertTrue(new BigDecimal(price(dear, probe)).compareTo(new BigDecimal(limit)) > 0);
        publish(93_000);
        Engine.await(() -> order(FIRST).status() == Status.FILLED, "the price has come");
        List<Trade> trades = trades(engine.events(Samples.BTC));
        assertEquals(1, trades.size());
        assertEquals(FIRST.asOrderId(), trades.getFirst().orderId());
        assertTrue(order(FIRST).terms().allows(trades.getFirst().price(), Samples.SPEC));
        assertEquals(
                new TreeMap<>(Map.of(Samples.CALL, 5L)), engine.summary(Samples.ALICE).positions());
    }

    @Test
    void anOrderThatThePriceIsAtAlreadyIsFilledWhenItComes() {
        engine.deposit(Samples.ALICE, 10_000);
        ActorRef<Matcher.Command> matcher = engine.matcher(SETTINGS);
        publish(100_000);
        place(Samples.ALICE, "c-1", RestingOrderTest.terms(Samples.CALL, 5, "20000"));
        tried(matcher, FIRST);
        assertEquals(Status.FILLED, order(FIRST).status());
    }

    @Test
    void whatThePoolRefusesWaitsAndWhatTheAccountCannotPayEnds() {
        engine.deposit(Samples.ALICE, 700);
        ActorRef<Matcher.Command> matcher = engine.matcher(SETTINGS);
        engine.window.refuse = Optional.of("halted");
        place(Samples.ALICE, "c-1", RestingOrderTest.terms(Samples.CALL, 5, "12000"));
        place(Samples.ALICE, "c-2", RestingOrderTest.terms(Samples.CALL, 5, "12000"));
        publish(100_000);
        tried(matcher, FIRST);
        assertEquals(Status.OPEN, order(FIRST).status(), "a halt is not the order's fault");
        engine.window.refuse = Optional.empty();
        OrderId second = new OrderId(Samples.BTC, 2);
        Engine.await(
                () -> {
                    publish(100_000);
                    return !order(FIRST).isOpen() && !order(second).isOpen();
                },
                "both are decided");
        List<Status> ends = List.of(order(FIRST).status(), order(second).status());
        assertTrue(ends.contains(Status.FILLED) && ends.contains(Status.REJECTED), ends::toString);
        RestingOrder lost = order(order(FIRST).status() == Status.REJECTED ? FIRST : second);
        assertEquals("insufficient_funds", lost.why());
    }

    @Test
    void aStoppedMarketFillsNothing() {
        engine.deposit(Samples.ALICE, 10_000);
        ActorRef<Matcher.Command> matcher = engine.matcher(SETTINGS);
        engine.board.publish(
                PricedViews.of(++views, engine.now(), 100_000, 0, List.of("quorum: none")));
        place(Samples.ALICE, "c-1", RestingOrderTest.terms(Samples.CALL, 5, "20000"));
        tried(matcher, FIRST);
        assertEquals(Status.OPEN, order(FIRST).status());
        publish(100_000);
        Engine.await(() -> order(FIRST).status() == Status.FILLED, "it is quoted again");
    }

    private static List<Trade> trades(List<BookEvent> events) {
        List<Trade> trades = new ArrayList<>();
        for (BookEvent event : events) {
            if (event instanceof BookEvent.TradeExecuted executed) {
                trades.add(executed.trade());
            }
        }
        return trades;
    }

    /**
     * Random orders, ticks, cancels, amendments and crashes: no order is filled twice, beyond its limit or
     * otherwise than it asked at that moment, and the journal replays to the live state.
     */
    @Test
    void randomLivesFillNoOrderTwiceNorBeyondItsLimit() {
        int filled = 0;
        for (long seed = 1; seed <= 5; seed++) {
            filled += live(seed);
        }
        assertTrue(filled > 40, "filled=" + filled);
    }

    private int live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MatcherTest life = new MatcherTest();
        try (Engine own = life.engine) {
            own.deposit(Samples.ALICE, 5_000);
            ActorRef<Matcher.Command> matcher = own.matcher(SETTINGS);
            double spot = 100_000;
            for (int step = 0; step < 60; step++) {
                spot *= 1 + 0.02 * (random.nextDouble() - 0.5);
                life.publish(spot);
                if (random.nextInt(8) == 0) {
                    crash(own, random);
                }
                life.act(random, spot, step);
                own.advance(Duration.ofMillis(100));
            }
            own.kit.stop(matcher);
            Engine.await(() -> own.book(Samples.BTC).pendings() == 0, "what is on its way lands");
            life.check(seed);
            return trades(own.events(Samples.BTC)).size();
        }
    }

    private static void crash(Engine engine, SplittableRandom random) {
        boolean after = random.nextBoolean();
        Fault book = engine.faultOf(Samples.BTC);
        switch (random.nextInt(5)) {
            case 0 -> book.arm(m -> m instanceof Book.HoldAnswered, after);
            case 1 -> book.arm(m -> m instanceof Book.ReserveAnswered, after);
            case 2 -> book.arm(m -> m instanceof JournalProtocol.WriteMessageSuccess, after);
            case 3 -> engine.faultOf(Samples.ALICE).arm(m -> m instanceof Account.Command, after);
            default -> engine.capacityFault.arm(m -> true, after);
        }
    }

    private void act(SplittableRandom random, double spot, int step) {
        OptionContract contract = Engine.contracts(Samples.BTC).get(random.nextInt(3));
        long lots = random.nextLong(1, 6) * (random.nextInt(3) == 0 ? -1 : 1);
        OrderTerms any = RestingOrderTest.terms(contract, lots, "1");
        PricingView near =
                PricedViews.of(1, engine.now(), spot * (0.99 + 0.02 * random.nextDouble()), 0);
        BigDecimal limit = new BigDecimal(price(near, any)).max(new BigDecimal("0.1"));
        OrderId known = new OrderId(Samples.BTC, random.nextLong(1, 30));
        switch (random.nextInt(6)) {
            case 0 -> engine.asked(to -> new OrderRequest.Cancel(Samples.ALICE, known, to));
            case 1 ->
                    engine.asked(
                            to ->
                                    new OrderRequest.Amend(
                                            Samples.ALICE,
                                            known,
                                            lots,
                                            limit,
                                            OptionalLong.empty(),
                                            to));
            default -> place(Samples.ALICE, "c-" + step, any.with(lots, limit));
        }
    }

    private void check(long seed) {
        String where = "seed=" + seed;
        List<BookEvent> events = engine.events(Samples.BTC);
        SortedMap<String, OrderTerms> asked = new TreeMap<>();
        Replay replay = new Replay();
        long sequence = 0;
        Usdc paid = Usdc.ZERO;
        for (BookEvent event : events) {
            replay.apply(Book.persistenceId(Samples.BTC), ++sequence, (StoredEvent) event);
            switch (event) {
                case BookEvent.OrderPlaced e -> asked.put(e.id().toString(), e.terms());
                case BookEvent.OrderAmended e ->
                        asked.computeIfPresent(
                                e.id().toString(), (_, t) -> t.with(e.lots(), e.limitUsdc()));
                case BookEvent.OrderEnded e -> asked.remove(e.id().toString());
                case BookEvent.TradeExecuted e -> {
                    OrderTerms terms =
                            Optional.ofNullable(asked.remove(e.trade().orderId().text()))
                                    .orElseThrow(
                                            () ->
                                                    new AssertionError(
                                                            where
                                                                    + ": filled twice, or after its"
                                                                    + " end"));
                    assertEquals(terms.legs(), e.trade().legs(), where);
                    assertTrue(
                            e.trade()
                                            .price()
                                            .toDecimal()
                                            .compareTo(
                                                    terms.limitUsdc()
                                                            .multiply(
                                                                    Samples.SPEC.coins(
                                                                            terms.lots())))
                                    <= 0,
                            where + ": beyond the limit");
                    paid = paid.plus(e.trade().price());
                }
                default -> {}
            }
        }
        assertEquals(
                asked.keySet(),
                new TreeSet<>(
                        engine.orders.of(Samples.BTC).open().values().stream()
                                .map(one -> one.id().toString())
                                .toList()),
                where);
        assertEquals(
                engine.book(Samples.BTC).entityHash(),
                replay.entity(Book.persistenceId(Samples.BTC)).orElseThrow().hash(),
                where);
        Usdc cash = Usdc.ofWhole(5_000).minus(paid);
        Engine.await(() -> engine.summary(Samples.ALICE).cash().equals(cash), where + " cash");
    }
}
