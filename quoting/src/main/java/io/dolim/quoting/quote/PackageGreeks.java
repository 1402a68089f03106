package io.dolim.quoting.quote;

/**
 * Black-76 sensitivities of a whole package, signed from the taker, at a fixed volatility per leg.
 *
 * @param deltaCoins USDC per USDC of spot, in coins
 * @param gammaCoins change of delta per USDC of spot, coins per USDC
 * @param vegaUsdc USDC per 1.00 of annual volatility
 * @param thetaUsdc USDC per year that passes
 * @param rhoUsdc USDC per 1.00 of annual rate, at a fixed spot: the forward rises with the rate
 * @param vannaCoins change of delta per 1.00 of annual volatility, coins
 * @param volgaUsdc change of vega per 1.00 of annual volatility, USDC
 */
public record PackageGreeks(
        double deltaCoins,
        double gammaCoins,
        double vegaUsdc,
        double thetaUsdc,
        double rhoUsdc,
        double vannaCoins,
        double volgaUsdc) {

    /** Nothing. */
    public static final PackageGreeks ZERO = new PackageGreeks(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);

    /** Sum. */
    public PackageGreeks plus(PackageGreeks other) {
        return new PackageGreeks(
                deltaCoins + other.deltaCoins,
                gammaCoins + other.gammaCoins,
                vegaUsdc + other.vegaUsdc,
                thetaUsdc + other.thetaUsdc,
                rhoUsdc + other.rhoUsdc,
                vannaCoins + other.vannaCoins,
                volgaUsdc + other.volgaUsdc);
    }
}
