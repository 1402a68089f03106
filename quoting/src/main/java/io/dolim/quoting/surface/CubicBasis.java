package io.dolim.quoting.surface;

/**
 * The natural cubic splines over given knots as sums of B-splines, of which at most four are not
 * zero anywhere: least squares in their coefficients have a system of seven bands. The two
 * coefficients that the vanishing curvature at both ends decides are folded into their neighbours.
 *
 * <p>Source: de Boor, A Practical Guide to Splines, 1978, chapters IX and X.
 */
final class CubicBasis {

    /** How many functions are not zero in an interval. */
    static final int WIDTH = 4;

    private static final int DEGREE = 3;

    /**
     * What a spline is at a point: the sum over {@code i} of {@code c[first + i]} times the weight
     * of the order of derivative wanted.
     */
    static final class Row {

        private final int first;
        private final double[][] weights;

        /** Of the first coefficient, and the weights by order of derivative, 0 to 2, and function. */
        Row(int first, double[][] weights) {
            this.first = first;
            this.weights = weights;
        }

        int first() {
            return first;
        }

        double[][] weights() {
            return weights;
        }

        /** The spline's derivative of the given order. */
        double of(double[] c, int order) {
            double sum = 0.0;
            for (int i = 0; i < WIDTH; i++) {
                sum += weights[order][i] * c[first + i];
            }
            return sum;
        }
    }

    private final double[] knots;
    private final double[] padded;
    private final double[] leftFold;
    private final double[] rightFold;

    /** At least four knots, rising. */
    CubicBasis(double[] knots) {
        this.knots = knots;
        int n = knots.length;
        this.padded = new double[n + 2 * DEGREE];
        for (int i = 0; i < padded.length; i++) {
            padded[i] = knots[Math.max(0, Math.min(n - 1, i - DEGREE))];
        }
        double[] left = raw(knots[0], 0)[2];
        this.leftFold = new double[] {-left[1] / left[0], -left[2] / left[0]};
        double[] right = raw(knots[n - 1], n - 2)[2];
        this.rightFold = new double[] {-right[1] / right[3], -right[2] / right[3]};
    }

    /** How many coefficients are free: one a knot. */
    int size() {
        return knots.length;
    }

    /** The functions at x in the interval right of the knot {@code i}. */
    Row row(double x, int i) {
        double[][] weights = raw(x, i);
        // unfolded coefficients i .. i + 3 of n + 2; those kept are 1 .. n, named from 0
        int first = Math.max(0, Math.min(i - 1, size() - WIDTH));
        double[][] folded = new double[3][WIDTH];
        for (int order = 0; order < 3; order++) {
            for (int j = 0; j < WIDTH; j++) {
                add(folded[order], i + j - 1, first, weights[order][j]);
            }
        }
        return new Row(first, folded);
    }

    private void add(double[] row, int kept, int first, double weight) {
        if (weight == 0.0) {
            return;
        }
        if (kept < 0) {
            row[-first] += leftFold[0] * weight;
            row[1 - first] += leftFold[1] * weight;
        } else if (kept >= size()) {
            row[size() - 2 - first] += rightFold[0] * weight;
            row[size() - 1 - first] += rightFold[1] * weight;
        } else {
            row[kept - first] += weight;
        }
    }

    /** Values and two derivatives of the four B-splines of interval {@code i}. */
    private double[][] raw(double x, int i) {
        double[][] found = new double[3][WIDTH];
        double[] one = ofDegree(x, i, 1);
        double[] two = ofDegree(x, i, 2);
        found[0] = ofDegree(x, i, 3);
        found[1] = differences(two, i, 3);
        found[2] = differences(differences(one, i, 2), i, 3);
        return found;
    }

    /** The B-splines of a degree, right-aligned in four places. */
    private double[] ofDegree(double x, int i, int degree) {
        double[] b = new double[WIDTH];
        b[DEGREE] = 1.0;
        for (int d = 1; d <= degree; d++) {
            double[] next = new double[WIDTH];
            for (int j = DEGREE - d; j <= DEGREE; j++) {
                int from = i + j;
                if (j > DEGREE - d) {
                    next[j] += (x - padded[from]) / (padded[from + d] - padded[from]) * b[j];
                }
                if (j < DEGREE) {
                    double width = padded[from + d + 1] - padded[from + 1];
                    next[j] += (padded[from + d + 1] - x) / width * b[j + 1];
                }
            }
            b = next;
        }
        return b;
    }

    /** From functions of one degree less to a derivative of those of {@code degree}. */
    private double[] differences(double[] lower, int i, int degree) {
        double[] found = new double[WIDTH];
        for (int j = DEGREE - degree; j <= DEGREE; j++) {
            int from = i + j;
            if (j > DEGREE - degree) {
                found[j] += degree / (padded[from + degree] - padded[from]) * lower[j];
            }
            if (j < DEGREE) {
                found[j] -= degree / (padded[from + degree + 1] - padded[from + 1]) * lower[j + 1];
            }
        }
        return found;
    }
}
