package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.market.Uncertainty;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/** Input of the tests: one volatility, forwards and discounts that are linear in time. */
record FlatMarket(
        long timeMs,
        double spotUsdc,
        double vol,
        double carry,
        double rate,
        Uncertainty uncertainty,
        OptionalDouble fundingAnnual)
        implements QuotableMarket {

    static final Underlying BTC = new Underlying("BTC");
    static final long NOON = Expiry.parse("1MAR26").epochMs() + 4 * 3_600_000L;

    FlatMarket(
            long timeMs,
            double spotUsdc,
            double vol,
            double carry,
            double rate,
            Uncertainty uncertainty) {
        this(timeMs, spotUsdc, vol, carry, rate, uncertainty, OptionalDouble.empty());
    }

    static FlatMarket of(double spot, double vol) {
        return new FlatMarket(NOON, spot, vol, 0.05, 0.04, Uncertainty.NONE);
    }

    static OptionContract contract(int days, long strike, OptionType type) {
        return new OptionContract(
                BTC, Expiry.ofEpochMs(NOON + days * 86_400_000L), BigDecimal.valueOf(strike), type);
    }

    @Override
    public Underlying underlying() {
        return BTC;
    }

    @Override
    public double forwardUsdc(Expiry expiry) {
        return spotUsdc * (1.0 + carry * expiry.yearsFrom(timeMs));
    }

    @Override
    public double discount(Expiry expiry) {
        return 1.0 / (1.0 + rate * expiry.yearsFrom(timeMs));
    }

    @Override
    public double volAnnual(Expiry expiry, double logMoneyness) {
        return vol;
    }

    @Override
    public double uncertaintyVol(Expiry expiry) {
        return 0.0;
    }
}
