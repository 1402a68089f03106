package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * Phi, the one convex function of the inventory whose differences are the price of capacity; a
 * cost-function market maker after Chen and Pennock (2007).
 *
 * <pre>
 *   sum_s p_s U(K + Z_s + X^k_s + C_k) = sum_s p_s U(K + Z_s)      U of constant relative risk aversion g
 *   L_k  = max(0, worst loss over the grid of the inventory's a_k^2 H)
 *   Phi  = sum_k len_k (C_k / h + rho L_k)                        len = 1, 2, 7 days; rho a day
 * </pre>
 *
 * <p>Capital K and background Z are frozen, so within a market view Phi depends on the inventory
 * alone and its differences telescope. Immutable; safe on any thread.
 */
public final class Potential {

    private static final double[] LAYER_DAYS = {1, 2, 7};
    private static final double DAYS_PER_YEAR = 365;
    private static final int TURNING_STEPS = 20;

    private final ScenarioSet scenarios;
    private final CertaintySolver solver;
    private final double capital;
    private final double rentPerDay;

    /**
     * Settings of the potential.
     *
     * @param riskAversion g, an integer 1 to 4
     * @param rentAnnual rho, rent of capital a year, as 0.25
     */
    public record Terms(int riskAversion, double rentAnnual) {
        /** @throws IllegalArgumentException when g is not 1 to 4 or the rent not in [0, 10] */
        public Terms {
            if (riskAversion < 1 || riskAversion > 4) {
                throw new IllegalArgumentException(
                        "riskAversion=" + riskAversion + " must be 1 to 4");
            }
            if (!(rentAnnual >= 0 && rentAnnual <= 10)) {
                throw new IllegalArgumentException(
                        "rentAnnual=" + rentAnnual + " must lie in 0 to 10");
            }
        }
    }

    /** What the function says of an inventory. */
    public sealed interface Answer {}

    /** Its value, USDC, with the parts by layer. */
    public record Valued(double phi, List<Layer> layers) implements Answer {
        /** Copies the layers. */
        public Valued {
            layers = List.copyOf(layers);
        }
    }

    /** One layer: C and L, USDC. */
    public record Layer(double certainty, double worstLoss) {}

    /**
     * The inventory is beyond what the capital carries: in some scenario less than a millionth of it
     * would be left.
     */
    public record Barred(int layer) implements Answer {}

    /**
     * The potential of a view.
     *
     * @param capitalUsdc K, positive
     * @param backgroundUsdc Z by scenario, USDC
     * @throws IllegalArgumentException when K is not positive or Z alone leaves too little of it
     */
    public Potential(
            ScenarioSet scenarios, double capitalUsdc, double[] backgroundUsdc, Terms terms) {
        this.scenarios = scenarios;
        this.capital = capitalUsdc;
        this.rentPerDay = terms.rentAnnual() / DAYS_PER_YEAR;
        this.solver =
                new CertaintySolver(scenarios, capitalUsdc, backgroundUsdc, terms.riskAversion());
    }

    /** Phi of an inventory. */
    public Answer of(BookVectors inventory) {
        List<Layer> layers = new ArrayList<>(InstrumentVectors.LAYERS);
        double phi = 0;
        for (int k = 0; k < InstrumentVectors.LAYERS; k++) {
            double y = solver.solve(inventory.hedged(k));
            if (Double.isNaN(y)) {
                return new Barred(k + 1);
            }
            Layer layer = new Layer(y * capital, worstLoss(inventory, k));
            layers.add(layer);
            phi +=
                    LAYER_DAYS[k]
                            * (layer.certainty() / scenarios.horizonDays()
                                    + rentPerDay * layer.worstLoss());
        }
        return new Valued(phi, layers);
    }

    /**
     * The share of a change, 0 to 1, along which Phi rises: 1 less the point where Phi is least on
     * the way from the inventory to the inventory with the change. Chooses a spread, never a price.
     */
    public double risingShare(BookVectors inventory, BookVectors change) {
        if (slope(inventory, change, 0) >= 0) {
            return 1;
        }
        if (slope(inventory, change, 1) <= 0) {
            return 0;
        }
        double low = 0;
        double high = 1;
        for (int step = 0; step < TURNING_STEPS; step++) {
            double middle = 0.5 * (low + high);
            if (slope(inventory, change, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 1 - 0.5 * (low + high);
    }

    /** dPhi/dt at the inventory with t times the change; NaN beyond the barrier. */
    private double slope(BookVectors inventory, BookVectors change, double t) {
        double slope = 0;
        for (int k = 0; k < InstrumentVectors.LAYERS; k++) {
            double[] direction = change.hedged(k);
            double[] x = inventory.hedged(k);
            for (int s = 0; s < x.length; s++) {
                x[s] += t * direction[s];
            }
            slope +=
                    LAYER_DAYS[k]
                            * (solver.slope(x, direction) / scenarios.horizonDays()
                                    + rentPerDay * worstLossSlope(inventory, change, k, t));
        }
        return slope;
    }

    private double worstLoss(BookVectors inventory, int layer) {
        double worst = 0;
        for (int g = 0; g < scenarios.gridSize(); g++) {
            worst = Math.max(worst, -inventory.gridHedged(layer, g));
        }
        return worst;
    }

    private double worstLossSlope(BookVectors inventory, BookVectors change, int layer, double t) {
        double worst = 0;
        double slope = 0;
        for (int g = 0; g < scenarios.gridSize(); g++) {
            double direction = change.gridHedged(layer, g);
            double loss = -(inventory.gridHedged(layer, g) + t * direction);
            if (loss > worst || (loss == worst && -direction > slope)) {
                worst = loss;
                slope = -direction;
            }
        }
        return slope;
    }
}
