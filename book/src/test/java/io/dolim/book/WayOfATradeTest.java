package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WayOfATradeTest {

    private final Engine engine = new Engine();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aQuoteIsFilledAndEveryLedgerAgrees() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        Book.Filled filled =
                assertInstanceOf(Book.Filled.class, engine.accepted(Samples.ALICE, "o-1", token));
        assertEquals(new TradeId(Samples.BTC, 1), filled.trade().id());
        assertEquals(Usdc.of(new BigDecimal("105.25")), filled.trade().price());
        Engine.await(() -> engine.window.reservations.isEmpty(), "the reservation has ended");
        Account.Summary summary = engine.summary(Samples.ALICE);
        assertEquals(Usdc.ZERO, summary.held());
        assertEquals(Usdc.of(new BigDecimal("894.75")), summary.cash());
        assertEquals(new TreeMap<>(Map.of(Samples.CALL, 5L)), summary.positions());
        BookSummary book = engine.book(Samples.BTC);
        assertEquals(Usdc.of(new BigDecimal("104.25")), book.poolCash());
        assertEquals(Usdc.ofWhole(1), book.fees());
        assertEquals(new TreeMap<>(Map.of(Samples.CALL, -5L)), book.poolLots());
        assertEquals(
                Usdc.ofWhole(20),
                engine.folded(Samples.BTC).chargeAccount().balance(),
                "the charge bounds later discounts");
        assertEquals(EntityHash.of(engine.folded(Samples.BTC)), book.entityHash());
    }

    @Test
    void theInputsOfAViewAreStoredOnceWithItsFirstTradeInWhicheverBook() {
        engine.deposit(Samples.ALICE, 1_000);
        for (int i = 0; i < 3; i++) {
            String call = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 1));
            assertInstanceOf(
                    Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-" + i, call));
        }
        OptionContract eth = Engine.contracts(Samples.ETH).getFirst();
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(eth, 1));
        assertInstanceOf(Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-eth", token));
        PricingInputs inputs = Samples.inputs(1);
        assertEquals(
                List.of(
                        new BookEvent.InputsRecorded(
                                List.of(
                                        inputs.viewMarkets().getFirst(),
                                        inputs.market(),
                                        inputs.view()))),
                recorded(Samples.BTC));
        assertEquals(List.of(), recorded(Samples.ETH));
    }

    private List<BookEvent> recorded(Underlying underlying) {
        return engine.events(underlying).stream()
                .filter(BookEvent.InputsRecorded.class::isInstance)
                .toList();
    }

    @Test
    void theSameOrderAgainIsAnsweredWithTheStoredTradeEvenWhenItsTokenHasLapsed() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        Book.Reply first = engine.accepted(Samples.ALICE, "o-1", token);
        engine.advance(Duration.ofMinutes(5));
        assertEquals(first, engine.accepted(Samples.ALICE, "o-1", token));
        assertEquals(1, engine.book(Samples.BTC).trades());
    }

    @Test
    void theSameOrderIdWithAnotherBodyIsAConflictAndDoesNothing() {
        engine.deposit(Samples.ALICE, 1_000);
        Leg leg = new Leg(Samples.CALL, 5);
        engine.accepted(Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "105.25", leg));
        String before = engine.book(Samples.BTC).entityHash();
        Book.Reply other =
                engine.accepted(
                        Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "106.25", leg));
        assertInstanceOf(Book.Conflict.class, other);
        OptionContract eth = Engine.contracts(Samples.ETH).getFirst();
        Book.Reply elsewhere =
                engine.acceptedAtLast(
                        Samples.ALICE,
                        "o-1",
                        engine.token(Samples.ALICE, 1, "106.25", new Leg(eth, 1)));
        assertInstanceOf(Book.Conflict.class, elsewhere);
        assertEquals(before, engine.book(Samples.BTC).entityHash());
    }

    @Test
    void aLapsedQuoteIsRefusedWithItsAge() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        engine.advance(Duration.ofMillis(2_001));
        assertEquals(
                new Book.Refused(
                        RefusalReason.QUOTE_LAPSED,
                        "quote_lapsed",
                        new TreeMap<>(Map.of("age_ms", 2001.0, "life_ms", 2000.0))),
                engine.accepted(Samples.ALICE, "o-1", token));
    }

    @Test
    void aJumpOfTheWallClockNeitherKillsNorRevivesAQuote() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        String late = engine.token(Samples.ALICE, 1, "106.25", new Leg(Samples.CALL, 5));
        engine.jump(Duration.ofHours(1));
        assertInstanceOf(Book.Filled.class, engine.accepted(Samples.ALICE, "o-1", token));
        engine.advance(Duration.ofMillis(2_001));
        engine.jump(Duration.ofHours(-1).minusMillis(2_001));
        assertEquals(
                RefusalReason.QUOTE_LAPSED, reason(engine.accepted(Samples.ALICE, "o-2", late)));
    }

    @Test
    void aQuoteOfAViewThatIsNotPublishedYetIsRefused() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.publish(2);
        String token = engine.token(Samples.ALICE, 2, "105.25", new Leg(Samples.CALL, 5));
        engine.advance(Duration.ofMillis(-1));
        assertEquals(
                RefusalReason.QUOTE_LAPSED, reason(engine.accepted(Samples.ALICE, "o-1", token)));
    }

    @Test
    void aTokenSentToAnotherBookIsRefused() {
        engine.deposit(Samples.ALICE, 1_000);
        OptionContract eth = Engine.contracts(Samples.ETH).getFirst();
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(eth, 5));
        TestProbe<Book.Reply> probe = engine.kit.createTestProbe(Book.Reply.class);
        engine.bookOf(Samples.BTC).tell(engine.accept(Samples.ALICE, "astray", token, probe.ref()));
        assertEquals(
                RefusalReason.TOKEN_OF_ANOTHER_BOOK, reason(probe.receiveMessage(Engine.PATIENCE)));
    }

    @Test
    void aQuoteWhoseHedgingGotDearerByATickIsRefusedAndMayBeQuotedAfresh() {
        engine.deposit(Samples.ALICE, 1_000);
        String before = engine.book(Samples.BTC).entityHash();
        Leg leg = new Leg(Samples.CALL, 5);
        engine.publish(2, 0.005);
        String stale = engine.token(Samples.ALICE, 2, "105.25", leg);
        assertEquals(
                new Book.Refused(
                        RefusalReason.INVENTORY_MOVED,
                        "inventory_moved",
                        new TreeMap<>(Map.of("hedge_cost_moved", 0.005, "tick", 0.005))),
                engine.accepted(Samples.ALICE, "o-1", stale));
        assertEquals(before, engine.book(Samples.BTC).entityHash());
        Engine.await(() -> engine.window.reservations.isEmpty(), "nothing stays reserved");
        engine.publish(3, 0.0049);
        String fresh = engine.token(Samples.ALICE, 3, "105.25", leg);
        assertInstanceOf(Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-1", fresh));
    }

    @Test
    void eachBadTokenHasItsOwnReasonAndChangesNothing() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.deposit(Samples.BOB, 1_000);
        String before = engine.book(Samples.BTC).entityHash();
        Leg leg = new Leg(Samples.CALL, 5);
        String token = engine.token(Samples.ALICE, 1, "105.25", leg);
        refused(RefusalReason.TOKEN_MALFORMED, "x" + token);
        refused(RefusalReason.TOKEN_FORGED, token.substring(0, token.length() - 4) + "AAAA");
        refused(
                RefusalReason.TOKEN_OF_ANOTHER_ACCOUNT,
                engine.token(Samples.BOB, 1, "105.25", leg));
        refused(RefusalReason.QUOTE_LAPSED, engine.token(Samples.ALICE, 99, "105.25", leg));
        refused(
                RefusalReason.NOT_LISTED,
                engine.token(
                        Samples.ALICE,
                        1,
                        "105.25",
                        new Leg(OptionContract.parse("BTC_USDC-25DEC26-1-C"), 1)));
        refused(
                RefusalReason.SIZE_OUT_OF_BOUNDS,
                engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 10_001)));
        refused(RefusalReason.INSUFFICIENT_FUNDS, engine.token(Samples.ALICE, 1, "1000.01", leg));
        refused(
                RefusalReason.UNCOVERED,
                engine.token(Samples.ALICE, 1, "-20", new Leg(Samples.CALL, -1)));
        assertEquals(before, engine.book(Samples.BTC).entityHash());
        Engine.await(() -> engine.window.reservations.isEmpty(), "nothing stays reserved");
        assertEquals(Usdc.ZERO, engine.summary(Samples.ALICE).held());
    }

    private void refused(RefusalReason reason, String token) {
        Book.Reply reply = engine.acceptedAtLast(Samples.ALICE, "bad-" + reason.code(), token);
        assertEquals(reason, assertInstanceOf(Book.Refused.class, reply).reason());
    }

    @Test
    void aQuoteIsFilledOnceWhateverTheOrderId() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        assertInstanceOf(Book.Filled.class, engine.accepted(Samples.ALICE, "o-1", token));
        Book.Reply again = engine.accepted(Samples.ALICE, "o-2", token);
        assertEquals(
                RefusalReason.QUOTE_USED, assertInstanceOf(Book.Refused.class, again).reason());
        assertEquals(1, engine.book(Samples.BTC).trades());
    }

    @Test
    void theSameOrderSentFiveTimesAtOnceIsOneTrade() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        List<Book.Reply> replies = atOnce(List.of("o-1", "o-1", "o-1", "o-1", "o-1"), token);
        for (Book.Reply reply : replies) {
            // the others are told to ask again, or come late enough to be told the trade
            assertTrue(reply instanceof Book.Filled || reply instanceof Book.Retry, "" + reply);
        }
        Book.Reply last = engine.acceptedAtLast(Samples.ALICE, "o-1", token);
        assertInstanceOf(Book.Filled.class, last);
        replies.forEach(r -> assertTrue(r instanceof Book.Retry || r.equals(last), "" + r));
        assertEquals(1, engine.book(Samples.BTC).trades());
    }

    @Test
    void anOrderIdOnItsWayWithOneQuoteIsRefusedWithAnother() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.window.silent = true;
        String first = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        engine.bookOf(Samples.BTC)
                .tell(
                        engine.accept(
                                Samples.ALICE,
                                "o-1",
                                first,
                                engine.kit.createTestProbe(Book.Reply.class).ref()));
        Engine.await(
                () -> engine.summary(Samples.ALICE).held().signum() > 0, "the first is held for");
        OptionContract eth = Engine.contracts(Samples.ETH).getFirst();
        assertInstanceOf(
                Book.Conflict.class,
                engine.accepted(
                        Samples.ALICE,
                        "o-1",
                        engine.token(Samples.ALICE, 1, "106.25", new Leg(eth, 1))));
        assertInstanceOf(
                Book.Conflict.class,
                engine.accepted(
                        Samples.ALICE,
                        "o-1",
                        engine.token(Samples.ALICE, 1, "107.25", new Leg(Samples.CALL, 5))));
    }

    @Test
    void oneQuoteUnderFiveOrderIdsAtOnceIsOneTrade() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        List<Book.Reply> replies = atOnce(List.of("o-1", "o-2", "o-3", "o-4", "o-5"), token);
        assertEquals(1, replies.stream().filter(Book.Filled.class::isInstance).count());
        assertEquals(
                4,
                replies.stream()
                        .filter(
                                r ->
                                        r instanceof Book.Refused refused
                                                && refused.reason() == RefusalReason.QUOTE_USED)
                        .count());
        assertEquals(1, engine.book(Samples.BTC).trades());
    }

    private List<Book.Reply> atOnce(List<String> orderIds, String token) {
        List<TestProbe<Book.Reply>> probes =
                orderIds.stream().map(id -> engine.kit.createTestProbe(Book.Reply.class)).toList();
        for (int i = 0; i < orderIds.size(); i++) {
            engine.bookOf(Samples.BTC)
                    .tell(
                            engine.accept(
                                    Samples.ALICE, orderIds.get(i), token, probes.get(i).ref()));
        }
        return probes.stream().map(p -> p.receiveMessage(Engine.PATIENCE)).toList();
    }

    @Test
    void whatCapacityRefusesReleasesTheHoldAndSaysWhy() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.window.refuse = java.util.Optional.of("rac_below_floor");
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        assertEquals(
                new Book.Refused(
                        RefusalReason.NO_CAPACITY,
                        "rac_below_floor",
                        new TreeMap<>(Map.of("rac", 1.0, "fresh_charge", 7.0))),
                engine.accepted(Samples.ALICE, "o-1", token));
        Engine.await(
                () -> engine.summary(Samples.ALICE).held().signum() == 0, "the hold is released");
        engine.window.refuse = java.util.Optional.empty();
        assertInstanceOf(Book.Filled.class, engine.accepted(Samples.ALICE, "o-1", token));
    }

    @Test
    void aSaleIsCoveredByItsWorstPayOffAndClosingSetsItFree() {
        engine.deposit(Samples.ALICE, 1_000);
        Leg spread = new Leg(Samples.CALL, -1);
        Leg wing = new Leg(Samples.HIGHER, 1);
        assertInstanceOf(
                Book.Filled.class,
                engine.accepted(
                        Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "-60", spread, wing)));
        assertEquals(Usdc.ofWhole(100), engine.summary(Samples.ALICE).cover());
        assertEquals(Usdc.ofWhole(960), engine.summary(Samples.ALICE).free());
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.ALICE,
                        "o-2",
                        engine.token(
                                Samples.ALICE,
                                1,
                                "65",
                                new Leg(Samples.CALL, 1),
                                new Leg(Samples.HIGHER, -1))));
        assertTrue(engine.summary(Samples.ALICE).positions().isEmpty());
        assertEquals(Usdc.ofWhole(995), engine.summary(Samples.ALICE).free());
    }

    @Test
    void aQuoteOutsideTheCollarIsRefusedWhicheverWayTheIndexMoved() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        engine.market(65_000 * 1.011);
        engine.publish(2);
        assertEquals(
                RefusalReason.MARKET_MOVED, reason(engine.accepted(Samples.ALICE, "up", token)));
        engine.market(65_000 * 0.989);
        engine.publish(3);
        assertEquals(
                RefusalReason.MARKET_MOVED, reason(engine.accepted(Samples.ALICE, "down", token)));
        engine.market(65_000 * 1.009);
        engine.publish(4);
        assertInstanceOf(Book.Filled.class, engine.accepted(Samples.ALICE, "within", token));
    }

    @Test
    void aStoppedMarketFillsNoQuoteOfBefore() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
        engine.market(65_000, "index stale");
        engine.publish(2);
        assertEquals(
                RefusalReason.MARKET_STOPPED,
                reason(engine.accepted(Samples.ALICE, "stopped", token)));
    }

    private static RefusalReason reason(Book.Reply reply) {
        return assertInstanceOf(Book.Refused.class, reply).reason();
    }
}
