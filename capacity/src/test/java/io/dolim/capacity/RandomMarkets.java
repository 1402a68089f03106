package io.dolim.capacity;

import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.market.Uncertainty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Two underlyings at one moment, drawn by a seed, with chains from a day to half a year. Prices each
 * contract once, however many pools stand on it.
 */
final class RandomMarkets {

    private static final int[] DAYS = {1, 2, 4, 9, 30, 180};
    private static final int[] STRIKES = {60, 85, 95, 100, 105, 120, 150};

    final SortedMap<Underlying, QuotableMarket> markets = new TreeMap<>();
    final SortedMap<Underlying, List<OptionContract>> chains = new TreeMap<>();
    final VectorCache pricer = new VectorCache(Pool.PRICER);

    RandomMarkets(SplittableRandom random) {
        add(Pool.BTC, 65_000 * (0.5 + random.nextDouble()), random);
        add(Pool.ETH, 2_500 * (0.5 + random.nextDouble()), random);
    }

    private void add(Underlying underlying, double spot, SplittableRandom random) {
        Skewed market =
                new Skewed(
                        underlying,
                        Pool.START_MS + random.nextInt(86_400_000 / 6),
                        spot,
                        0.3 + 0.7 * random.nextDouble(),
                        random.nextDouble(-0.15, 0.15),
                        random.nextDouble(-0.05, 0.1),
                        new Uncertainty(
                                random.nextInt(3) == 0 ? 0.0002 : 0,
                                random.nextInt(4) == 0 ? 2 : 1));
        markets.put(underlying, market);
        List<OptionContract> chain = new ArrayList<>();
        for (int days : DAYS) {
            Expiry expiry = Expiry.ofEpochMs(Pool.START_MS + days * 86_400_000L);
            for (int percent : STRIKES) {
                BigDecimal strike = BigDecimal.valueOf(Math.round(spot / 100) * percent);
                for (OptionType type : OptionType.values()) {
                    chain.add(new OptionContract(underlying, expiry, strike, type));
                }
            }
        }
        chains.put(underlying, chain);
    }

    InstrumentVectors vectors(OptionContract contract) {
        return pricer.of(
                market(contract.underlying()),
                Pool.in(Pool.SPECS, contract.underlying()),
                contract);
    }

    QuotableMarket market(Underlying underlying) {
        return Pool.in(markets, underlying);
    }

    SortedMap<Underlying, PricingMarket> frozen() {
        return new TreeMap<>(markets);
    }

    /** One volatility with a bounded skew in log-moneyness, and a carry. */
    private record Skewed(
            Underlying underlying,
            long timeMs,
            double spotUsdc,
            double vol,
            double skew,
            double carry,
            Uncertainty uncertainty)
            implements QuotableMarket {

        @Override
        public double forwardUsdc(Expiry expiry) {
            return spotUsdc * (1 + carry * expiry.yearsFrom(timeMs));
        }

        @Override
        public double discount(Expiry expiry) {
            return 1;
        }

        @Override
        public double volAnnual(Expiry expiry, double logMoneyness) {
            return vol * (1 + skew * logMoneyness / Math.sqrt(1 + logMoneyness * logMoneyness));
        }

        @Override
        public double uncertaintyVol(Expiry expiry) {
            return 0.0005;
        }
    }
}
