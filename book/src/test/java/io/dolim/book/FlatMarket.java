package io.dolim.book;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;

/** A market with one volatility and no carry. */
record FlatMarket(Underlying underlying, long timeMs, double spotUsdc) implements PricingMarket {

    @Override
    public double forwardUsdc(Expiry expiry) {
        return spotUsdc;
    }

    @Override
    public double discount(Expiry expiry) {
        return 1;
    }

    @Override
    public double volAnnual(Expiry expiry, double logMoneyness) {
        return 0.5;
    }
}
