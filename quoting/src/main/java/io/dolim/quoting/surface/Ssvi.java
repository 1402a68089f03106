package io.dolim.quoting.surface;

import io.dolim.quoting.math.Elementary;

/**
 * A slice of the surface SVI of Gatheral and Jacquier with the power law.
 *
 * <pre>
 *   w(k) = theta/2 (1 + rho phi k + sqrt((phi k + rho)^2 + 1 - rho^2))
 *   phi(theta) = eta / (theta^gamma (1 + theta)^(1 - gamma))
 * </pre>
 *
 * Source: Gatheral and Jacquier, arXiv:1204.0646, theorem 4.2 for the conditions.
 *
 * @param theta at-the-money total variance; positive
 * @param rho correlation; within (-1, 1)
 * @param eta height of the power law; positive
 * @param gamma its exponent; within [0, 1]
 */
public record Ssvi(double theta, double rho, double eta, double gamma) implements Smile {

    /** Refuses parameters outside their domain, naming them. */
    public Ssvi {
        boolean inside =
                theta > 0.0 && eta > 0.0 && gamma >= 0.0 && gamma <= 1.0 && Math.abs(rho) < 1.0;
        if (!inside || !Double.isFinite(theta) || !Double.isFinite(eta)) {
            throw new IllegalArgumentException(
                    "SSVI out of domain: theta=%s rho=%s eta=%s gamma=%s"
                            .formatted(theta, rho, eta, gamma));
        }
    }

    /** {@code phi(theta)}. */
    public double phi() {
        return eta
                * Elementary.exp(
                        -gamma * Elementary.log(theta)
                                - (1.0 - gamma) * Elementary.log(1.0 + theta));
    }

    @Override
    public double totalVariance(double k) {
        double x = phi() * k;
        return 0.5 * theta * (1.0 + rho * x + root(x));
    }

    @Override
    public double slope(double k) {
        double phi = phi();
        double x = phi * k;
        return 0.5 * theta * phi * (rho + (x + rho) / root(x));
    }

    @Override
    public double curvature(double k) {
        double phi = phi();
        double root = root(phi * k);
        return 0.5 * theta * phi * phi * (1.0 - rho * rho) / (root * root * root);
    }

    /** {@code dw/dtheta} at fixed k along the power law; negative means calendar arbitrage. */
    public double slopeInTheta(double k) {
        double x = phi() * k;
        double root = root(x);
        double dLogPhi = -gamma / theta - (1.0 - gamma) / (1.0 + theta);
        return 0.5 * (1.0 + rho * x + root) + 0.5 * theta * dLogPhi * x * (rho + (x + rho) / root);
    }

    /** The first sufficient condition against butterflies: {@code theta phi (1 + |rho|) < 4}. */
    public boolean wingsWithinLee() {
        return theta * phi() * (1.0 + Math.abs(rho)) < 4.0;
    }

    /** The second sufficient condition: {@code theta phi^2 (1 + |rho|) <= 4}. */
    public boolean curvatureWithinBound() {
        double phi = phi();
        return theta * phi * phi * (1.0 + Math.abs(rho)) <= 4.0;
    }

    private double root(double x) {
        return Math.sqrt((x + rho) * (x + rho) + (1.0 - rho) * (1.0 + rho));
    }
}
