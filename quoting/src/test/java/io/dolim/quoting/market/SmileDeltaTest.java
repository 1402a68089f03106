package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.pricing.Greeks;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmileDeltaTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final Expiry MARCH = Expiry.parse("27MAR26");
    private static final double SPOT = 60_000;
    private static final double CARRY = 1.01;
    private static final double DISCOUNT = 0.99;

    /** Volatility by equal ln(K/F), forwards in proportion to spot. */
    private record Skewed(double spotUsdc) implements PricingMarket {
        @Override
        public Underlying underlying() {
            return BTC;
        }

        @Override
        public long timeMs() {
            return Expiry.parse("5FEB26").epochMs();
        }

        @Override
        public double forwardUsdc(Expiry expiry) {
            return spotUsdc * CARRY;
        }

        @Override
        public double discount(Expiry expiry) {
            return DISCOUNT;
        }

        @Override
        public double volAnnual(Expiry expiry, double logMoneyness) {
            return 0.6 - 0.25 * logMoneyness + 0.8 * logMoneyness * logMoneyness;
        }
    }

    private static double k(PricingMarket market, double strike) {
        return Elementary.log(strike / market.forwardUsdc(MARCH));
    }

    private static Greeks greeks(PricingMarket market, OptionType type, double strike) {
        return Black76.greeks(
                type,
                market.forwardUsdc(MARCH),
                strike,
                MARCH.yearsFrom(market.timeMs()),
                market.volAnnual(MARCH, k(market, strike)),
                market.discount(MARCH));
    }

    /** (V(S + h) - V(S - h)) / 2h of whole revaluations, coins. */
    private static double revalued(OptionType type, double strike) {
        double step = 3.0;
        double up = greeks(new Skewed(SPOT + step), type, strike).price();
        double down = greeks(new Skewed(SPOT - step), type, strike).price();
        return (up - down) / (2 * step);
    }

    @Test
    void itIsTheSlopeOfARevaluationAtEqualMoneyness() {
        Skewed market = new Skewed(SPOT);
        for (OptionType type : OptionType.values()) {
            for (int strike : List.of(42_000, 54_000, 60_000, 66_000, 90_000)) {
                OptionContract contract =
                        new OptionContract(BTC, MARCH, BigDecimal.valueOf(strike), type);
                double delta =
                        CARRY
                                * SmileDelta.perForward(
                                        market,
                                        contract,
                                        market.forwardUsdc(MARCH),
                                        k(market, strike),
                                        greeks(market, type, strike));
                assertEquals(revalued(type, strike), delta, 2e-6, contract.name());
            }
        }
    }

    @Test
    void underASkewItIsNotBlacksDelta() {
        double black = CARRY * greeks(new Skewed(SPOT), OptionType.CALL, 60_000).delta();
        assertTrue(revalued(OptionType.CALL, 60_000) - black > 0.02, "black=" + black);
    }
}
