package io.dolim.capacity.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StandardisedTest {

    private static final HistoryParameters.Filter FILTER = new HistoryParameters.Filter(0.9, 5);

    @Test
    void aDayIsDividedByWhatTheDaysBeforeItForecast() {
        double[] moves = {0.01, -0.01, 0.01, -0.01, 0.01, 0.03, -0.02};
        double first = 1e-4;
        double second = 0.9 * first + 0.1 * 9e-4;
        assertArrayEquals(
                new double[] {0.03 / Math.sqrt(first), -0.02 / Math.sqrt(second)},
                Standardised.of(moves, FILTER),
                1e-15);
    }

    @Test
    void aDayDoesNotSeeItselfOrWhatComes() {
        double[] calm = {0.01, -0.01, 0.01, -0.01, 0.01, 0.03, 0.01};
        double[] wild = {0.01, -0.01, 0.01, -0.01, 0.01, 0.03, 0.50};
        assertEquals(Standardised.of(calm, FILTER)[0], Standardised.of(wild, FILTER)[0], 0);
        assertEquals(
                50, Standardised.of(wild, FILTER)[1] / Standardised.of(calm, FILTER)[1], 1e-12);
    }

    @Test
    void theLongRunVolatilityIsTheRootMeanSquare() {
        assertEquals(Math.sqrt(12.5), Standardised.rootMeanSquare(new double[] {3, -4}), 1e-15);
    }

    @Test
    void aWarmUpThatLeavesNoDayOrDoesNotMoveIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Standardised.of(new double[] {1, 1, 1, 1, 1}, FILTER));
        assertThrows(
                IllegalArgumentException.class,
                () -> Standardised.of(new double[] {0, 0, 0, 0, 0, 1}, FILTER));
    }
}
