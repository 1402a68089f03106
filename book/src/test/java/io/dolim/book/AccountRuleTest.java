package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.AccountLimits;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;

/** C3: limits of one account, judged on the Book's state just before the write. A lot is 0.01 coin. */
class AccountRuleTest {

    private static final OptionContract LATER = OptionContract.parse("BTC_USDC-26MAR27-100000-C");
    private static final double SPOT = 100_000;

    /** Too large to bind, but for what a test sets. */
    private static final double AMPLE = 1e9;

    @Test
    void anOrderHasALargestSizeOverAllItsLegs() {
        AccountLimits limits = new AccountLimits(0.05, AMPLE, AMPLE, AMPLE);

        assertEquals(Optional.empty(), broken(held(), limits, leg(Samples.CALL, 5)));
        assertEquals(
                refused(RefusalReason.SIZE_OUT_OF_BOUNDS, "order_coins.BTC", 0.06, 0.05),
                broken(held(), limits, leg(Samples.CALL, 3), leg(Samples.PUT, -3)));
    }

    @Test
    void positionsHaveALimitWhicheverWayTheyAre() {
        AccountLimits limits = new AccountLimits(AMPLE, 0.1, AMPLE, AMPLE);
        SortedMap<OptionContract, Long> held = held(Samples.CALL, 4L, Samples.PUT, -4L);

        assertEquals(Optional.empty(), broken(held, limits, leg(LATER, 2)));
        assertEquals(
                refused(RefusalReason.ACCOUNT_LIMIT, "account_coins.BTC", 0.11, 0.1),
                broken(held, limits, leg(LATER, 3)));
    }

    @Test
    void theOptionsOfOneExpiryHaveALimitOfTheirOwn() {
        AccountLimits limits = new AccountLimits(AMPLE, AMPLE, 0.05, AMPLE);
        SortedMap<OptionContract, Long> held = held(Samples.CALL, 4L);

        assertEquals(Optional.empty(), broken(held, limits, leg(LATER, 5)));
        assertEquals(
                refused(RefusalReason.ACCOUNT_LIMIT, "account_expiry_coins.BTC", 0.06, 0.05),
                broken(held, limits, leg(LATER, 5), leg(Samples.HIGHER, -2)));
    }

    @Test
    void whatIsOwedAtSpotHasALimitAndNetsWithinAnExpiryCallsAndPutsApart() {
        AccountLimits limits = new AccountLimits(AMPLE, AMPLE, AMPLE, 4_000);
        SortedMap<OptionContract, Long> held = held(Samples.CALL, 3L, Samples.PUT, -2L);

        assertEquals(Optional.empty(), broken(held, limits, leg(Samples.HIGHER, -5)));
        assertEquals(
                refused(RefusalReason.ACCOUNT_LIMIT, "account_short_notional_usdc", 5_000, 4_000),
                broken(held, limits, leg(Samples.HIGHER, -6)));
        assertEquals(
                refused(RefusalReason.ACCOUNT_LIMIT, "account_short_notional_usdc", 5_000, 4_000),
                broken(held, limits, leg(LATER, -3)),
                "another expiry nets with nothing");
    }

    @Test
    void whoIsBeyondALimitMayComeNearerButGoNoFurther() {
        AccountLimits limits = new AccountLimits(AMPLE, 0.05, 0.05, 1_000);
        SortedMap<OptionContract, Long> held = held(Samples.CALL, 20L, Samples.PUT, -20L);

        assertEquals(Optional.empty(), broken(held, limits, leg(Samples.CALL, -1)));
        assertEquals(Optional.empty(), broken(held, limits, leg(Samples.PUT, 1)));
        assertEquals(
                "account_coins.BTC",
                broken(held, limits, leg(Samples.CALL, -1), leg(Samples.HIGHER, 2))
                        .orElseThrow()
                        .rule());
    }

    @Test
    void ofTwoThatWereGrantedTogetherOneIsWritten() {
        try (Engine engine = new Engine()) {
            engine.window.accountLimits = new AccountLimits(AMPLE, 0.03, AMPLE, AMPLE);
            engine.deposit(Samples.ALICE, 10_000);
            engine.deposit(Samples.BOB, 10_000);
            List<TestProbe<Book.Reply>> takers = new ArrayList<>();
            for (String order : List.of("o-1", "o-2")) {
                TestProbe<Book.Reply> taker = engine.kit.createTestProbe(Book.Reply.class);
                String token = engine.token(Samples.ALICE, 1, "50", new Leg(Samples.CALL, 2));
                engine.bookOf(Samples.BTC)
                        .tell(engine.accept(Samples.ALICE, order, token, taker.ref()));
                takers.add(taker);
            }

            Book.Reply first = takers.getFirst().receiveMessage(Engine.PATIENCE);
            Book.Reply second = takers.getLast().receiveMessage(Engine.PATIENCE);

            assertInstanceOf(Book.Filled.class, first);
            assertEquals(
                    refused(RefusalReason.ACCOUNT_LIMIT, "account_coins.BTC", 0.04, 0.03)
                            .orElseThrow(),
                    second);
            Engine.await(engine::nothingIsReserved, "the refused one is released");
            assertInstanceOf(
                    Book.Filled.class,
                    engine.accepted(
                            Samples.BOB,
                            "o-1",
                            engine.token(Samples.BOB, 1, "50", new Leg(Samples.CALL, 2))),
                    "another account has limits of its own");
        }
    }

    private static Leg leg(OptionContract contract, long lots) {
        return new Leg(contract, lots);
    }

    private static SortedMap<OptionContract, Long> held() {
        return new TreeMap<>();
    }

    private static SortedMap<OptionContract, Long> held(OptionContract one, long lots) {
        return new TreeMap<>(Map.of(one, lots));
    }

    private static SortedMap<OptionContract, Long> held(
            OptionContract one, long lots, OptionContract other, long others) {
        return new TreeMap<>(Map.of(one, lots, other, others));
    }

    private static Optional<Book.Refused> broken(
            SortedMap<OptionContract, Long> held, AccountLimits limits, Leg... legs) {
        Holding holding = new Holding(Samples.lines("50").total(), held, List.of(), false);
        return AccountRule.broken(
                RecentTradesTest.state(holding, Holding.NONE),
                Samples.ALICE,
                new OptionPackage(List.of(legs)),
                limits,
                SPOT);
    }

    private static Optional<Book.Refused> refused(
            RefusalReason reason, String limit, double used, double allowed) {
        return Optional.of(
                new Book.Refused(
                        reason, limit, new TreeMap<>(Map.of("used", used, "allowed", allowed))));
    }
}
