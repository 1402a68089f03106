package io.dolim.capacity.vector;

/**
 * Amounts of one lot that add over a book, each an exact multiple of its step.
 *
 * @param markUsdc value now, USDC
 * @param deltaCoins dV/dS, coins
 * @param gammaUsdc change of the delta's value for a 1 % move of the spot, USDC
 * @param vegaUsdc change of value for one volatility point (0.01), USDC
 * @param thetaUsdc change of value for one day by time alone, -half gamma S^2 sigma^2 / 365, USDC: its
 *     opposite is what movement gives or costs a hedger in a day
 * @param notionalUsdc coins times spot, USDC; positive
 */
public record InstrumentGreeks(
        double markUsdc,
        double deltaCoins,
        double gammaUsdc,
        double vegaUsdc,
        double thetaUsdc,
        double notionalUsdc) {

    /** Rounds each to its step. @throws IllegalArgumentException when one is NaN or out of range */
    public InstrumentGreeks {
        markUsdc = Exact.usdc("markUsdc", markUsdc);
        deltaCoins = Exact.coins("deltaCoins", deltaCoins);
        gammaUsdc = Exact.usdc("gammaUsdc", gammaUsdc);
        vegaUsdc = Exact.usdc("vegaUsdc", vegaUsdc);
        thetaUsdc = Exact.usdc("thetaUsdc", thetaUsdc);
        notionalUsdc = Exact.usdc("notionalUsdc", notionalUsdc);
    }
}
