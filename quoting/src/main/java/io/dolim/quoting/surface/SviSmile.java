package io.dolim.quoting.surface;

import java.util.List;

/**
 * Raw SVI plus a small natural cubic spline that carries what five parameters cannot. Beyond the
 * spline's outermost knots total variance goes on along its tangent; without a spline the wings are
 * those of raw SVI.
 *
 * @param svi the five parameters
 * @param correction knots in rising k, none or at least two
 */
public record SviSmile(RawSvi svi, List<Knot> correction) implements Smile {

    /** Refuses knots out of order and ends with curvature. */
    public SviSmile {
        correction = List.copyOf(correction);
        if (correction.size() == 1) {
            throw new IllegalArgumentException("correction of one knot");
        }
        if (!correction.isEmpty()
                && (correction.getFirst().curvature() != 0.0
                        || correction.getLast().curvature() != 0.0)) {
            throw new IllegalArgumentException("a natural spline has no curvature at its ends");
        }
        for (int i = 1; i < correction.size(); i++) {
            if (!(correction.get(i - 1).k() < correction.get(i).k())) {
                throw new IllegalArgumentException("knots out of order at " + i);
            }
        }
    }

    /** The same volatility at every strike. */
    public static SviSmile flat(double totalVariance) {
        return new SviSmile(RawSvi.flat(totalVariance), List.of());
    }

    @Override
    public double totalVariance(double k) {
        if (correction.isEmpty()) {
            return svi.totalVariance(k);
        }
        double end = nearestWithin(k);
        double w = svi.totalVariance(end) + spline(end, 0);
        return end == k ? w : w + slope(end) * (k - end);
    }

    @Override
    public double slope(double k) {
        if (correction.isEmpty()) {
            return svi.slope(k);
        }
        double end = nearestWithin(k);
        return svi.slope(end) + spline(end, 1);
    }

    @Override
    public double curvature(double k) {
        if (correction.isEmpty()) {
            return svi.curvature(k);
        }
        return nearestWithin(k) == k ? svi.curvature(k) + spline(k, 2) : 0.0;
    }

    /** The slope of total variance at large k. */
    public double rightWing() {
        return correction.isEmpty() ? svi.b() * (svi.rho() + 1.0) : slope(correction.getLast().k());
    }

    /** The slope of total variance at small k; negative where variance rises there. */
    public double leftWing() {
        return correction.isEmpty()
                ? svi.b() * (svi.rho() - 1.0)
                : slope(correction.getFirst().k());
    }

    private double nearestWithin(double k) {
        return Math.max(correction.getFirst().k(), Math.min(correction.getLast().k(), k));
    }

    /** The spline or its derivative of the given order, between its outermost knots. */
    private double spline(double k, int order) {
        int i = interval(k);
        Knot left = correction.get(i);
        Knot right = correction.get(i + 1);
        double h = right.k() - left.k();
        double t = (k - left.k()) / h;
        double u = 1.0 - t;
        return switch (order) {
            case 0 ->
                    u * left.value()
                            + t * right.value()
                            - h
                                    * h
                                    / 6.0
                                    * t
                                    * u
                                    * ((1.0 + u) * left.curvature()
                                            + (1.0 + t) * right.curvature());
            case 1 ->
                    (right.value() - left.value()) / h
                            + h
                                    / 6.0
                                    * ((3.0 * t * t - 1.0) * right.curvature()
                                            - (3.0 * u * u - 1.0) * left.curvature());
            default -> u * left.curvature() + t * right.curvature();
        };
    }

    /** The index of the knot left of k, at most the last but one. */
    private int interval(double k) {
        int low = 0;
        int high = correction.size() - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (correction.get(middle).k() <= k) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
