package io.dolim.book.hedge;

/**
 * What a decision to hedge one underlying reads; written down with every signal.
 *
 * @param epochMs the feed's clock
 * @param spotUsdc the index, USDC per coin
 * @param optionDeltaCoins of the pool's options: what a hedger holds against them, negated
 * @param gammaCoins change of that delta per USDC of spot, coins
 * @param grossGammaCoins the same with every position counted whichever way
 * @param vannaCoins change of that delta per 1.00 of annual volatility, coins
 * @param volAnnual at the money, 30 days, decimal
 * @param capitalUsdc K of the pool
 * @param forecastVol what volatility is expected to be, annual; {@code volAnnual} while no forecast is used
 */
public record HedgeInputs(
        long epochMs,
        double spotUsdc,
        double optionDeltaCoins,
        double gammaCoins,
        double grossGammaCoins,
        double vannaCoins,
        double volAnnual,
        double capitalUsdc,
        double forecastVol) {

    /** @throws IllegalArgumentException when a figure is no number or a price is not positive */
    public HedgeInputs {
        boolean known =
                Double.isFinite(optionDeltaCoins + gammaCoins + grossGammaCoins + vannaCoins)
                        && Double.isFinite(capitalUsdc)
                        && spotUsdc > 0
                        && spotUsdc < Double.POSITIVE_INFINITY
                        && volAnnual > 0
                        && forecastVol > 0;
        if (!known) {
            throw new IllegalArgumentException(
                    "spotUsdc="
                            + spotUsdc
                            + " optionDeltaCoins="
                            + optionDeltaCoins
                            + " volAnnual="
                            + volAnnual
                            + " must be numbers, prices positive");
        }
    }
}
