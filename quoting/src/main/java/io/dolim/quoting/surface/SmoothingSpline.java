package io.dolim.quoting.surface;

/**
 * Reinsch's natural cubic smoothing spline: the f that minimises {@code sum u_i (y_i - f(x_i))^2 +
 * lambda integral f''^2}, found from the band system for its second derivatives in O(n).
 *
 * <p>Source: Green and Silverman, Nonparametric Regression and Generalized Linear Models, 1994,
 * section 2.3.
 */
final class SmoothingSpline {

    final double[] value;
    final double[] curvature;

    /** At least three x in rising order, all weights positive. */
    SmoothingSpline(double[] x, double[] y, double[] weight, double lambda) {
        int n = x.length;
        int rows = n - 2;
        double[] h = new double[n - 1];
        for (int i = 0; i < n - 1; i++) {
            h[i] = x[i + 1] - x[i];
        }
        double[] diagonal = new double[rows];
        double[] first = new double[rows];
        double[] second = new double[rows];
        double[] right = new double[rows];
        for (int j = 0; j < rows; j++) {
            double left = 1.0 / h[j];
            double next = 1.0 / h[j + 1];
            double middle = -left - next;
            right[j] = (y[j + 2] - y[j + 1]) * next - (y[j + 1] - y[j]) * left;
            diagonal[j] =
                    (h[j] + h[j + 1]) / 3.0
                            + lambda
                                    * (left * left / weight[j]
                                            + middle * middle / weight[j + 1]
                                            + next * next / weight[j + 2]);
            if (j + 1 < rows) {
                double beyond = -next - 1.0 / h[j + 2];
                first[j] =
                        h[j + 1] / 6.0
                                + lambda
                                        * (middle * next / weight[j + 1]
                                                + next * beyond / weight[j + 2]);
            }
            if (j + 2 < rows) {
                second[j] = lambda * next / (weight[j + 2] * h[j + 2]);
            }
        }
        solve(diagonal, first, second, right);
        curvature = new double[n];
        System.arraycopy(right, 0, curvature, 1, rows);
        value = new double[n];
        for (int i = 0; i < n; i++) {
            double bend = 0.0;
            if (i < n - 1) {
                bend += (curvature[i + 1] - curvature[i]) / h[i];
            }
            if (i > 0) {
                bend -= (curvature[i] - curvature[i - 1]) / h[i - 1];
            }
            value[i] = y[i] - lambda / weight[i] * bend;
        }
    }

    /** Solves the symmetric system of five bands in place. */
    private static void solve(double[] d, double[] e, double[] f, double[] r) {
        int n = d.length;
        for (int j = 0; j < n; j++) {
            double first = e[j] / d[j];
            double second = f[j] / d[j];
            if (j + 1 < n) {
                d[j + 1] -= first * e[j];
                e[j + 1] -= first * f[j];
                r[j + 1] -= first * r[j];
            }
            if (j + 2 < n) {
                d[j + 2] -= second * f[j];
                r[j + 2] -= second * r[j];
            }
            e[j] = first;
            f[j] = second;
            r[j] /= d[j];
        }
        for (int j = n - 2; j >= 0; j--) {
            r[j] -= e[j] * r[j + 1];
            if (j + 2 < n) {
                r[j] -= f[j] * r[j + 2];
            }
        }
    }
}
