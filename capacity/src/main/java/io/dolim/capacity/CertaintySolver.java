package io.dolim.capacity;

import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.math.Elementary;

/**
 * Finds y = C/K, the smallest multiple of 2^-46 at which
 *
 * <pre>
 *   f(y) = sum_s p_s (U(1 + z_s + x_s + y) - U(1 + z_s)) >= 0,    x = X/K, z = Z/K
 * </pre>
 *
 * <p>For g = 2, 3, 4 the difference of utilities is a quotient of polynomials and loses no digits
 * where x + y is small; for g = 1 it is log1p. f is rising and concave. A bracketed Newton iteration
 * comes close, from wherever; f itself, summed in one fixed order, then decides the step of the grid,
 * so the answer doesn't depend on the start.
 */
final class CertaintySolver {

    /** Least share of capital that must be left in every scenario. */
    static final double LEAST_WEALTH = 1e-6;

    private static final double STEP = 0x1p-46;
    private static final int NEWTON_LIMIT = 60;
    private static final int WALK_LIMIT = 16;

    private final double capital;
    private final int riskAversion;
    private final double[] probability;
    private final double[] before;

    CertaintySolver(
            ScenarioSet scenarios, double capitalUsdc, double[] backgroundUsdc, int riskAversion) {
        if (!(capitalUsdc > 0 && capitalUsdc <= 1e12)) {
            throw new IllegalArgumentException(
                    "capitalUsdc=" + capitalUsdc + " must be positive and at most 1e12");
        }
        this.capital = capitalUsdc;
        this.riskAversion = riskAversion;
        this.probability = new double[scenarios.size()];
        this.before = new double[scenarios.size()];
        for (int s = 0; s < before.length; s++) {
            probability[s] = scenarios.probability(s);
            before[s] = 1 + backgroundUsdc[s] / capitalUsdc;
            if (!(before[s] >= LEAST_WEALTH)) {
                throw new IllegalArgumentException(
                        "background=" + backgroundUsdc[s] + " leaves nothing of " + capitalUsdc);
            }
        }
    }

    /** C/K of X in USDC, on the grid; NaN when less than a millionth of K would be left somewhere. */
    double solve(double[] xUsdc) {
        double[] x = relative(xUsdc);
        double low = leastY(x);
        double high = greatestY(x);
        if (!(low <= high) || f(x, low) >= 0) {
            return Double.NaN;
        }
        return onGrid(x, newton(x, low, high), low, high);
    }

    /** dC/dt along a direction at X: -E[U' d] / E[U']; NaN beyond the barrier. */
    double slope(double[] xUsdc, double[] directionUsdc) {
        double[] x = relative(xUsdc);
        double low = leastY(x);
        double high = greatestY(x);
        if (!(low <= high) || f(x, low) >= 0) {
            return Double.NaN;
        }
        double y = newton(x, low, high);
        double[] weighted = new double[8];
        double[] total = new double[8];
        for (int s = 0; s < x.length; s++) {
            double marginal = probability[s] / power(before[s] + (x[s] + y), riskAversion);
            weighted[s & 7] += marginal * directionUsdc[s];
            total[s & 7] += marginal;
        }
        return -EightSums.join(weighted) / EightSums.join(total);
    }

    private double[] relative(double[] xUsdc) {
        double[] x = new double[xUsdc.length];
        for (int s = 0; s < x.length; s++) {
            x[s] = xUsdc[s] / capital;
        }
        return x;
    }

    /** The y at which the poorest scenario keeps a millionth of K. */
    private double leastY(double[] x) {
        double poorest = Double.POSITIVE_INFINITY;
        for (int s = 0; s < x.length; s++) {
            poorest = Math.min(poorest, before[s] + x[s]);
        }
        return LEAST_WEALTH - poorest;
    }

    /** A y at which no scenario is worse off, so that f is not negative. */
    private static double greatestY(double[] x) {
        double worst = Double.NEGATIVE_INFINITY;
        for (double each : x) {
            worst = Math.max(worst, -each);
        }
        return worst;
    }

    /** Close to the root of f between two bounds; how close is for {@link #onGrid} to see. */
    private double newton(double[] x, double low, double high) {
        double below = low;
        double above = high;
        double y = Math.min(Math.max(secondOrder(x), low), high);
        for (int i = 0; i < NEWTON_LIMIT; i++) {
            double f = f(x, y);
            if (f >= 0) {
                above = Math.min(above, y);
            } else {
                below = Math.max(below, y);
            }
            double next = y - f / marginal(x, y);
            if (!(next > below && next < above)) {
                next = 0.5 * (below + above);
            }
            if (Math.abs(next - y) <= 0.25 * STEP || above - below <= 0.25 * STEP) {
                return next;
            }
            y = next;
        }
        return y;
    }

    /** The expansion -E[x] + g/2 Var[x]: where to start. */
    private double secondOrder(double[] x) {
        double first = 0;
        double second = 0;
        for (int s = 0; s < x.length; s++) {
            first += probability[s] * x[s];
            second += probability[s] * x[s] * x[s];
        }
        return -first + 0.5 * riskAversion * Math.max(second - first * first, 0);
    }

    /** The smallest multiple of the step at which f is not negative: a short walk, else bisection. */
    private double onGrid(double[] x, double near, double low, double high) {
        double n = Math.ceil(near / STEP);
        for (int i = 0; i < WALK_LIMIT; i++) {
            if (n * STEP <= low || f(x, n * STEP) < 0) {
                n++;
            } else if ((n - 1) * STEP <= low || f(x, (n - 1) * STEP) < 0) {
                return n * STEP;
            } else {
                n--;
            }
        }
        double below = Math.floor(low / STEP);
        double above = Math.ceil(high / STEP);
        while (above - below > 1) {
            double middle = Math.floor(0.5 * (below + above));
            if (middle * STEP <= low || f(x, middle * STEP) < 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above * STEP;
    }

    private double f(double[] x, double y) {
        double[] sums = new double[8];
        switch (riskAversion) {
            case 1 -> logarithmic(x, y, sums);
            case 2 -> quadratic(x, y, sums);
            default -> higher(x, y, sums);
        }
        return EightSums.join(sums);
    }

    private void logarithmic(double[] x, double y, double[] sums) {
        for (int s = 0; s < x.length; s++) {
            sums[s & 7] += probability[s] * Elementary.log1p((x[s] + y) / before[s]);
        }
    }

    private void quadratic(double[] x, double y, double[] sums) {
        for (int s = 0; s < x.length; s++) {
            double gain = x[s] + y;
            sums[s & 7] += probability[s] * (gain / (before[s] * (before[s] + gain)));
        }
    }

    private void higher(double[] x, double y, double[] sums) {
        boolean cubic = riskAversion == 3;
        for (int s = 0; s < x.length; s++) {
            double gain = x[s] + y;
            double a = before[s];
            double b = a + gain;
            double term =
                    cubic
                            ? gain * (a + b) / (2 * (a * a) * (b * b))
                            : gain * (a * a + a * b + b * b) / (3 * (a * a * a) * (b * b * b));
            sums[s & 7] += probability[s] * term;
        }
    }

    private double marginal(double[] x, double y) {
        double[] sums = new double[8];
        for (int s = 0; s < x.length; s++) {
            sums[s & 7] += probability[s] / power(before[s] + (x[s] + y), riskAversion);
        }
        return EightSums.join(sums);
    }

    private static double power(double base, int exponent) {
        double square = base * base;
        return switch (exponent) {
            case 1 -> base;
            case 2 -> square;
            case 3 -> square * base;
            default -> square * square;
        };
    }
}
