package io.dolim.quoting.market;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.pricing.Greeks;

/**
 * The delta of who hedges a market whose volatility stays at equal k = ln(K/F) while its forward moves
 * with spot, as {@link MarketSnapshot} has it.
 *
 * <pre>  dV/dF = DF N(d1) - vega sigma'(k) / F      dV/dS = (F / S) dV/dF</pre>
 *
 * for a call; k falls by dF/F when the forward rises by dF. The slope of the smile is a central
 * difference over {@value #STEP} of log-moneyness on each side. Derived here; tested against the
 * difference of whole revaluations.
 */
public final class SmileDelta {

    private static final double STEP = 0x1p-10;

    private SmileDelta() {}

    /**
     * dV/dF of one coin's option; the caller turns it to spot by F/S.
     *
     * @param logMoneyness k, of the contract's strike
     * @param greeks of one coin at the smile's volatility
     */
    public static double perForward(
            PricingMarket market,
            OptionContract contract,
            double forwardUsdc,
            double logMoneyness,
            Greeks greeks) {
        double rise =
                market.volAnnual(contract.expiry(), logMoneyness + STEP)
                        - market.volAnnual(contract.expiry(), logMoneyness - STEP);
        double smile = -greeks.vega() * (rise / (2 * STEP)) / forwardUsdc;
        return greeks.delta() + smile;
    }
}
