package io.dolim.quoting.pricing;

/**
 * A weighted sum of Black prices of one log-moneyness, and the total variance at which an option costs as much. The out-of-the-money
 * option is meant, as a share of min(F,K), so that no digit is lost in the wings; by parity the other is the same sum.
 *
 * @param distance ln(max(F,K) / min(F,K))
 * @param share the sum of the weighted prices
 * @param missing the sum of what each lacks to 1, weighted: in far wings of great variance the share itself has no digits left
 */
public record BlendedPrice(double distance, double share, double missing) {

    /**
     * Of nothing yet.
     *
     * @param logMoneyness {@code ln(K/F)}
     */
    public static BlendedPrice at(double logMoneyness) {
        return new BlendedPrice(Math.abs(logMoneyness), 0.0, 0.0);
    }

    /**
     * With another price.
     *
     * @param weight not negative; all weights together are one
     * @param totalVariance positive
     */
    public BlendedPrice plus(double weight, double totalVariance) {
        BlackShare black = BlackShare.at(distance, Math.sqrt(totalVariance));
        return new BlendedPrice(
                distance,
                Math.fma(weight, black.share(), share),
                Math.fma(weight, black.missing(), missing));
    }

    /**
     * Total variance of the whole.
     *
     * @param otherwise what is answered where the price is below the smallest normal double and tells nothing
     */
    public double totalVarianceOr(double otherwise) {
        if (!(share >= Double.MIN_NORMAL && missing >= Double.MIN_NORMAL)) {
            return otherwise;
        }
        double deviation = ImpliedDeviation.solve(distance, share, missing);
        return deviation * deviation;
    }
}
