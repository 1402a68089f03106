package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeskTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(100_000);
    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);

    @Test
    void nothingIsGrantedBeforeEveryBookHasReported() {
        Pool pool = new Pool();
        long number = pool.desk.prepare(pool.now, true).orElseThrow();
        Pool.FakeBook book = pool.book(Pool.BTC);
        book.freeze(number, pool.now.epochMs());
        pool.report(Pool.BTC);

        assertInstanceOf(Capacity.Retry.class, pool.ask(Pool.BTC, CALLS, GENEROUS));
        assertTrue(pool.desk.published(pool.rules(), pool.now).isEmpty());
    }

    @Test
    void aQuotedChargeIsTheDecidedOneWhileTheInventoryStands() {
        Pool pool = Pool.opened();
        CapitalCharge.Charged quoted =
                assertInstanceOf(CapitalCharge.Charged.class, pool.view().of(CALLS));

        Capacity.Granted granted = granted(pool.ask(Pool.BTC, CALLS, Usdc.nearest(quoted.usdc())));

        assertEquals(Usdc.dueFromTaker(quoted.usdc(), new Usdc(1)), granted.decidedCharge());
        assertEquals(pool.openNumber, granted.viewNumber());
        assertEquals(List.of(), granted.countedPending());
        assertEquals(1, quoted.risingShare());
        assertFalse(quoted.reducing());
    }

    @Test
    void aChargeThatFallsShortIsRefusedAsInventoryMovedWithTheFreshOne() {
        Pool pool = Pool.opened();
        CapitalCharge.Charged quoted =
                assertInstanceOf(CapitalCharge.Charged.class, pool.view().of(CALLS));
        Usdc charge = Usdc.nearest(quoted.usdc());
        granted(pool.ask(Pool.BTC, CALLS, charge));

        Capacity.Refused refused = refused(pool.ask(Pool.BTC, CALLS, charge));

        assertEquals("inventory_moved", refused.rule());
        Usdc fresh = refused.freshCharge().orElseThrow();
        assertTrue(fresh.compareTo(charge.plus(Pool.TICK)) > 0, fresh.toString());
        Capacity.Granted second = granted(pool.ask(Pool.BTC, CALLS, fresh));
        assertEquals(1, second.countedPending().size());
    }

    @Test
    void oneLotQuotesOfOneViewTakenTogetherPayWhatTheSumPaysLessATickEach() {
        Pool pool = Pool.opened();
        OptionPackage one = Pool.option(Pool.BTC, 30, 65_000, "C", 1);
        double paid = 0;
        Usdc offer = Usdc.nearest(((CapitalCharge.Charged) pool.view().of(one)).usdc());
        double whole = ((CapitalCharge.Charged) pool.view().of(CALLS)).usdc();
        for (int i = 0; i < 100; i++) {
            Capacity.ReserveReply reply = pool.ask(Pool.BTC, one, offer);
            if (reply instanceof Capacity.Refused refused) {
                offer = refused.freshCharge().orElseThrow();
                reply = pool.ask(Pool.BTC, one, offer);
            }
            granted(reply);
            paid += offer.toDouble();
        }

        assertTrue(paid >= whole - 100 * Pool.TICK.toDouble(), paid + " for " + whole);
    }

    @Test
    void piecesGivenBackTogetherEarnWhatTheSumEarnsAndATickEach() {
        Pool pool = Pool.opened();
        OptionPackage all = Pool.option(Pool.BTC, 30, 65_000, "C", 500);
        Capacity.Granted sold = granted(pool.ask(Pool.BTC, all, GENEROUS));
        pool.book(Pool.BTC).write(sold.id(), pool.now.epochMs());
        pool.report(Pool.BTC);
        OptionPackage one = Pool.option(Pool.BTC, 30, 65_000, "C", 50).reversed();
        double whole = ((CapitalCharge.Charged) pool.view().of(all.reversed())).usdc();
        Usdc offer = Usdc.nearest(((CapitalCharge.Charged) pool.view().of(one)).usdc());
        double paid = 0;
        int counted = 0;
        for (int i = 0; i < 10; i++) {
            Capacity.ReserveReply reply = pool.ask(Pool.BTC, one, offer);
            if (reply instanceof Capacity.Refused refused) {
                offer = refused.freshCharge().orElseThrow();
                reply = pool.ask(Pool.BTC, one, offer);
            }
            counted += granted(reply).countedPending().size();
            paid += offer.toDouble();
        }

        assertTrue(paid >= whole - 10 * Pool.TICK.toDouble(), paid + " for " + whole);
        assertTrue(counted > 0, "what was counted is written down");
    }

    @Test
    void aRestartedDeskUsesNoViewNumberAgainThatABookStillHolds() {
        Pool pool = Pool.opened();
        pool.openView();
        pool.openView();
        pool.desk = new Desk(Pool.PARAMETERS, Pool.SPECS, Pool.PRICER, Pool.START_MS);
        pool.report(Pool.BTC);
        pool.report(Pool.ETH);
        assertEquals(pool.openNumber + 1, pool.desk.prepare(pool.now, true).orElseThrow());
    }

    @Test
    void riskBeyondTheFloorIsRefusedWithItsNumbers() {
        Pool pool = Pool.opened();
        OptionPackage far = Pool.option(Pool.BTC, 30, 65_000, "P", 20_000);

        Capacity.Refused refused = refused(pool.ask(Pool.BTC, far, Usdc.ofWhole(100_000_000)));

        assertEquals("rac_below_floor", refused.rule());
        assertTrue(Pool.in(refused.numbers(), "rac") < Pool.in(refused.numbers(), "rac_floor"));
    }

    @Test
    void theUnhedgedDeltaHasALimitOfItsOwn() {
        Pool pool = Pool.opened();

        Capacity.Refused refused =
                refused(
                        pool.ask(
                                Pool.BTC,
                                Pool.option(Pool.BTC, 30, 65_000, "C", 900),
                                Usdc.ofWhole(1_000_000)));

        assertEquals("limit unhedged_delta_coins.BTC", refused.rule());
        assertEquals(40, Pool.in(refused.numbers(), "allowed"));
    }

    @Test
    void aReservationThatOffsetsMakesNoRoomInALimit() {
        Pool pool = Pool.opened();
        granted(pool.ask(Pool.BTC, Pool.option(Pool.BTC, 30, 65_000, "C", -400), GENEROUS));

        Capacity.Refused refused =
                refused(
                        pool.ask(
                                Pool.BTC,
                                Pool.option(Pool.BTC, 30, 65_000, "C", 900),
                                Usdc.ofWhole(1_000_000)));

        assertEquals("limit unhedged_delta_coins.BTC", refused.rule());
        assertTrue(Pool.in(refused.numbers(), "used") > 40, refused.toString());
    }

    @Test
    void aLossBeforeDampingBeyondTheEquityIsRefusedWhateverTheLimitsAre() {
        Pool pool = Pool.opened();
        limit(pool, Limits.RAC_FLOOR, 0.001);
        limit(pool, Limits.GAMMA, 10);
        limit(pool, Limits.VEGA, 1);
        limit(pool, Limits.SHORT_NOTIONAL, 100);
        limit(pool, Limits.CONCENTRATION, 1);
        limit(pool, Limits.UNHEDGED_DELTA + "BTC", 1_000_000);

        Capacity.Refused refused =
                refused(
                        pool.ask(
                                Pool.BTC,
                                Pool.option(Pool.BTC, 30, 40_000, "P", 7_500),
                                Usdc.ofWhole(5_000_000)));

        assertEquals("worst_loss_above_equity", refused.rule());
        assertTrue(Pool.in(refused.numbers(), "worst_loss") > Pool.in(refused.numbers(), "equity"));
    }

    private static void limit(Pool pool, String key, double value) {
        pool.apply(new CapacityEvent.LimitSet("ann", 1, key, 0, value));
    }

    @Test
    void thePoolPaysNoMoreThanItHas() {
        Pool pool = Pool.opened();

        Capacity.Refused refused =
                refused(
                        pool.ask(
                                Pool.BTC,
                                Pool.option(Pool.BTC, 30, 5_000, "C", -2_000),
                                Usdc.ZERO));

        assertEquals("pool_cash", refused.rule());
        assertTrue(Pool.in(refused.numbers(), "cash_after") < 0, refused.toString());
    }

    @Test
    void whateverReducesRiskIsTakenWhileHaltedAndNothingElse() {
        Pool pool = Pool.opened();
        Capacity.Granted sold = granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        pool.book(Pool.BTC).write(sold.id(), pool.now.epochMs());
        pool.report(Pool.BTC);
        pool.apply(new CapacityEvent.ModeSet("ann", 2, Mode.OPEN, Mode.HALTED, "drill"));

        Capacity.Refused adding = refused(pool.ask(Pool.BTC, CALLS, GENEROUS));
        CapitalCharge.Charged quoted =
                assertInstanceOf(CapitalCharge.Charged.class, pool.view().of(CALLS.reversed()));
        Capacity.Granted reducing = granted(pool.ask(Pool.BTC, CALLS.reversed(), Usdc.ZERO));

        assertEquals("halted", adding.rule());
        assertTrue(quoted.reducing());
        assertEquals(0, quoted.usdc());
        assertEquals(Usdc.ZERO, reducing.decidedCharge());
    }

    @Test
    void aTradeThatTurnsTheBookOverIsNotReducing() {
        Pool pool = Pool.opened();
        Capacity.Granted sold = granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        pool.book(Pool.BTC).write(sold.id(), pool.now.epochMs());
        pool.report(Pool.BTC);
        pool.apply(new CapacityEvent.ModeSet("ann", 2, Mode.OPEN, Mode.REDUCE_ONLY, "drill"));

        Capacity.Refused over =
                refused(
                        pool.ask(
                                Pool.BTC, Pool.option(Pool.BTC, 30, 65_000, "C", -400), Usdc.ZERO));

        assertEquals("reduce_only", over.rule());
    }

    @Test
    void aDiscountIsAtMostTheChargeAccountAndAtMostHalfOfTimeValue() {
        Pool pool = Pool.opened();
        Usdc charge = Usdc.nearest(((CapitalCharge.Charged) pool.view().of(CALLS)).usdc());
        Capacity.Granted sold = granted(pool.ask(Pool.BTC, CALLS, charge));
        pool.book(Pool.BTC).write(sold.id(), pool.now.epochMs());
        pool.report(Pool.BTC);

        double first = ((CapitalCharge.Charged) pool.view().of(CALLS.reversed())).usdc();
        granted(pool.ask(Pool.BTC, CALLS.reversed(), Usdc.nearest(first)));
        double second = ((CapitalCharge.Charged) pool.view().of(CALLS.reversed())).usdc();

        assertTrue(first < 0 && -first <= charge.toDouble(), first + " of " + charge);
        assertTrue(-second <= charge.toDouble() + first + 1e-6, "second=" + second);
    }

    @Test
    void anOldViewDecidesNothing() {
        Pool pool = Pool.opened();
        pool.pass(10_001);

        Capacity.Refused refused = refused(pool.ask(Pool.BTC, CALLS, GENEROUS));

        assertEquals("stale_view", refused.rule());
        assertEquals(10_001, Pool.in(refused.numbers(), "age_ms"));
    }

    @Test
    void aViewOpensWhenTheLastBookHasReportedAndNotBefore() {
        Pool pool = Pool.opened();
        long number = pool.desk.prepare(pool.now, true).orElseThrow();
        pool.book(Pool.BTC).freeze(number, pool.now.epochMs());
        assertEquals(
                Desk.Effect.MOVED, pool.desk.report(pool.book(Pool.BTC).report(), pool.rules()));
        assertEquals(pool.openNumber, pool.view().viewNumber());

        pool.book(Pool.ETH).freeze(number, pool.now.epochMs());

        assertEquals(
                Desk.Effect.OPENED, pool.desk.report(pool.book(Pool.ETH).report(), pool.rules()));
        assertEquals(number, pool.view().viewNumber());
    }

    @Test
    void aReservationGrantedWhileAViewIsPreparedIsCountedUnderIt() {
        Pool pool = Pool.opened();
        Capacity.Granted granted = granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        pool.openView();

        Capacity.Granted second = granted(pool.ask(Pool.BTC, CALLS, GENEROUS));

        assertEquals(1, second.countedPending().size());
        assertTrue(second.countedPending().getFirst().startsWith("BTC-1-1 "));
        assertTrue(second.decidedCharge().compareTo(granted.decidedCharge()) > 0);
    }

    @Test
    void aReservationEndsByTheReportThatContainsItsTrade() {
        Pool pool = Pool.opened();
        Capacity.Granted granted = granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        pool.book(Pool.BTC).write(granted.id(), pool.now.epochMs());
        assertEquals(1, summary(pool).reservations());

        pool.report(Pool.BTC);
        pool.report(Pool.BTC);

        assertEquals(0, summary(pool).reservations());
        assertEquals(1L, Pool.in(pool.view().bookSequences(), Pool.BTC));
        assertTrue(pool.view().inventory().exposure(Pool.BTC).deltaCoins() < 0);
    }

    @Test
    void aReportOfBeforeAReservationDoesNotEndIt() {
        Pool pool = Pool.opened();
        BookReport before = pool.book(Pool.BTC).report();
        granted(pool.ask(Pool.BTC, CALLS, GENEROUS));

        pool.desk.report(before, pool.rules());

        assertEquals(1, summary(pool).reservations());
    }

    @Test
    void aBookThatDiesLosesItsReservationsAndAnOldReportChangesNothing() {
        Pool pool = Pool.opened();
        granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        BookReport old = pool.book(Pool.BTC).report();
        pool.book(Pool.BTC).crash();
        pool.report(Pool.BTC);

        assertEquals(0, summary(pool).reservations());
        assertEquals(Desk.Effect.NONE, pool.desk.report(old, pool.rules()));
        assertEquals(0, summary(pool).reservations());
    }

    @Test
    void whatWasPendingWhenCapacityDiedStillCountsUntilTheBookEndsIt() {
        Pool pool = Pool.opened();
        Capacity.Granted before = granted(pool.ask(Pool.BTC, CALLS, GENEROUS));
        pool.desk = new Desk(Pool.PARAMETERS, Pool.SPECS, Pool.PRICER, Pool.START_MS + 60_000);
        assertInstanceOf(Capacity.Retry.class, pool.ask(Pool.ETH, CALLS_ETH, GENEROUS));
        pool.book(Pool.ETH).crash();
        pool.openView();
        assertEquals(1, summary(pool).reservations());

        pool.book(Pool.BTC).write(before.id(), pool.now.epochMs());
        pool.report(Pool.BTC);

        assertEquals(0, summary(pool).reservations());
    }

    @Test
    void aReservationNumberIsDecidedOnce() {
        Pool pool = Pool.opened();
        Pool.Issued issued = pool.book(Pool.BTC).issue(CALLS, GENEROUS);
        granted(pool.desk.reserve(issued.reserve(), pool.rules(), pool.now));

        assertEquals(
                "reservation_reused",
                refused(pool.desk.reserve(issued.reserve(), pool.rules(), pool.now)).rule());
    }

    @Test
    void aPoolWithoutCapitalQuotesNothing() {
        Pool pool = new Pool();
        pool.state = CapitalState.EMPTY;
        pool.openView();

        CapitalCharge.Unavailable none =
                assertInstanceOf(CapitalCharge.Unavailable.class, pool.view().of(CALLS));

        assertEquals("capital_exhausted", none.rule());
    }

    @Test
    void openReservationsOfABookAreBounded() {
        Pool pool = Pool.opened();
        OptionPackage one = Pool.option(Pool.ETH, 30, 2_500, "C", 1);
        for (int i = 0; i < Pool.PARAMETERS.maxReservationsPerBook(); i++) {
            granted(pool.ask(Pool.ETH, one, Usdc.ofWhole(100)));
        }

        assertEquals(
                "too_many_reservations",
                refused(pool.ask(Pool.ETH, one, Usdc.ofWhole(100))).rule());
    }

    @Test
    void aGainOfThePoolLeavesItOnlyAsFarAsItIsCash() {
        Pool pool = Pool.opened();
        Pool.FakeBook book = pool.book(Pool.BTC);
        book.positions.put(CALLS.legs().getFirst().contract(), 2_000L);
        book.cash = Usdc.ofWhole(-9_500_000);
        book.sequence++;
        book.spot = 130_000;
        pool.openView();
        Measures measures = summary(pool).measures().orElseThrow();
        assertTrue(measures.equity() > 13_000_000, "equity=" + measures.equity());

        double free = pool.desk.free(pool.rules(), pool.now);

        assertEquals(500_000, free);
        assertInstanceOf(OperatorDecision.Persist.class, payOut(pool, Usdc.ofWhole(500_000), free));
        assertInstanceOf(
                OperatorDecision.Reject.class,
                payOut(pool, Usdc.ofWhole(500_000).plus(new Usdc(1)), free));
    }

    private static OperatorDecision payOut(Pool pool, Usdc amount, double freeUsdc) {
        return OperatorDecision.payOut(pool.state, "ann", amount, freeUsdc, pool.now.epochMs());
    }

    private static final OptionPackage CALLS_ETH = Pool.option(Pool.ETH, 30, 2_500, "C", 50);

    private static PoolSummary summary(Pool pool) {
        return pool.desk.summary(pool.rules(), pool.now);
    }

    static Capacity.Granted granted(Capacity.ReserveReply reply) {
        return assertInstanceOf(Capacity.Granted.class, reply, reply::toString);
    }

    static Capacity.Refused refused(Capacity.ReserveReply reply) {
        return assertInstanceOf(Capacity.Refused.class, reply, reply::toString);
    }
}
