package io.dolim.quoting.surface;

/** Small symmetric positive systems, solved in a fixed order. */
final class Cholesky {

    private Cholesky() {}

    /**
     * Solves {@code A s = r} from the upper triangle of A. A pivot below {@code ridge} times its
     * diagonal entry is raised to it, so that directions the data say nothing of get no step.
     */
    static double[] solve(double[][] a, double[] r, double ridge) {
        int n = r.length;
        double[][] l = new double[n][n];
        double[] inverse = new double[n];
        double[] s = new double[n];
        for (int j = 0; j < n; j++) {
            double pivot = a[j][j];
            for (int k = 0; k < j; k++) {
                pivot -= l[j][k] * l[j][k];
            }
            pivot = Math.max(pivot, Math.max(ridge * a[j][j], Double.MIN_NORMAL));
            inverse[j] = 1.0 / Math.sqrt(pivot);
            for (int i = j + 1; i < n; i++) {
                double sum = a[j][i];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = sum * inverse[j];
            }
        }
        for (int i = 0; i < n; i++) {
            double sum = r[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i][k] * s[k];
            }
            s[i] = sum * inverse[i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = s[i];
            for (int k = i + 1; k < n; k++) {
                sum -= l[k][i] * s[k];
            }
            s[i] = sum * inverse[i];
        }
        return s;
    }
}
