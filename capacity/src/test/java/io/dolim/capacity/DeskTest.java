package io.dolim.capacity;

import static io.dolim.capacity.Pool.granted;
import static io.dolim.capacity.Pool.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Charges, views, and what the desk waits for. */
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
}
