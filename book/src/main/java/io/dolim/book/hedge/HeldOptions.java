package io.dolim.book.hedge;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.quote.HeldGreeks;
import java.util.Map;
import java.util.SortedMap;

/** Sums what the pool's options come to for its hedger; in the contracts' order, so that bits are equal. */
public final class HeldOptions {

    private static final long MONTH_MS = 30L * 86_400_000L;

    private HeldOptions() {}

    /**
     * What a hedger reads on a market.
     *
     * @param lots the pool's, by contract, signed; what has expired is left out
     * @param capitalUsdc K
     * @param forecast annual volatility that is expected, by what it is now
     * @throws IllegalArgumentException when the market's figures make no price
     */
    static HedgeInputs on(
            PricingMarket market,
            ContractSpec spec,
            SortedMap<OptionContract, Long> lots,
            double capitalUsdc,
            Forecast forecast) {
        double coinsPerLot = spec.coinsPerLot().doubleValue();
        double delta = 0;
        double gamma = 0;
        double gross = 0;
        double vanna = 0;
        for (Map.Entry<OptionContract, Long> held : lots.entrySet()) {
            if (held.getKey().expiry().epochMs() > market.timeMs()) {
                HeldGreeks one = HeldGreeks.of(market, held.getKey());
                double coins = held.getValue() * coinsPerLot;
                delta += coins * one.deltaCoins();
                gamma += coins * one.gammaCoins();
                gross += Math.abs(coins) * one.gammaCoins();
                vanna += coins * one.vannaCoins();
            }
        }
        double vol = market.volAnnual(Expiry.ofEpochMs(market.timeMs() + MONTH_MS), 0);
        return new HedgeInputs(
                market.timeMs(),
                market.spotUsdc(),
                delta,
                gamma,
                gross,
                vanna,
                vol,
                capitalUsdc,
                forecast.of(vol));
    }

    /** Expects a volatility. */
    @FunctionalInterface
    public interface Forecast {
        /** Annual, decimal; the one that is handed in while nothing better is known. */
        double of(double volAnnual);

        /** That it stays. */
        static Forecast noChange() {
            return vol -> vol;
        }
    }
}
