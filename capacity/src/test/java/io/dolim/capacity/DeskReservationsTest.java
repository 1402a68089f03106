package io.dolim.capacity;

import static io.dolim.capacity.Pool.granted;
import static io.dolim.capacity.Pool.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import org.junit.jupiter.api.Test;

/** The life of a reservation: decided once, counted until its Book ends it. */
class DeskReservationsTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(100_000);

    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);

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

    private static final OptionPackage CALLS_ETH = Pool.option(Pool.ETH, 30, 2_500, "C", 50);

    private static PoolSummary summary(Pool pool) {
        return pool.desk.summary(pool.rules(), pool.now);
    }
}
