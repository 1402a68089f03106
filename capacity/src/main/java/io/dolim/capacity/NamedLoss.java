package io.dolim.capacity;

import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the pool gains or loses in one scenario.
 *
 * @param probability its weight in expectations, a share of 1
 * @param profitUsdc before damping, options, hedges and cash; negative when lost
 * @param dampedUsdc the same times the scenario's damping
 */
public record NamedLoss(
        Scenario scenario, double probability, double profitUsdc, double dampedUsdc) {

    /** The worst by what is lost before damping, the worst first, equal ones in order of the set. */
    static List<NamedLoss> worst(ScenarioSet scenarios, double[] profit, int most) {
        List<Integer> order = new ArrayList<>();
        for (int s = 0; s < profit.length; s++) {
            order.add(s);
        }
        order.sort(Comparator.comparingDouble(s -> profit[s]));
        return order.stream().limit(most).map(s -> of(scenarios, profit, s)).toList();
    }

    private static NamedLoss of(ScenarioSet scenarios, double[] profit, int s) {
        return new NamedLoss(
                scenarios.scenario(s),
                scenarios.probability(s),
                profit[s],
                scenarios.damping(s) * profit[s]);
    }
}
