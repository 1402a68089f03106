package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;

/**
 * What an inventory may lose, USDC: the losses by which risk is called less or more.
 *
 * @param worstDamped of the grid, at least 0
 * @param worstUndamped of any scenario, at least 0
 * @param shortfall expected, of the families over the horizon
 */
record Tail(double worstDamped, double worstUndamped, double shortfall) {

    /** @param profitUsdc by scenario */
    static Tail of(ScenarioSet scenarios, double[] profitUsdc, CapacityParameters parameters) {
        return new Tail(
                Evaluator.worstDamped(scenarios, profitUsdc),
                Evaluator.worstUndamped(profitUsdc),
                TailMeasure.of(scenarios, profitUsdc, parameters.tailLevel()).expectedShortfall());
    }

    boolean exceeds(Tail other) {
        return !(worstDamped <= other.worstDamped
                && worstUndamped <= other.worstUndamped
                && shortfall <= other.shortfall);
    }
}
