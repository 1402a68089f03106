package io.dolim.quoting.surface;

/**
 * Gatheral's raw stochastic-volatility-inspired smile.
 *
 * <pre>  w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + sigma^2))</pre>
 *
 * Source: Gatheral and Jacquier, arXiv:1204.0646. A flat smile is {@code b = 0}.
 *
 * @param a level of total variance; may be negative as long as the minimum is positive
 * @param b how steep the wings are; at least 0
 * @param rho tilt; within (-1, 1)
 * @param m where the hyperbola is centred, in log-moneyness
 * @param sigma how round it is there, in log-moneyness; positive
 */
public record RawSvi(double a, double b, double rho, double m, double sigma) implements Smile {

    /** Refuses parameters outside their domain, naming them. */
    public RawSvi {
        boolean finite =
                Double.isFinite(a)
                        && Double.isFinite(b)
                        && Double.isFinite(m)
                        && Double.isFinite(sigma);
        if (!finite || !(b >= 0.0) || !(Math.abs(rho) < 1.0) || !(sigma > 0.0)) {
            throw new IllegalArgumentException(
                    "raw SVI out of domain: a=%s b=%s rho=%s m=%s sigma=%s"
                            .formatted(a, b, rho, m, sigma));
        }
    }

    /** The same volatility at every strike. */
    public static RawSvi flat(double totalVariance) {
        return new RawSvi(totalVariance, 0.0, 0.0, 0.0, 1.0);
    }

    @Override
    public double totalVariance(double k) {
        double x = k - m;
        return a + b * (rho * x + Math.sqrt(x * x + sigma * sigma));
    }

    @Override
    public double slope(double k) {
        double x = k - m;
        return b * (rho + x / Math.sqrt(x * x + sigma * sigma));
    }

    @Override
    public double curvature(double k) {
        double x = k - m;
        double square = x * x + sigma * sigma;
        return b * sigma * sigma / (square * Math.sqrt(square));
    }

    /** The least total variance, {@code a + b sigma sqrt(1 - rho^2)}. */
    public double minimum() {
        return a + b * sigma * Math.sqrt((1.0 - rho) * (1.0 + rho));
    }

    /** The steeper asymptotic slope {@code b (1 + |rho|)}; Lee's moment formula asks for less than 2. */
    public double steepestWing() {
        return b * (1.0 + Math.abs(rho));
    }
}
