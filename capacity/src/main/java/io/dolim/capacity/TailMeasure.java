package io.dolim.capacity;

import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.ScenarioSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Value at risk and expected shortfall of the families over the horizon, with the atom at the level
 * split, after Rockafellar and Uryasev (2002):
 *
 * <pre>
 *   VaR_a = the least loss whose distribution function reaches a
 *   ES_a  = ((sum of worse losses by weight) + (F-mass of the atom above a) VaR_a) / (1 - a)
 * </pre>
 *
 * <p>Equal losses stand in the order of their index. Losses are positive; a pool that only gains has
 * a negative shortfall.
 *
 * <p>ES is a weighted mean of losses, so that each part of the pool has its share of it:
 *
 * <pre>
 *   ES = -sum_s t_s P_s        part of B: -sum_s t_s B_s        t_s: the tail's weights, sum 1
 * </pre>
 *
 * <p>The parts of vectors that add up to the pool's add up to its ES (Euler's theorem for a function
 * of degree one; Tasche, Capital Allocation to Business Units and Sub-Portfolios: the Euler
 * Principle, arXiv 0708.2542, 2007).
 */
final class TailMeasure {

    private final ScenarioSet scenarios;
    private final double[] profitUsdc;
    private final double level;
    private final double[] weights;
    private final double valueAtRisk;
    private final double expectedShortfall;

    private TailMeasure(
            ScenarioSet scenarios,
            double[] profitUsdc,
            double level,
            double[] weights,
            double valueAtRisk,
            double expectedShortfall) {
        this.scenarios = scenarios;
        this.profitUsdc = profitUsdc;
        this.level = level;
        this.weights = weights;
        this.valueAtRisk = valueAtRisk;
        this.expectedShortfall = expectedShortfall;
    }

    /**
     * The tail of a vector of profit and loss.
     *
     * @param profitUsdc by scenario
     * @param level a, in (0, 1)
     */
    static TailMeasure of(ScenarioSet scenarios, double[] profitUsdc, double level) {
        int days = scenarios.gridStart();
        double total = 0;
        for (int s = 0; s < days; s++) {
            total += scenarios.probability(s);
        }
        double[] weights = new double[days];
        double tail = (1 - level) * total;
        double left = tail;
        double sum = 0;
        Worst worst = new Worst(profitUsdc, days);
        double atRisk = Double.NaN;
        for (int i = 0; i < days && (i == 0 || left > 0); i++) {
            int s = worst.at(i);
            double weight = Math.min(scenarios.probability(s), left);
            weights[s] = weight / tail;
            sum += weight * -profitUsdc[s];
            atRisk = -profitUsdc[s];
            left -= weight;
        }
        return new TailMeasure(
                scenarios,
                Arrays.copyOf(profitUsdc, profitUsdc.length),
                level,
                weights,
                atRisk,
                sum / tail);
    }

    double valueAtRisk() {
        return valueAtRisk;
    }

    double expectedShortfall() {
        return expectedShortfall;
    }

    /** How much of the shortfall a part of the pool is, USDC; negative when it hedges the rest. */
    double part(double[] profitOfPart) {
        return EightSums.of(weights.length, s -> weights[s] * -profitOfPart[s]);
    }

    /** How much of the shortfall the scenarios of a family are, USDC; the grid's is 0. */
    double part(Family family) {
        return EightSums.of(
                weights.length,
                s -> scenarios.scenario(s).family() == family ? weights[s] * -profitUsdc[s] : 0);
    }

    /**
     * How far the shortfall may be off because history is a sample, as a standard error in USDC:
     *
     * <pre>
     *   Y_s = max(0, -P_s - VaR)        error = sqrt(sum_s p_s^2 (Y_s - mean Y)^2) / (1 - a)
     * </pre>
     *
     * over the recorded days, weighted as they are; for equal weights that is the large-sample formula
     * of Manistre and Hancock, Variance of the CTE estimator (2005; abstract read, formula derived
     * here). Days are taken as independent, which overlapping ones are not. Stated frequencies of
     * events are no sample, and carry no error.
     */
    double standardError() {
        int days = scenarios.gridStart();
        double mass = EightSums.of(days, this::sampled);
        if (mass <= 0) {
            return 0;
        }
        double mean = EightSums.of(days, s -> sampled(s) * excess(s)) / mass;
        double square =
                EightSums.of(
                        days,
                        s -> {
                            double off = sampled(s) * (excess(s) - mean);
                            return off * off;
                        });
        double all = EightSums.of(days, scenarios::probability);
        return Math.sqrt(square) / (all * (1 - level));
    }

    private double sampled(int s) {
        return scenarios.scenario(s).family() == Family.HISTORICAL ? scenarios.probability(s) : 0;
    }

    private double excess(int s) {
        return Math.max(0, -profitUsdc[s] - valueAtRisk);
    }

    /** Scenarios from the worst on, equal ones by index; only as many are sorted as are asked for. */
    private static final class Worst {

        private static final int FIRST = 64;

        private final double[] profit;
        private final int days;
        private Integer[] sorted = new Integer[0];

        Worst(double[] profit, int days) {
            this.profit = profit;
            this.days = days;
        }

        int at(int place) {
            if (place >= sorted.length) {
                sort(Math.min(days, Math.max(FIRST, 4 * sorted.length)));
            }
            return sorted[place];
        }

        /** All that are no better than the one at place {@code least - 1}. */
        private void sort(int least) {
            double[] found = Arrays.copyOf(profit, days);
            double bound = least == days ? Double.NaN : Selection.smallest(found, least);
            sorted =
                    IntStream.range(0, days)
                            .filter(s -> !(profit[s] > bound))
                            .boxed()
                            .sorted(Comparator.comparingDouble(s -> profit[s]))
                            .toArray(Integer[]::new);
        }
    }
}
