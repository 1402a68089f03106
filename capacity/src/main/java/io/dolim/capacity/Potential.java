package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import java.util.ArrayList;
import java.util.Arrays;
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
        return at(inventory).answer();
    }

    /** An inventory with its Phi, and C/K by layer, NaN from where it is barred. */
    static final class Point {

        private final BookVectors inventory;
        private final double[] roots;
        private final Answer answer;

        private Point(BookVectors inventory, double[] roots, Answer answer) {
            this.inventory = inventory;
            this.roots = roots;
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }

    /** The point of an inventory. */
    Point at(BookVectors inventory) {
        double[] none = new double[InstrumentVectors.LAYERS];
        Arrays.fill(none, Double.NaN);
        return at(inventory, none);
    }

    /** The same, looked for from a point nearby; the answer does not depend on which. */
    Point at(BookVectors inventory, Point near) {
        return at(inventory, near.roots);
    }

    private Point at(BookVectors inventory, double[] guesses) {
        double[] roots = new double[InstrumentVectors.LAYERS];
        Arrays.fill(roots, Double.NaN);
        List<Layer> layers = new ArrayList<>(InstrumentVectors.LAYERS);
        double phi = 0;
        for (int k = 0; k < InstrumentVectors.LAYERS; k++) {
            roots[k] = solver.solve(inventory.hedged(k), guesses[k]);
            if (Double.isNaN(roots[k])) {
                return new Point(inventory, roots, new Barred(k + 1));
            }
            Layer layer = new Layer(roots[k] * capital, worstLoss(inventory, k));
            layers.add(layer);
            phi +=
                    LAYER_DAYS[k]
                            * (layer.certainty() / scenarios.horizonDays()
                                    + rentPerDay * layer.worstLoss());
        }
        return new Point(inventory, roots, new Valued(phi, layers));
    }

    /**
     * The share of a change, 0 to 1, along which Phi rises: 1 less the point where Phi is least on
     * the way from the inventory to the inventory with the change. Chooses a spread, never a price.
     */
    public double risingShare(BookVectors inventory, BookVectors change) {
        Point before = at(inventory);
        return risingShare(before, at(inventory.plus(change), before), change);
    }

    /**
     * The same between two points that are known. Phi is convex, so that its slope rises along the
     * way: of {@value #TURNING_STEPS} halvings, the step in which it turns is looked for by secants.
     */
    double risingShare(Point before, Point after, BookVectors change) {
        Way way = new Way(before, after, change);
        if (way.slope(0, before.roots) >= 0) {
            return 1;
        }
        if (way.slope(1, after.roots) <= 0) {
            return 0;
        }
        return 1 - way.turn();
    }

    /** The way from one inventory to another. */
    private final class Way {

        private final double[][] from = new double[InstrumentVectors.LAYERS][];
        private final double[][] direction = new double[InstrumentVectors.LAYERS][];
        private final Point before;
        private final Point after;
        private final BookVectors change;

        Way(Point before, Point after, BookVectors change) {
            this.before = before;
            this.after = after;
            this.change = change;
            for (int k = 0; k < InstrumentVectors.LAYERS; k++) {
                from[k] = before.inventory.hedged(k);
                direction[k] = change.hedged(k);
            }
        }

        /** dPhi/dt at t; NaN beyond the barrier. */
        double slope(double t) {
            double[] roots = new double[InstrumentVectors.LAYERS];
            for (int k = 0; k < roots.length; k++) {
                double guess = before.roots[k] + t * (after.roots[k] - before.roots[k]);
                roots[k] = solver.near(x(k, t), guess);
            }
            return slope(t, roots);
        }

        double slope(double t, double[] roots) {
            double slope = 0;
            for (int k = 0; k < InstrumentVectors.LAYERS; k++) {
                slope +=
                        LAYER_DAYS[k]
                                * (solver.slope(x(k, t), roots[k], direction[k])
                                                / scenarios.horizonDays()
                                        + rentPerDay
                                                * worstLossSlope(before.inventory, change, k, t));
            }
            return slope;
        }

        private double[] x(int layer, double t) {
            double[] x = from[layer].clone();
            for (int s = 0; s < x.length; s++) {
                x[s] += t * direction[layer][s];
            }
            return x;
        }

        /** The middle of the step in which the slope turns from negative. */
        double turn() {
            double steps = Math.scalb(1.0, TURNING_STEPS);
            double low = 0;
            double high = steps;
            double atLow = slope(0, before.roots);
            double atHigh = slope(1, after.roots);
            for (int i = 0; high - low > 1; i++) {
                double secant = -atLow / (atHigh - atLow);
                double share = i % 3 != 2 && secant < 1 ? secant : 0.5;
                double middle = Math.rint(low + share * (high - low));
                middle = Math.min(Math.max(middle, low + 1), high - 1);
                double slope = slope(middle / steps);
                if (slope < 0) {
                    low = middle;
                    atLow = slope;
                } else {
                    high = middle;
                    atHigh = slope;
                }
            }
            return 0.5 * (low + high) / steps;
        }
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
