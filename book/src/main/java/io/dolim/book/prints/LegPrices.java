package io.dolim.book.prints;

import java.util.Arrays;

/**
 * What the legs of a package are printed at, when only the package has a price.
 *
 * <pre>  p_i = m_i (1 + r) bought,  m_i (1 - r) sold,   r = (P - sum q_i m_i) / sum |q_i| m_i</pre>
 *
 * <p>P the package's price, q_i the signed coins, m_i the marks: what the package costs beyond its marks
 * falls on its legs by their worth, and the printed prices add up to P. Where r is more than 1 either way,
 * a sold leg would be printed below nothing: then the bought legs take all of it. Legs without worth share
 * by their coins.
 */
final class LegPrices {

    private LegPrices() {}

    /**
     * Prices of the legs, USDC per coin, not below 0.
     *
     * @param marks USDC per coin
     * @param coins signed from the taker
     * @param paidUsdc what the taker pays for the package, signed
     */
    static double[] of(double[] marks, double[] coins, double paidUsdc) {
        double beyond = paidUsdc;
        double worth = 0.0;
        double bought = 0.0;
        double quantity = 0.0;
        for (int i = 0; i < marks.length; i++) {
            beyond -= coins[i] * marks[i];
            worth += Math.abs(coins[i]) * marks[i];
            bought += Math.max(coins[i], 0.0) * marks[i];
            quantity += Math.abs(coins[i]);
        }
        if (Math.abs(beyond) <= worth) {
            return shifted(marks, coins, beyond / worth, beyond / worth);
        }
        if (bought > 0.0 && beyond > 0.0) {
            return shifted(marks, coins, beyond / bought, 0.0);
        }
        double each = beyond / quantity;
        double[] prices = Arrays.copyOf(marks, marks.length);
        for (int i = 0; i < prices.length; i++) {
            prices[i] = Math.max(0.0, prices[i] + Math.signum(coins[i]) * each);
        }
        return prices;
    }

    private static double[] shifted(
            double[] marks, double[] coins, double onBought, double onSold) {
        double[] prices = new double[marks.length];
        for (int i = 0; i < prices.length; i++) {
            prices[i] = marks[i] * (coins[i] > 0 ? 1.0 + onBought : 1.0 - onSold);
        }
        return prices;
    }
}
