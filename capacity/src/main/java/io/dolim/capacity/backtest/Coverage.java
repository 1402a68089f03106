package io.dolim.capacity.backtest;

import io.dolim.quoting.math.Elementary;
import java.util.List;

/**
 * Whether losses went beyond VaR as often as they should, and not in clusters.
 *
 * <pre>
 *   unconditional  -2 ln ( (1-p)^(n-x) p^x / ((1-q)^(n-x) q^x) ),  q = x/n                     chi-squared(1)
 *   independence   -2 ln ( L(q, q) / L(q_0, q_1) ),  q_i: share of exceptions after state i    chi-squared(1)
 *   conditional    their sum                                                                    chi-squared(2)
 * </pre>
 *
 * <p>Kupiec, Techniques for verifying the accuracy of risk measurement models (1995); Christoffersen,
 * Evaluating interval forecasts (1998); both as told by the Committee of Chief Risk Officers,
 * Valuation and Risk Metrics (2002).
 *
 * @param days that were forecast
 * @param exceptions of them
 * @param expected exceptions, at the level forecast
 * @param unconditional p-value of as many
 * @param independent p-value of their order
 * @param conditional p-value of both
 */
public record Coverage(
        int days,
        int exceptions,
        double expected,
        double unconditional,
        double independent,
        double conditional) {

    /**
     * Of forecasts one after the other.
     *
     * @param level of VaR, in (0, 1)
     * @throws IllegalArgumentException when there are fewer than two
     */
    public static Coverage of(List<Forecast> forecasts, double level) {
        if (forecasts.size() < 2) {
            throw new IllegalArgumentException(
                    "forecasts=" + forecasts.size() + " must be 2 or more");
        }
        int[][] after = new int[2][2];
        int exceptions = forecasts.getFirst().exceeded() ? 1 : 0;
        for (int i = 1; i < forecasts.size(); i++) {
            int now = forecasts.get(i).exceeded() ? 1 : 0;
            after[forecasts.get(i - 1).exceeded() ? 1 : 0][now]++;
            exceptions += now;
        }
        int days = forecasts.size();
        double p = 1 - level;
        double often =
                ratio(
                        likelihood(days - exceptions, exceptions, p),
                        likelihood(days - exceptions, exceptions, (double) exceptions / days));
        double ordered = order(after);
        return new Coverage(
                days,
                exceptions,
                days * p,
                chiSquaredBeyond1(often),
                chiSquaredBeyond1(ordered),
                chiSquaredBeyond2(often + ordered));
    }

    private static double order(int[][] after) {
        int calm = after[0][0] + after[1][0];
        int hit = after[0][1] + after[1][1];
        double alike = likelihood(calm, hit, (double) hit / (calm + hit));
        double apart = 0;
        for (int[] from : after) {
            int all = from[0] + from[1];
            apart += all == 0 ? 0 : likelihood(from[0], from[1], (double) from[1] / all);
        }
        return ratio(alike, apart);
    }

    /** -2 ln of a ratio of likelihoods, never below nothing. */
    private static double ratio(double restricted, double free) {
        return Math.max(0, -2 * (restricted - free));
    }

    /** ln ((1-p)^misses p^hits), 0^0 being 1. */
    private static double likelihood(int misses, int hits, double p) {
        return (misses == 0 ? 0 : misses * Elementary.log1p(-p))
                + (hits == 0 ? 0 : hits * Elementary.log(p));
    }

    /** P(chi-squared with 1 degree of freedom > x) = 2 N(-sqrt x). */
    static double chiSquaredBeyond1(double x) {
        return 2 * Elementary.normalCdf(-Math.sqrt(x));
    }

    /** P(chi-squared with 2 degrees of freedom > x) = e^(-x/2). */
    static double chiSquaredBeyond2(double x) {
        return Elementary.exp(-0.5 * x);
    }
}
