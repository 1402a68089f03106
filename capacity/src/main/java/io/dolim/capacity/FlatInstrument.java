package io.dolim.capacity;

import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option named by its life, {@code BTC-65000-30d-C}, on a flat market: forward = spot, discount 1,
 * one volatility.
 */
record FlatInstrument(Underlying underlying, BigDecimal strike, double days, OptionType type) {

    private static final Pattern NAME =
            Pattern.compile(
                    "(BTC|ETH)-(\\d{1,9}(?:\\.\\d{1,6})?)-(\\d{1,4}(?:\\.\\d{1,6})?)d-([CP])");
    private static final Expiry EXPIRY = new Expiry(LocalDate.of(2030, 1, 1));
    private static final double MS_PER_DAY = 86_400_000;

    static FlatInstrument parse(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must read like BTC-65000-30d-C");
        }
        double days = Double.parseDouble(parts.group(3));
        if (!(days > 0 && days <= 3650)) {
            throw new IllegalArgumentException("must have a life of at most 3650 days");
        }
        return new FlatInstrument(
                new Underlying(parts.group(1)),
                new BigDecimal(parts.group(2)),
                days,
                parts.group(4).equals("C") ? OptionType.CALL : OptionType.PUT);
    }

    InstrumentVectors vectors(FullRepricing pricer) {
        ContractSpec spec =
                new ContractSpec(underlying, BigDecimal.ONE, new BigDecimal("0.01"), 1, 1_000_000);
        return pricer.of(market(), spec, new OptionContract(underlying, EXPIRY, strike, type));
    }

    private PricingMarket market() {
        boolean bitcoin = underlying.code().equals("BTC");
        return new FlatMarket(
                underlying,
                EXPIRY.epochMs() - (long) Math.rint(days * MS_PER_DAY),
                bitcoin ? 65_000 : 2_500,
                bitcoin ? 0.50 : 0.65);
    }

    private record FlatMarket(Underlying underlying, long timeMs, double spotUsdc, double volAnnual)
            implements PricingMarket {
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
    }
}
