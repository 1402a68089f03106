package io.dolim.quoting.surface;

/**
 * Total implied variance {@code w(k) = sigma(k)^2 T} of one expiry over log-moneyness {@code k =
 * ln(K/F)}, both dimensionless.
 */
public interface Smile {

    /** {@code w(k)}; positive. */
    double totalVariance(double k);

    /** {@code w'(k)}. */
    double slope(double k);

    /** {@code w''(k)}. */
    double curvature(double k);

    /**
     * Durrleman's function; the risk-neutral density is {@code g(k) exp(-d2^2/2) / sqrt(2 pi w)}, so
     * that the smile is free of butterfly arbitrage where it is not negative (and calls vanish at
     * infinite strikes).
     *
     * <pre>  g(k) = (1 - k w'/(2 w))^2 - w'^2/4 (1/w + 1/4) + w''/2</pre>
     *
     * Source: Gatheral and Jacquier, Arbitrage-free SVI volatility surfaces, arXiv:1204.0646.
     */
    default double durrleman(double k) {
        return durrleman(k, totalVariance(k), slope(k), curvature(k));
    }

    /** {@link #durrleman(double)} of given w, w' and w''. */
    static double durrleman(double k, double w, double slope, double curvature) {
        double tilt = 1.0 - 0.5 * k * slope / w;
        return tilt * tilt - 0.25 * slope * slope * (1.0 / w + 0.25) + 0.5 * curvature;
    }
}
