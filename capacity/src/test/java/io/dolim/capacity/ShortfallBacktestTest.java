package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.ShortfallBacktest.Day;
import io.dolim.capacity.ShortfallBacktest.Position;
import io.dolim.capacity.backtest.Forecast;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.pricing.Black76;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShortfallBacktestTest {

    private static final long DAY_MS = 86_400_000L;
    private static final long BEGIN_MS = 1_700_006_400_000L;
    private static final Position SHORT_CALLS = new Position(OptionType.CALL, 1.0, 30, -10);

    @Test
    void todaysVolatilityIsTheExponentiallyWeightedOne() {
        List<Day> days = new ArrayList<>();
        double spot = 50_000;
        double variance = 0;
        SplittableRandom random = new SplittableRandom(2);
        for (int d = 0; d < 100; d++) {
            double move = d == 0 ? 0 : 0.03 * random.nextGaussian();
            variance = d < 2 ? move * move : 0.94 * variance + 0.06 * move * move;
            spot *= Math.exp(move);
            days.add(new Day(BEGIN_MS + d * DAY_MS, spot, 0.6));
        }
        assertEquals(
                Math.sqrt(365 * variance), ShortfallBacktest.today(days).doubleValue(), 5.1e-5);
        assertEquals(
                new BigDecimal("0.05"),
                ShortfallBacktest.today(
                        List.of(new Day(0, 100, 0.5), new Day(DAY_MS, 100.001, 0.5))));
    }

    @Test
    void everyDayIsForecastThatHasOneAfterItAndALossIsWhatTheBookCostsMoreThen() {
        List<Day> days = days(66);
        days.remove(63);

        List<Forecast> forecasts =
                backtest(days).forecasts(List.of(List.of(SHORT_CALLS)), 0, done -> {}).getFirst();

        // of days 60 to 65 the 63rd is missing: 60 and 61 and 64 have one after them
        assertEquals(3, forecasts.size());
        Day day = days.get(60);
        Day next = days.get(61);
        double strike = Math.rint(day.spotUsdc());
        assertEquals(
                10 * (price(next, strike, day) - price(day, strike, day)),
                forecasts.getFirst().loss(),
                1e-4);
        assertTrue(forecasts.getFirst().expectedShortfall() > forecasts.getFirst().valueAtRisk());
        assertTrue(forecasts.getFirst().tail().mass() <= 0.025 + 1e-12);
    }

    @Test
    void daysBeforeTheFirstOneAskedForAreNotForecast() {
        List<Day> days = days(64);
        assertEquals(
                1,
                backtest(days)
                        .forecasts(List.of(List.of(SHORT_CALLS)), days.get(62).timeMs(), done -> {})
                        .getFirst()
                        .size());
    }

    @Test
    void turbulentDaysForecastMoreThanCalmOnes() {
        double calm = shortfall(0.01);
        double turbulent = shortfall(0.05);
        // events and moves of the index do not grow with the spot's volatility
        assertTrue(turbulent > 2 * calm, turbulent + " beside " + calm);
    }

    private static double shortfall(double deviation) {
        List<Day> days = days(62, deviation);
        return backtest(days)
                .forecasts(List.of(List.of(SHORT_CALLS)), 0, done -> {})
                .getFirst()
                .getFirst()
                .expectedShortfall();
    }

    private static ShortfallBacktest backtest(List<Day> days) {
        return new ShortfallBacktest(Pool.PARAMETERS, "standard-2", days);
    }

    private static List<Day> days(int count) {
        return days(count, 0.03);
    }

    /** Of one spot on the last two days, whatever the days before. */
    private static List<Day> days(int count, double deviation) {
        SplittableRandom random = new SplittableRandom(1);
        List<Day> days = new ArrayList<>();
        double log = 0;
        for (int d = 0; d < count; d++) {
            days.add(
                    new Day(
                            BEGIN_MS + d * DAY_MS,
                            50_000 * Math.exp(log),
                            0.6 + 0.05 * random.nextGaussian()));
            log += deviation * random.nextGaussian();
        }
        return days;
    }

    private static double price(Day at, double strike, Day taken) {
        Expiry expiry =
                new Expiry(
                        Instant.ofEpochMilli(taken.timeMs())
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .plusDays(30));
        return Black76.price(
                OptionType.CALL,
                at.spotUsdc(),
                strike,
                DayCount.years(at.timeMs(), expiry.epochMs()),
                at.volAnnual(),
                1);
    }
}
