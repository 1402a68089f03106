package io.dolim.capacity;

import static io.dolim.capacity.Pool.granted;
import static io.dolim.capacity.Pool.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import org.junit.jupiter.api.Test;

/** What the desk refuses for want of capital or cash, and what it takes all the same. */
class DeskLimitsTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(100_000);

    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);

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

    @Test
    void noMoreIsLeftByWhatWasAdmittedThanOnceItIsWritten() {
        Pool pool = Pool.opened();
        limit(pool, Limits.SHORT_NOTIONAL, 100);
        limit(pool, Limits.UNHEDGED_DELTA + "BTC", 1_000_000);
        // dear, and with little to charge for: what it brings in counts less by its haircut
        OptionPackage deep = Pool.option(Pool.BTC, 30, 30_000, "C", 1_000);
        Usdc fresh = refused(pool.ask(Pool.BTC, deep, Usdc.ZERO)).freshCharge().orElseThrow();
        limit(pool, Limits.RAC_FLOOR, 0.95);
        double said = Pool.in(refused(pool.ask(Pool.BTC, deep, fresh)).numbers(), "rac");
        limit(pool, Limits.RAC_FLOOR, 0.3);

        Capacity.Granted sold = granted(pool.ask(Pool.BTC, deep, fresh));
        pool.book(Pool.BTC).write(sold.id(), pool.now.epochMs());
        pool.report(Pool.BTC);

        double left = pool.view().measures().rac();
        assertTrue(left >= said - 1e-3, "said " + said + ", left " + left);
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
    void aPoolWithoutCapitalQuotesNothing() {
        Pool pool = new Pool();
        pool.state = CapitalState.EMPTY;
        pool.openView();

        CapitalCharge.Unavailable none =
                assertInstanceOf(CapitalCharge.Unavailable.class, pool.view().of(CALLS));

        assertEquals("capital_exhausted", none.rule());
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

    private static PoolSummary summary(Pool pool) {
        return pool.desk.summary(pool.rules(), pool.now);
    }
}
