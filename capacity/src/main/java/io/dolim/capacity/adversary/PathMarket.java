package io.dolim.capacity.adversary;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;

/** A moment of a market path: one volatility, no carry. */
record PathMarket(Underlying underlying, long timeMs, double spotUsdc, double volAnnual)
        implements QuotableMarket {

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
        return volAnnual;
    }

    @Override
    public Uncertainty uncertainty() {
        return Uncertainty.NONE;
    }

    @Override
    public double uncertaintyVol(Expiry expiry) {
        return 0;
    }

    /** The same market later, its spot moved by a log move. */
    PathMarket moved(long ms, double logMove) {
        return new PathMarket(
                underlying, timeMs + ms, spotUsdc * Elementary.exp(logMove), volAnnual);
    }

    PathMarket withVol(double vol) {
        return new PathMarket(underlying, timeMs, spotUsdc, vol);
    }

    /** What a package is worth to its taker, USDC: the engine's own mark. */
    double markUsdc(ContractSpec spec, OptionPackage asked) {
        double mark = 0;
        for (Leg leg : asked.legs()) {
            mark += spec.coins(leg.lots()).doubleValue() * markUsdc(leg.contract());
        }
        return mark;
    }

    private double markUsdc(OptionContract contract) {
        return Black76.price(
                contract.type(),
                spotUsdc,
                contract.strike().doubleValue(),
                Math.max(contract.expiry().yearsFrom(timeMs), 0),
                volAnnual,
                1);
    }
}
