package io.dolim.quoting.surface;

import static io.dolim.quoting.math.ElementaryLanes.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link SviSmile#totalVariance} at many log-moneynesses that fall: the operations of the scalar path in
 * their order, so the same bits on every width of lanes.
 *
 * <p>Falling, because then each interval between two knots is one run: it is looked up once, and its
 * numbers are constants of a loop. A run's last lanes reach into the next one, which is written after
 * it; hence the room at the end.
 */
final class SmileLanes {

    private static final int LANES = SPECIES.length();

    /** How much longer than the numbers asked for an array must be. */
    static final int ROOM = 16;

    private SmileLanes() {}

    /**
     * Total variances of the first {@code count} log-moneynesses, none above the one before it.
     *
     * @param k finite; room for {@link #ROOM} more, which are read and mean nothing
     * @param w takes the total variances; room for as many more, which become meaningless
     */
    static void totalVariances(SviSmile smile, double[] k, int count, double[] w) {
        if (smile.correction().isEmpty()) {
            raw(smile.svi(), k, 0, count, w);
            return;
        }
        double first = smile.correction().getFirst().k();
        double last = smile.correction().getLast().k();
        int from = 0;
        while (from < count && k[from] > last) {
            from++;
        }
        tangent(smile, last, k, 0, from, w);
        for (int i = smile.correction().size() - 2; i >= 0 && from < count; i--) {
            double left = i == 0 ? first : smile.correction().get(i).k();
            int to = from;
            while (to < count && k[to] >= left) {
                to++;
            }
            if (to > from) {
                spline(
                        smile.svi(),
                        smile.correction().get(i),
                        smile.correction().get(i + 1),
                        k,
                        from,
                        to,
                        w);
            }
            from = to;
        }
        tangent(smile, first, k, from, count, w);
    }

    /** @throws IllegalArgumentException when a number is none, infinite or above the one before it */
    static void requireFalling(double[] k, int count) {
        boolean falling = count == 0 || (Double.isFinite(k[0]) && Double.isFinite(k[count - 1]));
        int i = 1;
        for (; i + LANES <= count; i += LANES) {
            falling &=
                    DoubleVector.fromArray(SPECIES, k, i)
                            .compare(VectorOperators.LE, DoubleVector.fromArray(SPECIES, k, i - 1))
                            .allTrue();
        }
        for (; i < count; i++) {
            falling &= k[i] <= k[i - 1];
        }
        for (i = 0; !falling && i < count; i++) {
            if (!Double.isFinite(k[i]) || (i > 0 && k[i] > k[i - 1])) {
                throw new IllegalArgumentException(
                        "k[%d]=%s must be finite and not rise".formatted(i, k[i]));
            }
        }
    }

    /** From total variances to annual volatilities, in place. */
    static void volsAnnual(double[] w, int count, double years) {
        for (int i = 0; i < count; i += LANES) {
            DoubleVector.fromArray(SPECIES, w, i).div(years).sqrt().intoArray(w, i);
        }
    }

    private static void raw(RawSvi svi, double[] k, int from, int to, double[] w) {
        for (int i = from; i < to; i += LANES) {
            svi(svi, DoubleVector.fromArray(SPECIES, k, i)).intoArray(w, i);
        }
    }

    private static DoubleVector svi(RawSvi svi, DoubleVector k) {
        DoubleVector x = k.sub(svi.m());
        DoubleVector root = x.mul(x).add(svi.sigma() * svi.sigma()).sqrt();
        return x.mul(svi.rho()).add(root).mul(svi.b()).add(svi.a());
    }

    private static void tangent(
            SviSmile smile, double end, double[] k, int from, int to, double[] w) {
        if (from == to) {
            return;
        }
        double at = smile.totalVariance(end);
        double slope = smile.slope(end);
        for (int i = from; i < to; i += LANES) {
            DoubleVector.fromArray(SPECIES, k, i).sub(end).mul(slope).add(at).intoArray(w, i);
        }
    }

    private static void spline(
            RawSvi svi, Knot left, Knot right, double[] k, int from, int to, double[] w) {
        double h = right.k() - left.k();
        double sixth = h * h / 6.0;
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        for (int i = from; i < to; i += LANES) {
            DoubleVector at = DoubleVector.fromArray(SPECIES, k, i);
            DoubleVector t = at.sub(left.k()).div(h);
            DoubleVector u = one.sub(t);
            DoubleVector straight = u.mul(left.value()).add(t.mul(right.value()));
            DoubleVector bent =
                    one.add(u).mul(left.curvature()).add(one.add(t).mul(right.curvature()));
            DoubleVector spline = straight.sub(t.mul(sixth).mul(u).mul(bent));
            svi(svi, at).add(spline).intoArray(w, i);
        }
    }
}
