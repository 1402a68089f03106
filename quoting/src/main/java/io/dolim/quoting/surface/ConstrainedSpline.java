package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The smoothing spline through a slice's residuals that is nearest the quotes among those without a
 * butterfly: Gauss and Newton's steps on squared misses, bending, and squared shortfalls of
 * Durrleman's function on a grid, the last weighed ever more. In the units of {@link SmileQuotes}.
 *
 * <p>Without shortfalls it is Reinsch's smoothing spline (Green and Silverman, 1994, section 2.3);
 * a further knot then changes nothing.
 */
final class ConstrainedSpline {

    /** Weight of bending, in squared relative volatility, against missing the quotes. */
    private static final double SMOOTHNESS = 1e-5;

    /** What is asked of Durrleman's function; more than is checked, as shortfalls never quite end. */
    private static final double ASKED = 1.5 * SmileCheck.MARGIN;

    private static final int PER_INTERVAL = 12;

    /** What an expectation in a gap counts of a quote beside it. */
    private static final double GAP_TRUST = 0.3;

    /** Standard deviations between knots at most, as far as eight parts a gap reach. */
    private static final double WIDEST = 0.5;

    /** The weights of shortfalls, in the order used. */
    private static final double[] PRESSURES = {1e-3, 0.03, 1.0, 30.0, 300.0};

    /** The same for the search that begins at the base, each for longer. */
    private static final double[] INSIDE_PRESSURES = {0.1, 1.0, 10.0, 100.0};

    private static final int STEPS = 12;
    private static final int INSIDE_STEPS = 20;
    private static final int MOST_PARTS = 8;
    private static final int HALVINGS = 6;
    private static final double FIRST_STEP = 0.02;
    private static final double WING_GROWTH = 1.3;
    private static final double LEAST_SLOPE = 0.001;
    private static final double STEEPEST = 1.8;
    private static final double LEAST_VARIANCE = 1e-4;

    private final RawSvi base;
    private final double scale;
    private final double[] t;
    private final CubicBasis basis;
    private final BandSystem misses;
    private final List<Point> points = new ArrayList<>();
    private final List<Slope> slopes = new ArrayList<>();

    /** The slope at an end, which must rise outward, or stay, and less than Lee allows. */
    private record Slope(CubicBasis.Row row, double outward, double base) {

        double of(double[] c) {
            return outward * (base + row.of(c, 1));
        }
    }

    /** Where Durrleman's function is asked about; the base's part of the total is fixed. */
    private record Point(
            double x,
            CubicBasis.Row row,
            double y,
            double slope,
            double curvature,
            boolean isStraight) {}

    ConstrainedSpline(SmileQuotes quotes, RawSvi base) {
        this.base = base;
        this.scale = quotes.scale;
        this.t = knots(quotes.x);
        this.basis = new CubicBasis(t);
        this.misses = new BandSystem(basis.size());
        for (int i = 0; i < quotes.size(); i++) {
            observe(quotes.x[i], quotes.y[i], quotes.trust[i]);
        }
        for (int i = 0; i + 1 < quotes.size(); i++) {
            if (WingGap.isWide(quotes, i)) {
                double trust = Math.min(quotes.trust[i], quotes.trust[i + 1]);
                double middle = 0.5 * (quotes.x[i] + quotes.x[i + 1]);
                observe(middle, WingGap.middle(quotes, i, base), GAP_TRUST * trust);
            }
        }
        for (int i = 0; i + 1 < t.length; i++) {
            bending(i);
            for (int j = 0; j < PER_INTERVAL; j++) {
                ask(t[i] + (t[i + 1] - t[i]) * j / PER_INTERVAL, i);
            }
        }
        wing(t[0], 0, -1.0);
        wing(t[t.length - 1], t.length - 2, 1.0);
    }

    /** A miss counts as relative volatility. */
    private void observe(double x, double y, double trust) {
        CubicBasis.Row row = basis.row(x, interval(x));
        misses.observe(row.first(), row.weights()[0], trust / (4.0 * y), y - base.totalVariance(x));
    }

    /** Beyond an end total variance is straight. */
    private void wing(double x, int i, double outward) {
        CubicBasis.Row row = basis.row(x, i);
        slopes.add(new Slope(row, outward, base.slope(x)));
        double step = FIRST_STEP * (t[t.length - 1] - t[0]);
        double d = 0.0;
        while (d * scale < SmileCheck.FARTHEST) {
            double[] value = row.weights()[0].clone();
            for (int j = 0; j < value.length; j++) {
                value[j] += outward * d * row.weights()[1][j];
            }
            double[][] straight = {value, row.weights()[1], new double[CubicBasis.WIDTH]};
            points.add(
                    new Point(
                            x + outward * d,
                            new CubicBasis.Row(row.first(), straight),
                            base.totalVariance(x) + outward * d * base.slope(x),
                            base.slope(x),
                            0.0,
                            true));
            d = d == 0.0 ? step : WING_GROWTH * d;
        }
    }

    private static double[] knots(double[] x) {
        double[] t = new double[MOST_PARTS * x.length];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            if (i > 0) {
                int parts = (int) Math.min(MOST_PARTS, Math.ceil((x[i] - x[i - 1]) / WIDEST));
                for (int j = 1; j < parts; j++) {
                    t[n++] = x[i - 1] + (x[i] - x[i - 1]) * j / parts;
                }
            }
            t[n++] = x[i];
        }
        return Arrays.copyOf(t, n);
    }

    private int interval(double x) {
        int found = Arrays.binarySearch(t, x);
        int i = found >= 0 ? found : -found - 2;
        return Math.max(0, Math.min(t.length - 2, i));
    }

    /** The integral of squared curvature over an interval, in which curvature is straight. */
    private void bending(int i) {
        CubicBasis.Row left = basis.row(t[i], i);
        CubicBasis.Row right = basis.row(t[i + 1], i);
        double third = SMOOTHNESS * (t[i + 1] - t[i]) / 3.0;
        double[] a = left.weights()[2];
        double[] b = right.weights()[2];
        misses.observe(left.first(), a, a, third);
        misses.observe(left.first(), b, b, third);
        misses.observe(left.first(), a, b, third);
    }

    private void ask(double x, int i) {
        points.add(
                new Point(
                        x,
                        basis.row(x, i),
                        base.totalVariance(x),
                        base.slope(x),
                        base.curvature(x),
                        false));
    }

    /**
     * Coefficients, the nearest to the quotes first. What is asked is not convex: a search that begins
     * at the smoothing spline and one that begins at the base, which has no butterfly, can end apart.
     */
    List<double[]> nearest() {
        double[] smooth = misses.solve();
        if (cost(smooth, 1.0) == misses.half(smooth)) {
            return List.of(smooth);
        }
        double[] outside = smooth;
        for (double pressure : PRESSURES) {
            outside = pressed(outside, pressure, STEPS);
        }
        double[] inside = new double[basis.size()];
        for (double pressure : INSIDE_PRESSURES) {
            inside = pressed(inside, pressure, INSIDE_STEPS);
        }
        return misses.half(inside) < misses.half(outside)
                ? List.of(inside, outside)
                : List.of(outside, inside);
    }

    /** A share of a spline, in log-moneyness and total variance. */
    List<Knot> knots(double[] c, double share) {
        return real(between(new double[c.length], c, share));
    }

    private List<Knot> real(double[] c) {
        List<Knot> knots = new ArrayList<>(t.length);
        for (int i = 0; i < t.length; i++) {
            CubicBasis.Row row = basis.row(t[i], Math.min(i, t.length - 2));
            boolean isEnd = i == 0 || i == t.length - 1;
            double curvature = isEnd ? 0.0 : row.of(c, 2);
            knots.add(new Knot(t[i] * scale, row.of(c, 0) * scale * scale, curvature));
        }
        return knots;
    }

    private double[] pressed(double[] start, double pressure, int steps) {
        double[] c = start;
        double cost = cost(c, pressure);
        for (int step = 0; step < steps; step++) {
            double[] wanted = target(c, pressure);
            double share = 1.0;
            double[] next = wanted;
            double nextCost = cost(next, pressure);
            for (int i = 0; i < HALVINGS && !(nextCost < cost); i++) {
                share *= 0.5;
                next = between(c, wanted, share);
                nextCost = cost(next, pressure);
            }
            if (!(nextCost < cost)) {
                break;
            }
            boolean done = cost - nextCost <= 1e-7 * Math.abs(cost);
            c = next;
            cost = nextCost;
            if (done) {
                break;
            }
        }
        return c;
    }

    private static double[] between(double[] a, double[] b, double share) {
        double[] c = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            c[i] = a[i] + share * (b[i] - a[i]);
        }
        return c;
    }

    private double cost(double[] c, double pressure) {
        double sum = misses.half(c);
        for (Point point : points) {
            double y = point.y + point.row.of(c, 0);
            if (!(y > LEAST_VARIANCE)) {
                return Double.POSITIVE_INFINITY;
            }
            double shortfall = Math.max(ASKED - durrleman(point, c, y), 0.0);
            sum += 0.5 * pressure * shortfall * shortfall;
        }
        for (Slope slope : slopes) {
            double excess = excess(slope.of(c));
            sum += 0.5 * pressure * excess * excess;
        }
        return sum;
    }

    /** By how much a slope is too steep, or negative: too little. */
    private double excess(double slope) {
        return slope - Math.max(LEAST_SLOPE, Math.min(STEEPEST / scale, slope));
    }

    private double durrleman(Point point, double[] c, double y) {
        double slope = point.slope + point.row.of(c, 1);
        double curvature = point.isStraight ? 0.0 : point.curvature + point.row.of(c, 2);
        double tilt = 1.0 - 0.5 * point.x * slope / y;
        return tilt * tilt
                - 0.25 * slope * slope * (1.0 / y + 0.25 * scale * scale)
                + 0.5 * curvature;
    }

    /** The least of misses, bending and shortfalls, the latter taken straight about c. */
    private double[] target(double[] c, double pressure) {
        BandSystem system = misses.copy();
        double[] gradient = new double[CubicBasis.WIDTH];
        for (Point point : points) {
            double y = point.y + point.row.of(c, 0);
            double g = durrleman(point, c, y);
            if (!(g < ASKED)) {
                continue;
            }
            double slope = point.slope + point.row.of(c, 1);
            double tilt = 1.0 - 0.5 * point.x * slope / y;
            double byY = tilt * point.x * slope / (y * y) + 0.25 * slope * slope / (y * y);
            double bySlope = -tilt * point.x / y - 0.5 * slope * (1.0 / y + 0.25 * scale * scale);
            double byCurvature = point.isStraight ? 0.0 : 0.5;
            double at = 0.0;
            for (int i = 0; i < CubicBasis.WIDTH; i++) {
                gradient[i] =
                        byY * point.row.weights()[0][i]
                                + bySlope * point.row.weights()[1][i]
                                + byCurvature * point.row.weights()[2][i];
                at += gradient[i] * c[point.row.first() + i];
            }
            system.observe(point.row.first(), gradient, pressure, ASKED - g + at);
        }
        for (Slope slope : slopes) {
            double excess = excess(slope.of(c));
            if (excess != 0.0) {
                double wanted = slope.outward * (slope.of(c) - excess) - slope.base;
                system.observe(slope.row.first(), slope.row.weights()[1], pressure, wanted);
            }
        }
        return system.solve();
    }
}
