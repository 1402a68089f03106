package io.dolim.quoting.surface;

/**
 * Weighted least squares of a raw SVI smile in total variance.
 *
 * <p>For given m and sigma the smile is linear in {@code a}, {@code d = b rho} and {@code b}
 * (Zeliade's observation), so a fixed grid of (m, sigma) with a 3x3 system each gives the start, and
 * Levenberg-Marquardt on all five parameters finishes. Every order of summation is fixed and nothing
 * is remembered between calls.
 */
final class SviLeastSquares {

    private static final double[] CENTRES = {-2.0, -1.0, -0.4, 0.0, 0.4, 1.0, 2.0};
    private static final double[] WIDTHS = {0.3, 0.8, 1.8, 4.0};
    private static final int STEPS = 30;
    private static final double MOST_RHO = 0.995;
    private static final double LEAST_SIGMA = 0.05;
    private static final double LEAST_MINIMUM = 0.02;
    private static final double MOST_CENTRE = 20.0;
    private static final double MOST_SIGMA = 50.0;
    private static final int PARAMETERS = 5;

    private final double[] x;
    private final double[] y;
    private final double[] weight;
    private final double steepest;
    private final double[][] normal = new double[PARAMETERS][PARAMETERS];
    private final double[] gradient = new double[PARAMETERS];

    /** Least squares of y over x; {@code steepest} bounds {@code b (1 + |rho|)}. */
    SviLeastSquares(double[] x, double[] y, double[] weight, double steepest) {
        this.x = x;
        this.y = y;
        this.weight = weight;
        this.steepest = steepest;
    }

    RawSvi fit() {
        double[] p = start();
        double cost = cost(p);
        double damping = 1e-3;
        for (int step = 0; step < STEPS && damping < 1e8; step++) {
            assemble(p);
            double[] next = bounded(stepped(p, damping));
            double nextCost = cost(next);
            if (nextCost < cost) {
                boolean done = cost - nextCost <= 1e-7 * cost;
                p = next;
                cost = nextCost;
                damping *= 0.2;
                if (done) {
                    break;
                }
            } else {
                damping *= 8.0;
            }
        }
        return new RawSvi(p[0], p[1], p[2], p[3], p[4]);
    }

    private double[] start() {
        double[] best = bounded(linear(CENTRES[0], WIDTHS[0]));
        double least = cost(best);
        for (double centre : CENTRES) {
            for (double width : WIDTHS) {
                double[] p = bounded(linear(centre, width));
                double cost = cost(p);
                if (cost < least) {
                    least = cost;
                    best = p;
                }
            }
        }
        return best;
    }

    /** Best (a, b rho, b) at a given centre and width, not yet bounded. */
    private double[] linear(double centre, double width) {
        double[][] a = new double[3][3];
        double[] r = new double[3];
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - centre;
            double z = Math.sqrt(d * d + width * width);
            double u = weight[i];
            a[0][0] += u;
            a[0][1] += u * d;
            a[0][2] += u * z;
            a[1][1] += u * d * d;
            a[1][2] += u * d * z;
            a[2][2] += u * z * z;
            r[0] += u * y[i];
            r[1] += u * d * y[i];
            r[2] += u * z * y[i];
        }
        double[] s = Cholesky.solve(a, r, 1e-9);
        double b = Math.max(s[2], 1e-3);
        return new double[] {s[0], b, s[1] / b, centre, width};
    }

    /** The nearest parameters within the bounds; the level follows where the wings were cut. */
    private double[] bounded(double[] p) {
        double rho = Math.max(-MOST_RHO, Math.min(MOST_RHO, p[2]));
        double b = Math.max(0.0, Math.min(p[1], steepest / (1.0 + Math.abs(rho))));
        double m = Math.max(-MOST_CENTRE, Math.min(MOST_CENTRE, p[3]));
        double sigma = Math.max(LEAST_SIGMA, Math.min(MOST_SIGMA, p[4]));
        double a = p[0];
        if (rho != p[2] || b != p[1] || m != p[3] || sigma != p[4]) {
            a = level(b, rho, m, sigma);
        }
        double least = LEAST_MINIMUM - b * sigma * Math.sqrt(1.0 - rho * rho);
        return new double[] {Math.max(a, least), b, rho, m, sigma};
    }

    private double level(double b, double rho, double m, double sigma) {
        double sum = 0.0;
        double weights = 0.0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - m;
            sum += weight[i] * (y[i] - b * (rho * d + Math.sqrt(d * d + sigma * sigma)));
            weights += weight[i];
        }
        return sum / weights;
    }

    private double cost(double[] p) {
        double sum = 0.0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - p[3];
            double e = p[0] + p[1] * (p[2] * d + Math.sqrt(d * d + p[4] * p[4])) - y[i];
            sum += weight[i] * e * e;
        }
        return sum;
    }

    private void assemble(double[] p) {
        for (int r = 0; r < PARAMETERS; r++) {
            gradient[r] = 0.0;
            java.util.Arrays.fill(normal[r], 0.0);
        }
        double[] j = new double[PARAMETERS];
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - p[3];
            double z = Math.sqrt(d * d + p[4] * p[4]);
            j[0] = 1.0;
            j[1] = p[2] * d + z;
            j[2] = p[1] * d;
            j[3] = -p[1] * (p[2] + d / z);
            j[4] = p[1] * p[4] / z;
            double e = p[0] + p[1] * j[1] - y[i];
            for (int r = 0; r < PARAMETERS; r++) {
                double u = weight[i] * j[r];
                gradient[r] += u * e;
                for (int c = r; c < PARAMETERS; c++) {
                    normal[r][c] += u * j[c];
                }
            }
        }
    }

    private double[] stepped(double[] p, double damping) {
        double[][] damped = new double[PARAMETERS][];
        for (int r = 0; r < PARAMETERS; r++) {
            damped[r] = normal[r].clone();
            damped[r][r] += damping * normal[r][r];
        }
        double[] step = Cholesky.solve(damped, gradient, 1e-12);
        double[] next = new double[PARAMETERS];
        for (int r = 0; r < PARAMETERS; r++) {
            next[r] = p[r] - step[r];
        }
        return next;
    }
}
