package io.dolim.capacity.vector;

import io.dolim.quoting.math.Elementary;

/**
 * An option on one coin at one state of the market, undiscounted, after Black (1976):
 *
 * <pre>
 *   theta (F N(theta d1) - K N(theta d2)),  d1 = (ln(F/K) + v/2) / sqrt(v),  d2 = d1 - sqrt(v)
 * </pre>
 *
 * @param valueUsdc price per coin; at v = 0 the intrinsic value
 * @param forwardDelta theta N(theta d1), the derivative by the forward; at v = 0 that of the intrinsic
 * @param d1 the formula's; at v = 0 infinite or, at the money, 0
 */
record OptionState(double valueUsdc, double forwardDelta, double d1) {

    /**
     * Prices.
     *
     * @param sign theta, +1 for a call, -1 for a put
     * @param forwardUsdc F, positive
     * @param strikeUsdc K, positive
     * @param logMoneyness ln(K/F)
     * @param totalVariance v, at least 0
     */
    static OptionState of(
            int sign,
            double forwardUsdc,
            double strikeUsdc,
            double logMoneyness,
            double totalVariance) {
        if (totalVariance <= 0) {
            return intrinsic(sign, forwardUsdc, strikeUsdc);
        }
        double deviation = Math.sqrt(totalVariance);
        double d1 = (0.5 * totalVariance - logMoneyness) / deviation;
        double n1 = Elementary.normalCdf(sign * d1);
        double n2 = Elementary.normalCdf(sign * (d1 - deviation));
        double value = sign * (forwardUsdc * n1 - strikeUsdc * n2);
        return new OptionState(Math.max(value, 0), sign * n1, d1);
    }

    private static OptionState intrinsic(int sign, double forwardUsdc, double strikeUsdc) {
        double inTheMoney = sign * (forwardUsdc - strikeUsdc);
        double d1 =
                inTheMoney == 0 ? 0 : sign * Math.copySign(Double.POSITIVE_INFINITY, inTheMoney);
        return new OptionState(Math.max(inTheMoney, 0), inTheMoney > 0 ? sign : 0, d1);
    }
}
