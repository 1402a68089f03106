package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;

/**
 * What the pool's collateral gains or loses in each scenario: cash in USDC, by the peg. A scenario
 * without a peg leaves every bit of a vector as it is.
 */
final class Collateral {

    private final ScenarioSet scenarios;
    private final double cashUsdc;

    private Collateral(ScenarioSet scenarios, double cashUsdc) {
        this.scenarios = scenarios;
        this.cashUsdc = cashUsdc;
    }

    /** @param cashUsdc at least 0 */
    static Collateral of(ScenarioSet scenarios, double cashUsdc) {
        return new Collateral(scenarios, cashUsdc);
    }

    /** Adds it to a vector of profit and loss, in place. */
    double[] into(double[] profit) {
        for (int s = 0; s < profit.length; s++) {
            double move = scenarios.cashMove(s);
            if (move != 0) {
                profit[s] += cashUsdc * move;
            }
        }
        return profit;
    }
}
