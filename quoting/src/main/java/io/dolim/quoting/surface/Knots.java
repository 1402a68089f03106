package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The abscissae of a slice's correction, what it should be there, and how much that matters, in the
 * units of {@link SmileQuotes}.
 */
final class Knots {

    /** Weight of bending, in squared relative volatility, against missing the quotes. */
    private static final double SMOOTHNESS = 1e-5;

    /** What remains of a weight when its point takes part in a butterfly. */
    private static final double RELIEF = 0.5;

    private final RawSvi base;
    private final double scale;
    private final double[] x;
    private final double[] y;
    private final double[] full;
    private final double[] trust;

    Knots(SmileQuotes quotes, RawSvi base) {
        this.base = base;
        this.scale = quotes.scale;
        this.x = quotes.x.clone();
        this.y = quotes.y.clone();
        this.full = quotes.trust.clone();
        this.trust = quotes.trust.clone();
    }

    int size() {
        return x.length;
    }

    /** Takes weight from the points within {@code reach} on either side of each violation. */
    void relieve(List<Double> violations, int reach) {
        boolean[] relieved = new boolean[x.length];
        for (double k : violations) {
            int found = Arrays.binarySearch(x, k / scale);
            int i = found >= 0 ? found : -found - 1;
            for (int j = Math.max(0, i - reach); j < Math.min(x.length, i + reach); j++) {
                relieved[j] = true;
            }
        }
        for (int j = 0; j < x.length; j++) {
            if (relieved[j]) {
                trust[j] *= RELIEF;
            }
        }
    }

    /** Whether a point weighs less than its quote does. */
    boolean changed() {
        return !Arrays.equals(trust, full);
    }

    /** Gives back part of the weight that a point has lost; false where it has lost none. */
    boolean restore(int i, double share) {
        if (trust[i] >= full[i]) {
            return false;
        }
        trust[i] = Math.min(full[i], trust[i] * share);
        return true;
    }

    /** The weight of a point. */
    double trust(int i) {
        return trust[i];
    }

    /** Sets the weight of a point. */
    void trust(int i, double value) {
        trust[i] = value;
    }

    /** The natural spline, its height scaled by {@code share}, in log-moneyness and total variance. */
    List<Knot> spline(double share) {
        int n = x.length;
        double[] residual = new double[n];
        double[] weight = new double[n];
        for (int i = 0; i < n; i++) {
            residual[i] = y[i] - base.totalVariance(x[i]);
            weight[i] = trust[i] / (4.0 * y[i]);
        }
        SmoothingSpline spline = new SmoothingSpline(x, residual, weight, SMOOTHNESS);
        List<Knot> knots = new ArrayList<>(n);
        double square = scale * scale;
        for (int i = 0; i < n; i++) {
            double curvature = i == 0 || i == n - 1 ? 0.0 : spline.curvature[i];
            knots.add(new Knot(x[i] * scale, share * spline.value[i] * square, share * curvature));
        }
        return knots;
    }
}
