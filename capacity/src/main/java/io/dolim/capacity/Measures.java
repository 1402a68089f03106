package io.dolim.capacity;

import java.util.List;

/**
 * What the pool's vector says about its capital, USDC unless named.
 *
 * @param equity cash plus inventory at mark
 * @param capital K: risk-weighted equity
 * @param cashHaircut share of cash that K lacks
 * @param worstDamped L(P): worst damped loss on the grid, at least 0
 * @param worstUndamped worst loss of any scenario before damping, at least 0
 * @param hedgingBuffer what re-hedging may cost before it is done
 * @param rac risk-adjusted capital: K - L(P) - hedging buffer
 * @param racFloor least RAC after a trade that adds risk
 * @param shortfall of the horizon families
 * @param strain share of capacity in use, 0 to 1
 */
public record Measures(
        double equity,
        double capital,
        double cashHaircut,
        double worstDamped,
        double worstUndamped,
        double hedgingBuffer,
        double rac,
        double racFloor,
        Shortfall shortfall,
        double strain) {

    /** ES, USDC. */
    public double expectedShortfall() {
        return shortfall.expected();
    }

    /** VaR, USDC. */
    public double valueAtRisk() {
        return shortfall.valueAtRisk();
    }

    /**
     * What the inventory takes off risk-weighted equity, USDC: L(P) and the hedging buffer. With K at it
     * RAC is 0; the name is the one that venues give the equity at which they close a position.
     */
    public double liquidationThresholdUsdc() {
        return worstDamped + hedgingBuffer;
    }

    /** The measures of an inventory under a view; nothing pending counts. */
    static Measures of(
            MarketView view,
            Inventory inventory,
            CapacityParameters parameters,
            Limits limits,
            double strain) {
        Evaluation evaluation =
                new Evaluator(view, parameters, limits).of(inventory, List.of(), List.of());
        return new Measures(
                evaluation.equity(),
                evaluation.capital(),
                parameters.usdcHaircut().of(view.pricer().scenarios()),
                evaluation.worstDamped(),
                evaluation.worstUndamped(),
                evaluation.hedgingBuffer(),
                evaluation.rac(),
                limits.value(Limits.RAC_FLOOR) * view.capital(),
                Shortfall.of(view.pricer().scenarios(), inventory, parameters.tailLevel()),
                strain);
    }
}
