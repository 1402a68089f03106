package io.dolim.capacity.backtest;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether losses beyond VaR were as large as ES said: the second test of Acerbi and Szekely,
 * Backtesting expected shortfall (2014).
 *
 * <pre>  Z = 1 - sum_t L_t 1{L_t > VaR_t} / (n (1-a) ES_t)</pre>
 *
 * <p>About 0 when the forecasts are right, negative when losses were more or larger. The p-value is the
 * share of lives drawn from the forecasts themselves whose Z is no greater: near 0 when the forecasts
 * were too small, near 1 when they were too large.
 *
 * @param statistic Z
 * @param pValue by simulation
 * @param lossOverShortfall losses beyond VaR over the ES of their days, on average; NaN of none
 */
public record ShortfallCoverage(double statistic, double pValue, double lossOverShortfall) {

    /**
     * Of forecasts.
     *
     * @param level a, of VaR and ES, in (0, 1)
     * @param lives drawn, at least one
     * @throws IllegalArgumentException when there is no forecast or no life
     */
    public static ShortfallCoverage of(
            List<Forecast> forecasts, double level, int lives, long seed) {
        if (forecasts.isEmpty() || lives < 1) {
            throw new IllegalArgumentException(
                    "forecasts=" + forecasts.size() + " lives=" + lives + " must be 1 or more");
        }
        double share = forecasts.size() * (1 - level);
        double sum = 0;
        int exceptions = 0;
        for (Forecast forecast : forecasts) {
            if (forecast.exceeded()) {
                sum += forecast.loss() / forecast.expectedShortfall();
                exceptions++;
            }
        }
        double statistic = 1 - sum / share;
        SplittableRandom random = new SplittableRandom(seed);
        int noGreater = 0;
        for (int life = 0; life < lives; life++) {
            double drawn = 0;
            for (Forecast forecast : forecasts) {
                drawn += forecast.tail().drawn(random) / forecast.expectedShortfall();
            }
            noGreater += 1 - drawn / share <= statistic ? 1 : 0;
        }
        return new ShortfallCoverage(
                statistic,
                (double) noGreater / lives,
                exceptions == 0 ? Double.NaN : sum / exceptions);
    }
}
