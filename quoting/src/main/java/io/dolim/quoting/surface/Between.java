package io.dolim.quoting.surface;

import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.BlendedPrice;
import java.util.ArrayList;
import java.util.List;

/**
 * Total variance between two neighbouring slices, free of butterflies as the slices are.
 *
 * <pre>
 *   w_lin = (1 - s) w_1 + s w_2,   s the share of time                       free of calendars, may have butterflies
 *   C_mix = a C(w_1) + (1 - a) C(w_2),   a = (z_2 - z) / (z_2 - z_1)         free of both
 *   C     = (1 - b) C(w_lin) + b C_mix,   0 &lt;= b &lt;= 1 constant over the pair
 * </pre>
 *
 * <p>with C the call over its strike at equal k = ln(K/F) and z the square root of total variance at
 * the money, z^2 linear in time. C_mix is that of Gatheral and Jacquier, arXiv:1204.0646, lemma 5.1:
 * a convex sum of functions convex in the strike is convex, and a falls in time while C(w_2) is not
 * below C(w_1). Both terms rise in time, so every b is free of calendars. Alone C_mix would be dear
 * far from the money, where it costs as much as a share of the later, wider expiry; so b is the least
 * that is needed, nothing for nearly all pairs. It is a continuous function of the slices: from fit to
 * fit no quote jumps because a pair begins to need it.
 */
final class Between {

    /** What Durrleman's function of the linear variance must exceed: half of what slices are held to. */
    private static final double MARGIN = 0.5 * SmileCheck.MARGIN;

    /** Of the density that the mixture adds, what must be left where the linear one is negative. */
    private static final double KEPT = 0.5;

    /** Nearer than this, as a share, variances at the money do not tell how far time has run. */
    private static final double EQUAL = 1e-9;

    private static final int TIMES = 16;
    private static final int PER_INTERVAL = 4;
    private static final int AROUND_CENTRE = 32;
    private static final double NEAREST = 0.01;
    private static final double WING_GROWTH = 1.2;

    private final SviSlice left;
    private final SviSlice right;

    Between(SviSlice left, SviSlice right) {
        this.left = left;
        this.right = right;
    }

    /**
     * Total variance at k.
     *
     * @param share of the time between the expiries that has run, in (0, 1)
     * @param blend b
     */
    double totalVariance(double k, double share, double blend) {
        double near = left.totalVariance(k);
        double far = right.totalVariance(k);
        double linear = (1.0 - share) * near + share * far;
        if (blend == 0.0) {
            return linear;
        }
        double weight = nearWeight(share);
        return BlendedPrice.at(k)
                .plus(1.0 - blend, linear)
                .plus(blend * weight, near)
                .plus(blend * (1.0 - weight), far)
                .totalVarianceOr(linear);
    }

    /** b: the least at which no density on the grid is negative. */
    double leastBlend() {
        double blend = 0.0;
        double[] nearWeights = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            nearWeights[i] = nearWeight(share(i));
        }
        for (double k : grid()) {
            Point near = Point.of(left, k);
            Point far = Point.of(right, k);
            for (int i = 0; i < TIMES; i++) {
                blend = Math.max(blend, blend(k, near, far, share(i), nearWeights[i]));
            }
        }
        return blend;
    }

    private static double share(int i) {
        return (i + 0.5) / TIMES;
    }

    private static double blend(double k, Point near, Point far, double share, double nearWeight) {
        Point linear = near.towards(far, share);
        double lacking = MARGIN - linear.durrleman(k);
        if (!(lacking > 0.0)) {
            return 0.0;
        }
        double added =
                KEPT
                        * (nearWeight * near.densityOver(linear, k)
                                + (1.0 - nearWeight) * far.densityOver(linear, k));
        return added > 0.0 ? lacking / (added + lacking) : 1.0;
    }

    /** a. */
    private double nearWeight(double share) {
        double near = left.totalVariance(0.0);
        double far = right.totalVariance(0.0);
        if (!(far - near > EQUAL * far)) {
            return 1.0 - share;
        }
        double first = Math.sqrt(near);
        double last = Math.sqrt(far);
        double now = Math.sqrt((1.0 - share) * near + share * far);
        return Math.clamp((last - now) / (last - first), 0.0, 1.0);
    }

    private List<Double> grid() {
        List<Double> grid = new ArrayList<>();
        grid.add(0.0);
        List<SviSmile> smiles = new ArrayList<>(left.floors());
        smiles.add(left.smile());
        smiles.addAll(right.floors());
        smiles.add(right.smile());
        // most floors of the two are the same earlier smiles
        smiles.stream().distinct().forEach(smile -> add(smile, grid));
        for (double k = NEAREST; k < SmileCheck.FARTHEST; k *= WING_GROWTH) {
            grid.add(k);
            grid.add(-k);
        }
        return grid;
    }

    private static void add(SviSmile smile, List<Double> grid) {
        List<Knot> knots = smile.correction();
        for (int i = 1; i < knots.size(); i++) {
            double from = knots.get(i - 1).k();
            double step = (knots.get(i).k() - from) / PER_INTERVAL;
            for (int j = 0; j < PER_INTERVAL; j++) {
                grid.add(from + j * step);
            }
        }
        RawSvi svi = smile.svi();
        for (int j = -AROUND_CENTRE; j <= AROUND_CENTRE; j++) {
            grid.add(svi.m() + svi.sigma() * j / 8.0);
        }
    }

    /** Total variance and its derivatives at one k. */
    private record Point(double w, double slope, double curvature) {

        static Point of(SviSlice slice, double k) {
            SviSmile smile = slice.highest(k);
            return new Point(smile.totalVariance(k), smile.slope(k), smile.curvature(k));
        }

        Point towards(Point far, double share) {
            return new Point(
                    (1.0 - share) * w + share * far.w,
                    (1.0 - share) * slope + share * far.slope,
                    (1.0 - share) * curvature + share * far.curvature);
        }

        double durrleman(double k) {
            return Smile.durrleman(k, w, slope, curvature);
        }

        /** The risk-neutral density as a multiple of what another has where its g is one. */
        double densityOver(Point other, double k) {
            return durrleman(k)
                    * Elementary.exp(exponent(k) - other.exponent(k))
                    * Math.sqrt(other.w / w);
        }

        private double exponent(double k) {
            double d2 = -(k / w + 0.5) * Math.sqrt(w);
            return -0.5 * d2 * d2;
        }
    }
}
