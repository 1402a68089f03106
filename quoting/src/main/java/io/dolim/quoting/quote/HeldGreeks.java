package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;

/**
 * What who hedges one coin of an option watches.
 *
 * @param deltaCoins held against it, coins: {@link io.dolim.quoting.market.SmileDelta}, per USDC of spot
 * @param gammaCoins change of delta per USDC of spot, coins, at a volatility that stands
 * @param vannaCoins change of delta per 1.00 of annual volatility, coins
 */
public record HeldGreeks(double deltaCoins, double gammaCoins, double vannaCoins) {

    private static final double WINDOW_MS = 1_800_000.0;

    /**
     * Of one coin on a market. Within the half hour whose average settles it, only what is not averaged
     * yet moves with spot: delta counts by the share of the window that is left, gamma by its square.
     *
     * @throws IllegalArgumentException when the market's figures make no price, or the option is over
     */
    public static HeldGreeks of(PricingMarket market, OptionContract contract) {
        LegValue one = LegValue.of(market, contract, 1.0);
        double left = Math.min(1.0, (contract.expiry().epochMs() - market.timeMs()) / WINDOW_MS);
        return new HeldGreeks(
                left * one.hedgeDeltaCoins(),
                left * left * one.greeks().gammaCoins(),
                left * one.greeks().vannaCoins());
    }
}
