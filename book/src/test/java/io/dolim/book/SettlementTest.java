package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.RefusalReason;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlementTest {

    private static final long EXPIRY_MS = Samples.DEC.epochMs();
    private static final List<AccountId> TAKERS =
            List.of("a", "b", "c", "d", "e").stream().map(AccountId::new).toList();

    private final Engine engine = new Engine();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void anExpirySettlesAtTheAverageOfItsSamplesAndNoPositionRemains() {
        TAKERS.forEach(this::buySpread);
        engine.advance(Duration.ofMillis(EXPIRY_MS - Settlement.WINDOW_MS - Engine.START_MS));
        // the second sample of each slot, and one before the window, count for nothing
        sample(EXPIRY_MS - Settlement.WINDOW_MS - 1, "1");
        for (int slot = 0; slot < 162; slot++) {
            long atMs = EXPIRY_MS - Settlement.WINDOW_MS + slot * 10_000L;
            sample(atMs, slot < 81 ? "104000" : "106000.000001");
            sample(atMs + 5_000, "1");
        }
        engine.advance(Duration.ofMillis(Settlement.WINDOW_MS).plus(Engine.SETTLE_GRACE));
        Engine.await(() -> engine.book(Samples.BTC).poolLots().isEmpty(), "all is settled");
        BookSummary book = engine.book(Samples.BTC);
        // (104000 + 106000.000001) / 2 = 105000.0000005, half-even to six decimals
        assertEquals(new BigDecimal("105000.000000"), book.deliveryPrices().get(Samples.DEC));
        assertTrue(book.listed().isEmpty());
        for (AccountId taker : TAKERS) {
            Engine.await(() -> engine.summary(taker).positions().isEmpty(), "no position stays");
            assertEquals(Usdc.ofWhole(1_000 - 60 + 50), engine.summary(taker).cash());
            assertEquals(Usdc.ZERO, engine.summary(taker).cover());
        }
        assertTrue(engine.window.reservations.isEmpty());
        List<BookEvent.ExpirySettled> parts =
                engine.events(Samples.BTC).stream()
                        .filter(BookEvent.ExpirySettled.class::isInstance)
                        .map(BookEvent.ExpirySettled.class::cast)
                        .toList();
        assertEquals(3, parts.size(), "five accounts, two at a time");
        assertEquals(EntityHash.of(engine.folded(Samples.BTC)), book.entityHash());
    }

    @Test
    void samplesUnderWayWhenAnExpiryComesStillCountUntilTheGraceIsOver() {
        buySpread(Samples.ALICE);
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS));
        for (int slot = 0; slot < 170; slot++) {
            sample(EXPIRY_MS - Settlement.WINDOW_MS + slot * 10_000L, "104000");
        }
        requireUnpriced();
        engine.advance(Engine.SETTLE_GRACE.minusMillis(1));
        requireUnpriced();
        assertEquals(
                RefusalReason.CONTRADICTS,
                assertInstanceOf(Book.Refused.class, settleAt("104000")).reason(),
                "an operator is not asked before the samples had their chance");
        sample(EXPIRY_MS - 10_000, "121100");
        engine.advance(Duration.ofMillis(1));
        Engine.await(() -> engine.book(Samples.BTC).poolLots().isEmpty(), "all is settled");
        // (170 x 104000 + 121100) / 171
        assertEquals(
                new BigDecimal("104100.000000"),
                engine.book(Samples.BTC).deliveryPrices().get(Samples.DEC));
    }

    @Test
    void anExpiryWithAllItsSamplesWaitsForNothing() {
        buySpread(Samples.ALICE);
        for (int slot = 0; slot < 180; slot++) {
            sample(EXPIRY_MS - Settlement.WINDOW_MS + slot * 10_000L, "104000");
        }
        requireUnpriced();
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS));
        Engine.await(() -> engine.book(Samples.BTC).poolLots().isEmpty(), "all is settled");
    }

    @Test
    void whoAwaitsASettlementIsAnsweredWhenAllOfItsPartsAreWritten() {
        TAKERS.forEach(this::buySpread);
        for (int slot = 0; slot < 180; slot++) {
            sample(EXPIRY_MS - Settlement.WINDOW_MS + slot * 10_000L, "105000");
        }
        requireUnpriced(); // every sample is written
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS));
        assertEquals(Samples.BTC, awaited().underlying());
        BookSummary book = engine.book(Samples.BTC);
        assertTrue(book.poolLots().isEmpty());
        assertTrue(book.listed().isEmpty());
    }

    @Test
    void whoAwaitsASettlementThatWaitsForAnOperatorIsAnswered() {
        buySpread(Samples.ALICE);
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS).plus(Engine.SETTLE_GRACE));
        assertEquals(Samples.BTC, awaited().underlying());
        assertEquals(List.of(Samples.DEC), engine.book(Samples.BTC).waiting());
    }

    private Book.Settled awaited() {
        TestProbe<Book.Settled> probe = engine.kit.createTestProbe(Book.Settled.class);
        engine.bookOf(Samples.BTC).tell(new Book.AwaitSettled(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    /** Also when the Book is told to settle what is due. */
    private void requireUnpriced() {
        engine.bookOf(Samples.BTC).tell(Book.Settle.NOW);
        BookSummary book = engine.book(Samples.BTC);
        assertTrue(book.deliveryPrices().isEmpty());
        assertTrue(book.waiting().isEmpty());
    }

    @Test
    void aCrashBetweenTwoPartsSettlesNobodyTwice() {
        TAKERS.forEach(this::buySpread);
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS).plus(Engine.SETTLE_GRACE));
        Engine.await(() -> !engine.book(Samples.BTC).waiting().isEmpty(), "it waits");
        engine.faultOf(Samples.BTC).arm(m -> m instanceof Book.Settle, false);
        settleAt("105000");
        Engine.await(() -> engine.book(Samples.BTC).poolLots().isEmpty(), "all is settled");
        assertTrue(engine.faultOf(Samples.BTC).isSpent());
        for (AccountId taker : TAKERS) {
            Engine.await(() -> engine.summary(taker).positions().isEmpty(), "no position stays");
            assertEquals(Usdc.ofWhole(1_000 - 60 + 50), engine.summary(taker).cash());
        }
    }

    @Test
    void tooFewSamplesWaitForAnOperatorWhoIsWrittenDown() {
        buySpread(Samples.ALICE);
        for (int slot = 0; slot < 161; slot++) {
            sample(EXPIRY_MS - Settlement.WINDOW_MS + slot * 10_000L, "104000");
        }
        assertEquals(
                RefusalReason.CONTRADICTS,
                assertInstanceOf(Book.Refused.class, settleAt("104000")).reason(),
                "not before it has expired");
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS).plus(Engine.SETTLE_GRACE));
        Engine.await(
                () -> engine.book(Samples.BTC).waiting().equals(List.of(Samples.DEC)), "it waits");
        assertEquals(new Book.Done(), settleAt("104000.5"));
        Engine.await(() -> engine.book(Samples.BTC).poolLots().isEmpty(), "all is settled");
        assertEquals(new Book.Done(), settleAt("104000.5"), "the same again does nothing");
        assertInstanceOf(Book.Refused.class, settleAt("99000"), "a price is set once");
        BookEvent.DeliveryPriceSet set =
                engine.events(Samples.BTC).stream()
                        .filter(BookEvent.DeliveryPriceSet.class::isInstance)
                        .map(BookEvent.DeliveryPriceSet.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals("operator", set.rule());
        assertEquals("olga", set.by());
        assertEquals(161, set.samples());
    }

    @Test
    void aContractStopsTradingHalfAnHourBeforeItExpires() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.advance(Duration.ofMillis(EXPIRY_MS - Settlement.WINDOW_MS - Engine.START_MS));
        engine.publish(2);
        Book.Reply reply =
                engine.acceptedAtLast(
                        Samples.ALICE,
                        "late",
                        engine.token(Samples.ALICE, 2, "60", new Leg(Samples.CALL, 1)));
        assertEquals(
                RefusalReason.CONTRACT_EXPIRED,
                assertInstanceOf(Book.Refused.class, reply).reason());
    }

    @Test
    void aSecondPriceOrASecondSampleOfASlotBreaksAnInvariant() {
        Settlement one = Settlement.NONE.sampled(3, BigDecimal.TEN);
        assertThrows(BrokenInvariant.class, () -> one.sampled(3, BigDecimal.TEN));
        Settlement priced = one.priced(Samples.DEC, BigDecimal.TEN);
        assertThrows(BrokenInvariant.class, () -> priced.priced(Samples.DEC, BigDecimal.ONE));
    }

    @Test
    void aPayOffIsRoundedInThePoolsFavourAndNothingIsLost() {
        buySpread(Samples.ALICE);
        engine.deposit(Samples.BOB, 1_000);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.BOB,
                        "sale",
                        engine.token(
                                Samples.BOB,
                                1,
                                "-40",
                                new Leg(Samples.CALL, -1),
                                new Leg(Samples.HIGHER, 1))));
        Usdc before = engine.book(Samples.BTC).poolCash();
        engine.advance(Duration.ofMillis(EXPIRY_MS - Engine.START_MS).plus(Engine.SETTLE_GRACE));
        Engine.await(() -> !engine.book(Samples.BTC).waiting().isEmpty(), "it waits");
        // 0.01 coins of a spread that is worth 5,000.000001
        settleAt("105000.000001");
        Engine.await(() -> engine.summary(Samples.BOB).positions().isEmpty(), "settled");
        Engine.await(() -> engine.summary(Samples.ALICE).positions().isEmpty(), "settled");
        assertEquals(Usdc.ofWhole(1_000 - 60 + 50), engine.summary(Samples.ALICE).cash());
        assertEquals(Usdc.of(new BigDecimal("989.999999")), engine.summary(Samples.BOB).cash());
        assertEquals(new Usdc(1), engine.book(Samples.BTC).poolCash().minus(before));
    }

    @Test
    void anIndexThatIsNotPositiveIsNoSample() {
        SettlementDecisions decisions = new SettlementDecisions(Engine.settings());
        BookState state = BookState.empty(Samples.BTC).apply(Samples.listed(Samples.CALL));
        for (String bad : List.of("0", "-1", "-0.000001")) {
            assertEquals(
                    Optional.empty(),
                    decisions.sample(
                            state, new Book.IndexSample(EXPIRY_MS - 1, new BigDecimal(bad))),
                    bad);
        }
        assertTrue(
                decisions
                        .sample(state, new Book.IndexSample(EXPIRY_MS - 1, BigDecimal.ONE))
                        .isPresent());
    }

    @Test
    void anExpiryThatSettlesAtAnotherPriceThanItsOwnBreaksAnInvariant() {
        BookState open = BookState.empty(Samples.BTC).apply(Samples.listed(Samples.CALL));
        assertThrows(BrokenInvariant.class, () -> open.apply(settledAt("105000")));
        BookState priced =
                open.apply(
                        new BookEvent.DeliveryPriceSet(
                                Samples.DEC,
                                new BigDecimal("105000"),
                                "operator",
                                0,
                                "olga",
                                "feed down",
                                EXPIRY_MS));
        assertThrows(BrokenInvariant.class, () -> priced.apply(settledAt("105000.000001")));
        priced.apply(settledAt("105000.000000"));
    }

    private static BookEvent.ExpirySettled settledAt(String price) {
        return new BookEvent.ExpirySettled(
                Samples.DEC, new BigDecimal(price), EXPIRY_MS, List.of());
    }

    private void buySpread(AccountId taker) {
        engine.deposit(taker, 1_000);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        taker,
                        "o-" + taker,
                        engine.token(
                                taker,
                                1,
                                "60",
                                new Leg(Samples.CALL, 1),
                                new Leg(Samples.HIGHER, -1))));
    }

    private void sample(long atMs, String index) {
        engine.bookOf(Samples.BTC).tell(new Book.IndexSample(atMs, new BigDecimal(index)));
    }

    private Book.Ordered settleAt(String price) {
        return engine.ordered(
                Samples.BTC,
                replyTo ->
                        new Book.SettleAt(
                                "olga", "feed down", Samples.DEC, new BigDecimal(price), replyTo));
    }
}
