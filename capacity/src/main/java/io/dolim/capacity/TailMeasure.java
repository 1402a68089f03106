package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import java.util.Arrays;
import java.util.Comparator;

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
 */
record TailMeasure(double valueAtRisk, double expectedShortfall) {

    /**
     * The tail of a vector of profit and loss.
     *
     * @param profitUsdc by scenario
     * @param level a, in (0, 1)
     */
    static TailMeasure of(ScenarioSet scenarios, double[] profitUsdc, double level) {
        Integer[] order = new Integer[scenarios.gridStart()];
        double total = 0;
        for (int s = 0; s < order.length; s++) {
            order[s] = s;
            total += scenarios.probability(s);
        }
        Arrays.sort(order, Comparator.comparingDouble((Integer s) -> profitUsdc[s]));
        double tail = (1 - level) * total;
        double left = tail;
        double sum = 0;
        double atRisk = -profitUsdc[order[0]];
        for (int s : order) {
            if (left <= 0) {
                break;
            }
            double weight = Math.min(scenarios.probability(s), left);
            sum += weight * -profitUsdc[s];
            atRisk = -profitUsdc[s];
            left -= weight;
        }
        return new TailMeasure(atRisk, sum / tail);
    }
}
