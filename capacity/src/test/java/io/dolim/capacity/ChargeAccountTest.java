package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChargeAccountTest {

    private static final long DAY_MS = 86_400_000L;
    private static final ChargeAccount.Terms NO_BUDGET =
            new ChargeAccount.Terms(10 * DAY_MS, Usdc.ZERO);
    private static final ChargeAccount.Terms TERMS =
            new ChargeAccount.Terms(10 * DAY_MS, Usdc.ofWhole(100));

    @Test
    void aHalfLifeHalvesTheBalance() {
        ChargeAccount account = ChargeAccount.EMPTY.booked(Usdc.ofWhole(1000), DAY_MS, NO_BUDGET);

        assertEquals(Usdc.ofWhole(500), account.at(11 * DAY_MS, NO_BUDGET));
        assertEquals(Usdc.ofWhole(250), account.at(21 * DAY_MS, NO_BUDGET));
    }

    @Test
    void theBudgetFillsUpToItsStationaryLevel() {
        ChargeAccount account = ChargeAccount.EMPTY.booked(Usdc.ZERO, 1, TERMS);

        // b tau / ln 2 = 100 * 10 / 0.6931... = 1442.695040 USDC, rounded down
        assertEquals("1442.695040", account.at(1 + 20_000 * DAY_MS, TERMS).toString());
        assertTrue(account.at(1 + DAY_MS, TERMS).compareTo(Usdc.ofWhole(97)) < 0);
        assertTrue(account.at(1 + DAY_MS, TERMS).compareTo(Usdc.ofWhole(96)) > 0);
    }

    @Test
    void aClockThatRunsBackwardsAddsNothing() {
        ChargeAccount account = ChargeAccount.EMPTY.booked(Usdc.ofWhole(10), 5 * DAY_MS, TERMS);

        assertEquals(Usdc.ofWhole(10), account.at(DAY_MS, TERMS));
        assertEquals(5 * DAY_MS, account.booked(Usdc.ZERO, DAY_MS, TERMS).asOfMs());
    }

    @Test
    void bookingNothingOnTheWayChangesTheBalanceByNoMoreThanRounding() {
        SplittableRandom random = new SplittableRandom(7);
        ChargeAccount stepped = ChargeAccount.EMPTY.booked(Usdc.ofWhole(5000), 1, TERMS);
        ChargeAccount once = stepped;
        long nowMs = 1;
        for (int step = 0; step < 200; step++) {
            nowMs += random.nextLong(1, DAY_MS / 4);
            stepped = stepped.booked(Usdc.ZERO, nowMs, TERMS);
        }

        long gap = once.at(nowMs, TERMS).micros() - stepped.balance().micros();
        assertTrue(gap >= 0 && gap <= 200, "seed=7 gap=" + gap);
    }
}
