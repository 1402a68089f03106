package io.dolim.capacity.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {

    private static final Tail NONE = new Tail(new double[0], new double[0]);

    /**
     * Non-rejection regions at 5 % of Kupiec (1995), as printed by Jorion, Value at Risk: counts between the
     * two. For one in a hundred of 255 the table prints no lower end; by the formula none at all is too few.
     */
    @ParameterizedTest
    @CsvSource({
        "255, 0.01, 0, 7", "510, 0.01, 1, 11", "1000, 0.01, 4, 17",
        "255, 0.025, 2, 12", "510, 0.025, 6, 21", "1000, 0.025, 15, 36",
        "255, 0.05, 6, 21", "510, 0.05, 16, 36", "1000, 0.05, 37, 65"
    })
    void countsAreRejectedWhereKupiecsTableSaysSo(int days, double p, int below, int above) {
        for (int hits = below; hits <= above; hits++) {
            boolean kept = hits > below && hits < above;
            double found = Coverage.of(spread(days, hits), 1 - p).unconditional();
            assertEquals(kept, found > 0.05, hits + " of " + days + ": p=" + found);
        }
    }

    @Test
    void threeOfTwoHundredAndFiftyAtOneInAHundred() {
        // by hand: -2 (247 ln 0.99 + 3 ln 0.01 - 247 ln 0.988 - 3 ln 0.012) = 0.0949
        Coverage coverage = Coverage.of(spread(250, 3), 0.99);
        assertEquals(0.758, coverage.unconditional(), 3e-4);
        assertEquals(2.5, coverage.expected(), 1e-12);
        assertEquals(3, coverage.exceptions());
    }

    @Test
    void chiSquaredHasThePublishedQuantiles() {
        assertEquals(0.05, Coverage.chiSquaredBeyond1(3.841), 1e-4);
        assertEquals(0.01, Coverage.chiSquaredBeyond1(6.635), 1e-5);
        assertEquals(0.05, Coverage.chiSquaredBeyond2(5.991), 1e-4);
        assertEquals(0.01, Coverage.chiSquaredBeyond2(9.210), 1e-5);
    }

    @Test
    void theFirstAndTheLastDayCountAndEachFollowsTheOneBefore() {
        List<Forecast> forecasts = new ArrayList<>();
        for (int day = 0; day < 8; day++) {
            forecasts.add(day(day < 2 ? 2 : 0));
        }
        Coverage coverage = Coverage.of(forecasts, 0.75);
        assertEquals(2, coverage.exceptions());
        assertEquals(1, coverage.unconditional(), 1e-12);
        // by hand: 2 (2 ln 1/2 - 6 ln 6/7 - ln 1/7) = 2.96904
        assertEquals(Coverage.chiSquaredBeyond1(2.96904), coverage.independent(), 1e-6);
    }

    @Test
    void exceptionsInARowAreNotIndependent() {
        List<Forecast> clustered = new ArrayList<>();
        for (int day = 0; day < 400; day++) {
            clustered.add(day(day >= 100 && day < 110 ? 2 : 0));
        }
        Coverage coverage = Coverage.of(clustered, 0.975);
        assertTrue(coverage.unconditional() > 0.9, coverage.toString());
        assertTrue(coverage.independent() < 1e-6, coverage.toString());
        assertTrue(coverage.conditional() < 1e-5, coverage.toString());
    }

    /** The 5 % point of Z over 250 days is -0.7 for many distributions (Acerbi and Szekely, 2014). */
    @Test
    void zOfRightForecastsIsAsOftenBelowItsPublishedPointAsItShouldBe() {
        SplittableRandom random = new SplittableRandom(3);
        double level = 0.975;
        double valueAtRisk = 1.959964;
        double shortfall = 2.337803;
        int below = 0;
        int small = 0;
        int lives = 2_000;
        Tail tail = normalTail(valueAtRisk, level);
        for (int life = 0; life < lives; life++) {
            List<Forecast> forecasts = new ArrayList<>();
            for (int day = 0; day < 250; day++) {
                forecasts.add(new Forecast(valueAtRisk, shortfall, tail, random.nextGaussian()));
            }
            ShortfallCoverage found = ShortfallCoverage.of(forecasts, level, 100, life);
            below += found.statistic() < -0.7 ? 1 : 0;
            small += found.pValue() < 0.05 ? 1 : 0;
        }
        assertEquals(0.05, (double) below / lives, 0.015);
        assertEquals(0.05, (double) small / lives, 0.02);
    }

    @Test
    void forecastsThatAreTooSmallOrTooLargeAreFoundOut() {
        SplittableRandom random = new SplittableRandom(4);
        assertTrue(pValue(random, 1.4) < 0.001);
        assertTrue(pValue(random, 0.6) > 0.99);
    }

    @Test
    void whatIsNoForecastIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Forecast(1, 0, NONE, 0));
        assertThrows(IllegalArgumentException.class, () -> new Forecast(1, 2, NONE, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Tail(new double[1], new double[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Tail(new double[] {1, 2}, new double[] {0.6, 0.6}));
        assertThrows(IllegalArgumentException.class, () -> Coverage.of(List.of(day(0)), 0.9));
        assertThrows(
                IllegalArgumentException.class, () -> ShortfallCoverage.of(List.of(), 0.9, 1, 1));
    }

    private static double pValue(SplittableRandom random, double deviation) {
        Tail tail = normalTail(1.959964, 0.975);
        List<Forecast> forecasts = new ArrayList<>();
        for (int day = 0; day < 1_000; day++) {
            forecasts.add(
                    new Forecast(1.959964, 2.337803, tail, deviation * random.nextGaussian()));
        }
        return ShortfallCoverage.of(forecasts, 0.975, 2_000, 9).pValue();
    }

    /** A thousand draws of a normal loss beyond VaR, equally likely. */
    private static Tail normalTail(double valueAtRisk, double level) {
        SplittableRandom random = new SplittableRandom(8);
        double[] losses = new double[1_000];
        double[] probabilities = new double[losses.length];
        for (int i = 0; i < losses.length; i++) {
            do {
                losses[i] = random.nextGaussian();
            } while (losses[i] <= valueAtRisk);
            probabilities[i] = (1 - level) / losses.length;
        }
        return new Tail(losses, probabilities);
    }

    /** Hits as far apart as can be. */
    private static List<Forecast> spread(int days, int hits) {
        List<Forecast> forecasts = new ArrayList<>();
        int found = 0;
        for (int day = 0; day < days; day++) {
            boolean hit = (long) (day + 1) * hits / days > found;
            found += hit ? 1 : 0;
            forecasts.add(day(hit ? 2 : 0));
        }
        return forecasts;
    }

    private static Forecast day(double loss) {
        return new Forecast(1, 1.5, NONE, loss);
    }
}
