package io.dolim.quoting.quote;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.pricing.Black76;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PackageGreeksTest {

    private static final double BUMP = 1e-4;

    /**
     * Deribit's ticker of 2019-04-24, as knowm/XChange keeps it in xchange-deribit's
     * example-ticker.json (MIT). The volatility there is rounded to a hundredth of a point.
     */
    @Test
    void greeksAreDeribitsOwnOnItsMark() {
        FlatMarket market =
                new FlatMarket(1_556_125_162_701L, 5_433.06, 0.6848, 0, 0, Uncertainty.NONE);
        OptionContract put =
                new OptionContract(
                        FlatMarket.BTC,
                        Expiry.parse("3MAY19"),
                        new BigDecimal("5000"),
                        OptionType.PUT);
        LegValue coin = LegValue.of(market, put, 1.0);
        assertAll(
                () -> assertEquals(0.01236567 * 5_433.06, coin.markUsdc(), 0.02),
                () -> assertEquals(-0.19998, coin.greeks().deltaCoins(), 3e-5),
                () -> assertEquals(0.00049, coin.greeks().gammaCoins(), 5e-6),
                () -> assertEquals(2.33814, coin.greeks().vegaUsdc() / 100, 5e-4),
                () -> assertEquals(-9.2813, coin.greeks().thetaUsdc() / 365, 5e-3),
                () -> assertEquals(-0.27264, coin.greeks().rhoUsdc() / 100, 5e-5));
    }

    @Test
    void rhoVannaAndVolgaAreTheDifferencesOfPriceDeltaAndVega() {
        for (OptionType type : OptionType.values()) {
            OptionContract contract = FlatMarket.contract(45, 70_000, type);
            PackageGreeks greeks = LegValue.of(at(0.6), contract, -3.0).greeks();
            PackageGreeks above = LegValue.of(at(0.6 + BUMP), contract, -3.0).greeks();
            PackageGreeks below = LegValue.of(at(0.6 - BUMP), contract, -3.0).greeks();
            double vanna = (above.deltaCoins() - below.deltaCoins()) / (2 * BUMP);
            double volga = (above.vegaUsdc() - below.vegaUsdc()) / (2 * BUMP);
            double rho = -3.0 * (atRate(contract, BUMP) - atRate(contract, -BUMP)) / (2 * BUMP);
            assertAll(
                    () -> assertEquals(vanna, greeks.vannaCoins(), 1e-5 * Math.abs(vanna)),
                    () -> assertEquals(volga, greeks.volgaUsdc(), 1e-5 * Math.abs(volga)),
                    () -> assertEquals(rho, greeks.rhoUsdc(), 1e-5 * Math.abs(rho)));
        }
    }

    private static FlatMarket at(double vol) {
        return FlatMarket.of(65_000, vol);
    }

    /** The price of a coin when the rate is another at the same spot. */
    private static double atRate(OptionContract contract, double rate) {
        FlatMarket market = at(0.6);
        double years = contract.expiry().yearsFrom(market.timeMs());
        return Black76.price(
                contract.type(),
                market.forwardUsdc(contract.expiry()) * Math.exp(rate * years),
                contract.strike().doubleValue(),
                years,
                0.6,
                market.discount(contract.expiry()) * Math.exp(-rate * years));
    }
}
