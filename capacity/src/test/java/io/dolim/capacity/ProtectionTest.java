package io.dolim.capacity;

import static io.dolim.capacity.Pool.granted;
import static io.dolim.capacity.Pool.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** K2 at the desk: what was traded within the window, against the limits of the pool's own protection. */
class ProtectionTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(20_000);

    /** Ten coins. */
    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);

    private static final OptionPackage ETHER = Pool.option(Pool.ETH, 30, 2_500, "C", 50);
    private static final String QUANTITY = Limits.MMP_QUANTITY + "BTC";
    private static final long WINDOW_MS = Pool.PARAMETERS.protection().windowMs();
    private static final long FREEZE_MS = Pool.PARAMETERS.protection().freezeMs();

    private final Pool pool = Pool.opened();

    @Test
    void tradesBeyondTheQuantityOfAWindowTripItAndOnlyItsOwnUnderlying() {
        limit(QUANTITY, 25);
        trade(CALLS);
        trade(CALLS);
        assertEquals(List.of(), trips());
        // the one that crosses the limit was quoted within it
        trade(CALLS);

        CapacityEvent tripped = trips().getFirst();

        assertEquals(
                new CapacityEvent.ProtectionTripped(
                        "capacity",
                        pool.now.epochMs(),
                        Pool.BTC,
                        QUANTITY,
                        30,
                        25,
                        pool.now.epochMs() + FREEZE_MS),
                tripped);
        pool.apply(tripped);
        assertEquals(List.of(), trips(), "it is tripped once");
        Capacity.Refused adding = refused(pool.ask(Pool.BTC, CALLS, GENEROUS));
        assertEquals("mmp", adding.rule());
        assertEquals(30, Pool.in(adding.numbers(), "used"));
        assertEquals(25, Pool.in(adding.numbers(), "allowed"));
        assertEquals((double) FREEZE_MS, Pool.in(adding.numbers(), "freeze_left_ms"));
        assertEquals("mmp", unavailable(CALLS).rule());
        assertTrue(granted(pool.ask(Pool.BTC, CALLS.reversed(), Usdc.ZERO)).reducing());
        granted(pool.ask(Pool.ETH, ETHER, GENEROUS));
    }

    @Test
    void whatIsPendingCountsBeforeItIsWrittenButTripsNothing() {
        limit(QUANTITY, 25);
        for (int i = 0; i < 3; i++) {
            granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        }

        Capacity.Refused fourth = refused(pool.ask(Pool.BTC, CALLS, GENEROUS));

        assertEquals("limit " + QUANTITY, fourth.rule());
        assertEquals(30, Pool.in(fourth.numbers(), "used"));
        assertEquals(List.of(), trips());
    }

    @Test
    void whatIsLargerThanAWholeWindowIsNeitherQuotedNorGrantedAndTripsNothing() {
        limit(QUANTITY, 9);

        Capacity.Refused large = refused(pool.ask(Pool.BTC, CALLS, GENEROUS));

        assertEquals("limit " + QUANTITY, large.rule());
        assertEquals("limit " + QUANTITY, unavailable(CALLS).rule());
        assertEquals(List.of(), trips());
    }

    @Test
    void theWindowRollsOnTheBooksClock() {
        limit(QUANTITY, 25);
        trade(CALLS);
        trade(CALLS);
        pool.pass(WINDOW_MS + 1_000);
        pool.openView();
        trade(CALLS);

        assertEquals(List.of(), trips());
        assertEquals(10, used().quantityCoins());
    }

    @Test
    void netDeltaEitherWayHasALimitAndOffsettingTradesDoNot() {
        limit(QUANTITY, 1_000);
        limit(Limits.MMP_DELTA + "BTC", 12);
        trade(CALLS);
        trade(CALLS);
        assertEquals(List.of(), trips());
        trade(CALLS.reversed());
        trade(CALLS.reversed());
        trade(CALLS);
        trade(CALLS);
        assertEquals(List.of(), trips());
        trade(CALLS);

        CapacityEvent.ProtectionTripped tripped = tripped();
        assertEquals(Limits.MMP_DELTA + "BTC", tripped.limit());
        assertTrue(tripped.used() > 12 && tripped.used() < 20, tripped.toString());
    }

    @Test
    void vegaAndLossAreSharesOfCapital() {
        limit(Limits.MMP_VEGA, 0.0001);
        trade(CALLS);
        assertEquals(List.of(), trips());
        trade(CALLS);

        CapacityEvent.ProtectionTripped tripped = tripped();

        assertEquals(Limits.MMP_VEGA, tripped.limit());
        assertEquals(0.0001 * pool.view().inputs().capital(), tripped.allowed());
        assertEquals(used().vegaUsdc(), tripped.used());
    }

    @Test
    void tradesThatLoseWhenTheMarketMovesTripIt() {
        limit(Limits.MMP_LOSS, 0.001);
        trade(CALLS);
        assertEquals(List.of(), trips());
        pool.book(Pool.BTC).spot = 75_000;
        pool.pass(1_000);
        pool.openView();

        CapacityEvent.ProtectionTripped tripped = tripped();

        assertEquals(Limits.MMP_LOSS, tripped.limit());
        double mark =
                pool.view().inventory().exposure(Pool.BTC).markUsdc()
                        + pool.book(Pool.BTC).cash.toDouble();
        assertEquals(-mark, tripped.used(), 1e-6);
    }

    @Test
    void itTradesAgainByItselfWhenTheFreezeIsOver() {
        limit(QUANTITY, 25);
        trade(CALLS);
        trade(CALLS);
        trade(CALLS);
        pool.apply(trips().getFirst());

        pool.pass(FREEZE_MS - 1);
        pool.openView();
        assertEquals("mmp", refused(pool.ask(Pool.BTC, CALLS, GENEROUS)).rule());
        pool.pass(1);

        granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        assertEquals(List.of(), trips());
    }

    @Test
    void anOperatorLiftsItAndTheWindowBeginsAnew() {
        limit(QUANTITY, 25);
        trade(CALLS);
        trade(CALLS);
        trade(CALLS);
        pool.apply(trips().getFirst());
        pool.pass(5_000);
        long nowMs = pool.now.epochMs();

        OperatorDecision.Persist lifted =
                assertInstanceOf(
                        OperatorDecision.Persist.class,
                        OperatorDecision.reset(pool.state, "ann", Pool.BTC, "looked", nowMs));
        assertEquals(
                List.of(new CapacityEvent.ProtectionLifted("ann", nowMs, Pool.BTC, "looked")),
                lifted.events());
        lifted.events().forEach(pool::apply);

        assertEquals(List.of(), trips(), "what tripped it counts no more");
        granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        assertInstanceOf(
                OperatorDecision.Reject.class,
                OperatorDecision.reset(pool.state, "ann", Pool.BTC, "again", nowMs));
    }

    @Test
    void aWindowThatABookDoesNotKnowWholeAddsNothing() {
        pool.book(Pool.BTC).tradesUnknownBeforeMs = pool.now.epochMs() - 1_000;
        pool.book(Pool.BTC).sequence++;
        pool.report(Pool.BTC);

        assertEquals("mmp_unknown", refused(pool.ask(Pool.BTC, CALLS, GENEROUS)).rule());
        assertEquals("mmp_unknown", unavailable(CALLS).rule());
        assertEquals("mmp_unknown BTC", pool.view().reasons().getFirst());
        granted(pool.ask(Pool.ETH, ETHER, GENEROUS));
        pool.pass(WINDOW_MS);
        pool.openView();

        granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
    }

    @Test
    void theCauseSaysWhichLimitAndWhatLiftsIt() {
        limit(QUANTITY, 25);
        trade(CALLS);
        trade(CALLS);
        trade(CALLS);
        long trippedMs = pool.now.epochMs();
        pool.apply(trips().getFirst());

        assertEquals(
                List.of(
                        new Cause(
                                Cause.Kind.MMP,
                                Optional.of(Pool.BTC),
                                Mode.REDUCE_ONLY,
                                "mmp " + QUANTITY + " used=30.0 allowed=25.0",
                                trippedMs,
                                "capacity",
                                "operator/reset_mmp, or the time "
                                        + (trippedMs + FREEZE_MS)
                                        + ", by itself")),
                pool.view().causes());
        assertEquals(Mode.OPEN, pool.view().mode());
        ProtectionSummary summary =
                Pool.in(pool.desk.summary(pool.rules(), pool.now).protections(), Pool.BTC);
        assertEquals(trippedMs + FREEZE_MS, summary.frozenUntilMs());
        assertEquals(30, summary.used().quantityCoins());
        assertEquals(25, summary.allowed().quantityCoins());
    }

    @Test
    void aWindowOrAFreezeThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Protection.Terms(0, 60_000));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Terms(600_001, 700_000));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Terms(60_000, 0));
        assertThrows(IllegalArgumentException.class, () -> new Protection.Terms(60_000, 59_999));
    }

    private void limit(String key, double value) {
        pool.apply(new CapacityEvent.LimitSet("ann", 1, key, 0, value));
    }

    private void trade(OptionPackage asked) {
        Underlying underlying = asked.underlying();
        Capacity.Granted granted = granted(pool.ask(underlying, asked, GENEROUS));
        pool.book(underlying).write(granted.id(), pool.now.epochMs());
        pool.report(underlying);
    }

    private List<CapacityEvent> trips() {
        return pool.desk.protections(pool.rules(), pool.now).values().stream()
                .flatMap(each -> each.trips().stream())
                .toList();
    }

    private CapacityEvent.ProtectionTripped tripped() {
        return assertInstanceOf(CapacityEvent.ProtectionTripped.class, trips().getFirst());
    }

    private WindowUse used() {
        return Pool.in(pool.desk.summary(pool.rules(), pool.now).protections(), Pool.BTC).used();
    }

    private CapitalCharge.Unavailable unavailable(OptionPackage asked) {
        return assertInstanceOf(CapitalCharge.Unavailable.class, pool.view().of(asked));
    }
}
