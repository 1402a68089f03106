package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Expiry;

/** A market that also says how well it is known: what a quote needs beyond a mark. */
public interface QuotableMarket extends PricingMarket {

    /** How far the feed's figures may be off. */
    Uncertainty uncertainty();

    /** How far quotes lie from the fitted volatility at an expiry, annual decimal; 0 or more. */
    double uncertaintyVol(Expiry expiry);
}
