package io.dolim.capacity;

import static io.dolim.quoting.math.ElementaryLanes.SPECIES;

import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.math.ElementaryLanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

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

    private static final int LANES = SPECIES.length();

    private final double capital;
    private final int riskAversion;
    private final int size;
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
        this.size = scenarios.size();
        this.probability = new double[padded()];
        this.before = new double[padded()];
        for (int s = 0; s < size; s++) {
            probability[s] = scenarios.probability(s);
            before[s] = 1 + backgroundUsdc[s] / capitalUsdc;
            if (!(before[s] >= LEAST_WEALTH)) {
                throw new IllegalArgumentException(
                        "background=" + backgroundUsdc[s] + " leaves nothing of " + capitalUsdc);
            }
        }
        Arrays.fill(before, size, before.length, before[0]);
    }

    /** Columns are whole eights: what is too much repeats the first scenario and has no probability. */
    private int padded() {
        return (size + 7) & -8;
    }

    /** C/K of X in USDC, on the grid; NaN when less than a millionth of K would be left somewhere. */
    double solve(double[] xUsdc) {
        return solve(xUsdc, Double.NaN);
    }

    /**
     * The same, looked for from a guess on; the answer does not depend on it.
     *
     * @param guess of C/K; NaN for none
     */
    double solve(double[] xUsdc, double guess) {
        Columns x = new Columns(xUsdc);
        if (!(x.low <= x.high)) {
            return Double.NaN;
        }
        double y = x.onGrid(x.newton(Double.isNaN(guess) ? x.secondOrder() : guess));
        // f rises: where it is negative above the lower bound, it is negative there
        boolean above = (y / STEP - 1) * STEP > x.low;
        return !above && x.f(x.low) >= 0 ? Double.NaN : y;
    }

    /**
     * C/K near enough to read a slope at.
     *
     * @param guess as of {@link #solve(double[], double)}
     */
    double near(double[] xUsdc, double guess) {
        Columns x = new Columns(xUsdc);
        return !(x.low <= x.high) || x.f(x.low) >= 0 ? Double.NaN : x.newton(guess);
    }

    /** dC/dt along a direction at X, where C/K is y: -E[U' d] / E[U']; NaN beyond the barrier. */
    double slope(double[] xUsdc, double y, double[] directionUsdc) {
        if (Double.isNaN(y)) {
            return Double.NaN;
        }
        double[] weighted = new double[8];
        double[] total = new double[8];
        int whole = size & -8;
        for (int lane = 0; lane < 8; lane += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            DoubleVector mass = DoubleVector.zero(SPECIES);
            for (int s = lane; s < whole; s += 8) {
                DoubleVector gain = DoubleVector.fromArray(SPECIES, xUsdc, s).div(capital).add(y);
                DoubleVector wealth = DoubleVector.fromArray(SPECIES, before, s).add(gain);
                DoubleVector marginal =
                        DoubleVector.fromArray(SPECIES, probability, s).div(power(wealth));
                sum = sum.add(marginal.mul(DoubleVector.fromArray(SPECIES, directionUsdc, s)));
                mass = mass.add(marginal);
            }
            sum.intoArray(weighted, lane);
            mass.intoArray(total, lane);
        }
        for (int s = whole; s < size; s++) {
            double marginal =
                    probability[s] / power(before[s] + (xUsdc[s] / capital + y), riskAversion);
            weighted[s & 7] += marginal * directionUsdc[s];
            total[s & 7] += marginal;
        }
        return -EightSums.join(weighted) / EightSums.join(total);
    }

    /** X/K by scenario, and the bounds of C/K. */
    private final class Columns {

        private final double[] x = new double[padded()];

        /** The y at which the poorest scenario keeps a millionth of K. */
        private final double low;

        /** A y at which no scenario is worse off, so that f is not negative. */
        private final double high;

        private final double[] sums = new double[8];
        private final double[] slopes = new double[8];

        Columns(double[] xUsdc) {
            for (int s = 0; s < size; s++) {
                x[s] = xUsdc[s] / capital;
            }
            Arrays.fill(x, size, x.length, x[0]);
            DoubleVector poorest = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
            DoubleVector worst = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
            for (int s = 0; s < x.length; s += LANES) {
                DoubleVector each = DoubleVector.fromArray(SPECIES, x, s);
                poorest = poorest.min(DoubleVector.fromArray(SPECIES, before, s).add(each));
                worst = worst.max(each.neg());
            }
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int lane = 0; lane < LANES; lane++) {
                least = Math.min(least, poorest.lane(lane));
                most = Math.max(most, worst.lane(lane));
            }
            low = LEAST_WEALTH - least;
            high = most;
        }

        /** Close to the root of f between the bounds; how close is for {@link #onGrid} to see. */
        double newton(double guess) {
            double below = low;
            double above = high;
            double y = Math.min(Math.max(guess, low), high);
            for (int i = 0; i < NEWTON_LIMIT; i++) {
                double f = f(y);
                if (f >= 0) {
                    above = Math.min(above, y);
                } else {
                    below = Math.max(below, y);
                }
                double next = y - f / EightSums.join(slopes);
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
        double secondOrder() {
            double first = EightSums.ofProducts(probability, x, x.length);
            double second = 0;
            for (int s = 0; s < x.length; s++) {
                second += probability[s] * x[s] * x[s];
            }
            return -first + 0.5 * riskAversion * Math.max(second - first * first, 0);
        }

        /** The smallest multiple of the step at which f is not negative: a short walk, else bisection. */
        double onGrid(double near) {
            double n = Math.ceil(near / STEP);
            for (int i = 0; i < WALK_LIMIT; i++) {
                if (n * STEP <= low || f(n * STEP) < 0) {
                    n++;
                } else if ((n - 1) * STEP <= low || f((n - 1) * STEP) < 0) {
                    return n * STEP;
                } else {
                    n--;
                }
            }
            double below = Math.floor(low / STEP);
            double above = Math.ceil(high / STEP);
            while (above - below > 1) {
                double middle = Math.floor(0.5 * (below + above));
                if (middle * STEP <= low || f(middle * STEP) < 0) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            return above * STEP;
        }

        /** f at y, summed in one order on any width; leaves the sums of its slope beside it. */
        double f(double y) {
            for (int lane = 0; lane < 8; lane += LANES) {
                DoubleVector sum = DoubleVector.zero(SPECIES);
                DoubleVector slope = DoubleVector.zero(SPECIES);
                for (int s = lane; s < x.length; s += 8) {
                    DoubleVector p = DoubleVector.fromArray(SPECIES, probability, s);
                    DoubleVector a = DoubleVector.fromArray(SPECIES, before, s);
                    DoubleVector gain = DoubleVector.fromArray(SPECIES, x, s).add(y);
                    DoubleVector b = a.add(gain);
                    sum = sum.add(p.mul(term(a, gain, b)));
                    slope = slope.add(p.div(power(b)));
                }
                sum.intoArray(sums, lane);
                slope.intoArray(slopes, lane);
            }
            return EightSums.join(sums);
        }

        /** U(b) - U(a), b = a + gain. */
        private DoubleVector term(DoubleVector a, DoubleVector gain, DoubleVector b) {
            return switch (riskAversion) {
                case 1 -> ElementaryLanes.log1p(gain.div(a));
                case 2 -> gain.div(a.mul(b));
                case 3 -> gain.mul(a.add(b)).div(a.mul(a).mul(2).mul(b.mul(b)));
                default ->
                        gain.mul(a.mul(a).add(a.mul(b)).add(b.mul(b)))
                                .div(a.mul(a).mul(a).mul(3).mul(b.mul(b).mul(b)));
            };
        }
    }

    private DoubleVector power(DoubleVector base) {
        DoubleVector square = base.mul(base);
        return switch (riskAversion) {
            case 1 -> base;
            case 2 -> square;
            case 3 -> square.mul(base);
            default -> square.mul(square);
        };
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
