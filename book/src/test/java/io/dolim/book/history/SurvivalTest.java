package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SurvivalTest {

    private final Survival survival = new Survival();

    @Test
    void halfIsGoneWhenAsMuchWasTradedAway() {
        survival.traded(Made.CALL, -4, 0);
        survival.traded(Made.CALL, 1, 1_000);
        survival.traded(Made.CALL, 1, 5_000);
        survival.traded(Made.CALL, 2, 9_000);
        assertEquals(5_000, survival.halfLifeMs(9_000));
        assertEquals(4, survival.coins());
    }

    @Test
    void whatCameFirstLeavesFirst() {
        survival.traded(Made.CALL, -1, 0);
        survival.traded(Made.CALL, -1, 6_000);
        survival.traded(Made.CALL, 1, 7_000);
        assertEquals(7_000, survival.halfLifeMs(8_000));
    }

    @Test
    void aTradeThroughNothingBeginsAnewOnTheOtherSide() {
        survival.traded(Made.CALL, -2, 0);
        survival.traded(Made.CALL, 5, 1_000);
        survival.traded(Made.CALL, -3, 4_000);
        assertEquals(5, survival.coins());
        // two coins after one second, three after three
        assertEquals(3_000, survival.halfLifeMs(4_000));
    }

    @Test
    void whatExpiresOrStaysOnlySaysThatItWasThereSoLong() {
        survival.traded(Made.CALL, -1, 0);
        survival.expired(Made.CALL, 2_000);
        assertEquals(Double.NaN, survival.halfLifeMs(2_000));
        // of the other two one is traded away at three seconds, when only these two are still
        // watched
        survival.traded(Made.PUT, -2, 0);
        survival.traded(Made.PUT, 1, 3_000);
        assertEquals(3_000, survival.halfLifeMs(10_000));
    }

    @Test
    void lessThanHalfIsNoHalfLife() {
        survival.traded(Made.CALL, -10, 0);
        survival.traded(Made.CALL, 4, 1_000);
        assertEquals(Double.NaN, survival.halfLifeMs(50_000));
    }
}
