package io.dolim.api.feed;

import io.dolim.quoting.math.Elementary;

/**
 * The smile of one simulated expiry: SSVI with the square-root form of its power law.
 *
 * <pre>
 *  theta(T) = v T + (v0 - v) (1 - exp(-a T)) / a
 *  w(k)     = theta/2 (1 + rho phi k + sqrt((phi k + rho)^2 + 1 - rho^2)),  phi = eta / sqrt(theta (1 + theta))
 * </pre>
 *
 * Free of calendar arbitrage, as theta rises with T, and of butterflies for eta (1 + |rho|) at most
 * 2 (Gatheral and Jacquier, Arbitrage-free SVI volatility surfaces, 2014, section 4).
 *
 * @param years time to expiry, ACT/365F, positive
 * @param theta at-the-money total variance, dimensionless
 * @param rho skew, -0.7 to 0.3
 */
record SimulatedSmile(double years, double theta, double rho) {

    static final double LEAST_SKEW = -0.7;
    static final double MOST_SKEW = 0.3;

    private static final double ETA = 1.1;
    private static final double TERM_REVERSION = 6.0;

    static SimulatedSmile of(double years, double volNow, double volLong, double rho) {
        double spotVariance = volNow * volNow;
        double longVariance = volLong * volLong;
        double faded = -Elementary.expm1(-TERM_REVERSION * years) / TERM_REVERSION;
        return new SimulatedSmile(
                years, longVariance * years + (spotVariance - longVariance) * faded, rho);
    }

    /** Black volatility, annual, decimal, at k = ln(K/F). */
    double vol(double logMoneyness) {
        double phi = ETA / Math.sqrt(theta * (1 + theta));
        double x = phi * logMoneyness;
        double root = Math.sqrt((x + rho) * (x + rho) + 1 - rho * rho);
        return Math.sqrt(0.5 * theta * (1 + rho * x + root) / years);
    }

    /** Distance from the money in standard deviations. */
    double deviations(double logMoneyness) {
        return Math.abs(logMoneyness) / Math.sqrt(theta);
    }
}
