package io.dolim.book.hedge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HedgePolicyTest {

    private static final double LOT = 0.001;

    /** 500 thirty-day calls at the money at 65,000 and 50 %, capital of ten million, 5 basis points. */
    @Test
    void theBandOfWhalleyAndWilmottForFiveHundredShortCallsIs48Coins() {
        double gamma = 500 * 0.39894 / (65_000 * 0.5 * Math.sqrt(30 / 365.0));
        Band band = proactive(gamma, gamma, 0, 0.5, 1_000);
        assertEquals(48.1, band.halfWidthCoins(), 0.3);
        assertEquals(band.highCoins(), band.fromAboveCoins());
        assertEquals(0, band.highCoins() + band.lowCoins(), 1e-12);
    }

    @Test
    void itIsAtLeastALotAndAtMostWhatMayStayUnhedged() {
        assertEquals(LOT, proactive(0, 0, 0, 0.5, 50).halfWidthCoins(), 1e-15);
        assertEquals(50, proactive(10, 10, 0, 0.5, 50).halfWidthCoins(), 1e-12);
    }

    @Test
    void gammaThatNetsCountsByItsShareOfTheGross() {
        Band netted = proactive(0, 0.02, 0, 0.5, 1_000);
        Band tenth = proactive(0.002, 0.002, 0, 0.5, 1_000);
        assertEquals(tenth.halfWidthCoins(), netted.halfWidthCoins(), 1e-9);
    }

    @Test
    void aForecastMovesTheCentreByVannaAndNeverBeyondWhatMayStay() {
        Band up = proactive(0.001, 0.001, 20, 0.6, 1_000);
        assertEquals(20 * (0.5 - 0.6), (up.highCoins() + up.lowCoins()) / 2, 1e-9);
        Band far = proactive(0.001, 0.001, 1e6, 0.6, 50);
        assertEquals(-50, far.lowCoins(), 1e-9);
    }

    @Test
    void thePassiveOneWaitsForItsIntervalThenGoesToNothing() {
        HedgePolicy passive = new HedgePolicy.Passive(60_000);
        HedgeInputs inputs = Hedges.inputs(Hedges.START_MS, 65_000, -3, 0.001);
        assertTrue(
                passive.band(inputs, new HedgePolicy.Trading(5e-4, LOT, 50, 59_999)).contains(-3));
        Band due = passive.band(inputs, new HedgePolicy.Trading(5e-4, LOT, 50, 60_000));
        assertFalse(due.contains(-3));
        assertEquals(3, due.tradeCoins(-3), 1e-12);
    }

    @Test
    void theReactiveOneLeavesWhatIsInsideAndBringsTheRestToItsInnerBand() {
        HedgePolicy reactive = new HedgePolicy.Reactive(2, 0.5);
        HedgeInputs inputs = Hedges.inputs(Hedges.START_MS, 65_000, 0, 0);
        Band band = reactive.band(inputs, new HedgePolicy.Trading(5e-4, LOT, 50, 0));
        assertEquals(0, band.tradeCoins(1.999));
        assertEquals(-1.1, band.tradeCoins(2.1), 1e-12);
        assertEquals(2, band.tradeCoins(-3), 1e-12);
    }

    private static Band proactive(
            double gamma, double gross, double vanna, double forecast, double most) {
        HedgeInputs inputs =
                new HedgeInputs(
                        Hedges.START_MS, 65_000, 0, gamma, gross, vanna, 0.5, 10_000_000, forecast);
        return new HedgePolicy.Proactive(2, 0.1)
                .band(inputs, new HedgePolicy.Trading(5e-4, LOT, most, 0));
    }
}
