package io.dolim.quoting.quote;

import java.util.Arrays;

/**
 * A convex, non-increasing, piecewise linear function of moneyness x = K/F that starts at (0, 1) and
 * runs flat behind its last vertex: undiscounted call prices of one expiry in units of the forward.
 */
final class Hull {

    private final double[] x;
    private final double[] c;

    private Hull(double[] x, double[] c) {
        this.x = x;
        this.c = c;
    }

    /**
     * The greatest convex non-increasing function with value 1 at 0 that is nowhere above the points.
     *
     * <p>Andrew's monotone chain: one pass over the points sorted by x, dropping each vertex that lies
     * on or above the chord of its neighbours.
     *
     * @param points rows (x, c) with x positive and c at least (1-x)+, in any order
     */
    static Hull under(double[][] points) {
        double[][] sorted = points.clone();
        Arrays.sort(
                sorted,
                (a, b) -> a[0] == b[0] ? Double.compare(a[1], b[1]) : Double.compare(a[0], b[0]));
        double[] hx = new double[sorted.length + 1];
        double[] hc = new double[sorted.length + 1];
        hc[0] = 1.0;
        int last = 0;
        for (double[] point : sorted) {
            if (point[1] >= hc[last] || point[0] == hx[last]) {
                continue;
            }
            while (last > 0 && !turnsUp(hx, hc, last, point)) {
                last--;
            }
            last++;
            hx[last] = point[0];
            hc[last] = point[1];
        }
        return new Hull(Arrays.copyOf(hx, last + 1), Arrays.copyOf(hc, last + 1));
    }

    private static boolean turnsUp(double[] hx, double[] hc, int last, double[] next) {
        double before = (hc[last] - hc[last - 1]) * (next[0] - hx[last]);
        double after = (next[1] - hc[last]) * (hx[last] - hx[last - 1]);
        return before < after;
    }

    /** The vertices behind the first one, as rows (x, c). */
    double[][] vertices() {
        double[][] rows = new double[x.length - 1][];
        for (int i = 1; i < x.length; i++) {
            rows[i - 1] = new double[] {x[i], c[i]};
        }
        return rows;
    }

    /** The function's value: the highest price that lies on or under every chord. */
    double at(double moneyness) {
        int right = firstVertexFrom(moneyness);
        return right == x.length ? c[x.length - 1] : line(right - 1, right, moneyness);
    }

    /** The least value that a convex non-increasing function through the vertices can have there. */
    double leastAt(double moneyness) {
        int right = firstVertexFrom(moneyness);
        if (right < x.length && x[right] == moneyness) {
            return c[right];
        }
        double least = Math.max(0.0, 1.0 - moneyness);
        if (right >= 2) {
            least = Math.max(least, line(right - 2, right - 1, moneyness));
        }
        if (right + 1 < x.length) {
            least = Math.max(least, line(right, right + 1, moneyness));
        } else if (right + 1 == x.length) {
            least = Math.max(least, c[right]);
        }
        return least;
    }

    /** Index of the first vertex at or behind a positive moneyness; the number of vertices when none is. */
    private int firstVertexFrom(double moneyness) {
        int found = Arrays.binarySearch(x, moneyness);
        return found >= 0 ? Math.max(1, found) : -found - 1;
    }

    private double line(int from, int to, double moneyness) {
        double slope = (c[to] - c[from]) / (x[to] - x[from]);
        return Math.fma(slope, moneyness - x[to], c[to]);
    }
}
