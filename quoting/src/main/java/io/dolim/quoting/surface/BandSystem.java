package io.dolim.quoting.surface;

/** A symmetric positive definite system of seven bands, and its solution by Cholesky. */
final class BandSystem {

    private static final int WIDTH = CubicBasis.WIDTH;

    /** The diagonal and the three above it, by row. */
    private final double[][] band;

    private final double[] right;

    BandSystem(int size) {
        band = new double[size][WIDTH];
        right = new double[size];
    }

    /** A copy to which more can be added. */
    BandSystem copy() {
        BandSystem copy = new BandSystem(right.length);
        for (int i = 0; i < right.length; i++) {
            System.arraycopy(band[i], 0, copy.band[i], 0, WIDTH);
            copy.right[i] = right[i];
        }
        return copy;
    }

    /** Adds {@code weight (row c - value)^2} to what is minimised. */
    void observe(int first, double[] row, double weight, double value) {
        observe(first, row, row, weight);
        for (int i = 0; i < WIDTH; i++) {
            right[first + i] += weight * value * row[i];
        }
    }

    /** Adds {@code weight (a c)(b c)} to what is minimised. */
    void observe(int first, double[] a, double[] b, double weight) {
        for (int i = 0; i < WIDTH; i++) {
            for (int j = i; j < WIDTH; j++) {
                band[first + i][j - i] += 0.5 * weight * (a[i] * b[j] + a[j] * b[i]);
            }
        }
    }

    /** Half of what is minimised at c, less a constant. */
    double half(double[] c) {
        double sum = 0.0;
        for (int i = 0; i < c.length; i++) {
            double row = 0.5 * band[i][0] * c[i] - right[i];
            for (int d = 1; d < WIDTH && i + d < c.length; d++) {
                row += band[i][d] * c[i + d];
            }
            sum += row * c[i];
        }
        return sum;
    }

    /** Where it is least. */
    double[] solve() {
        int n = right.length;
        double[][] l = new double[n][WIDTH];
        double[] c = right.clone();
        for (int i = 0; i < n; i++) {
            for (int d = 0; d < WIDTH && i + d < n; d++) {
                double sum = band[i][d];
                for (int e = 1; e + d < WIDTH && i - e >= 0; e++) {
                    sum -= l[i - e][e] * l[i - e][e + d];
                }
                l[i][d] = d == 0 ? Math.sqrt(Math.max(sum, 1e-300)) : sum / l[i][0];
            }
            for (int e = 1; e < WIDTH && i - e >= 0; e++) {
                c[i] -= l[i - e][e] * c[i - e];
            }
            c[i] /= l[i][0];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int d = 1; d < WIDTH && i + d < n; d++) {
                c[i] -= l[i][d] * c[i + d];
            }
            c[i] /= l[i][0];
        }
        return c;
    }
}
