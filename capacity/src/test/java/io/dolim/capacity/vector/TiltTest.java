package io.dolim.capacity.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.pricing.Black76;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A tilt of the smile, against Black's formula at the volatility it must have made. */
class TiltTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final long NOW_MS = 1_770_019_200_000L;
    private static final Expiry EXPIRY = Expiry.ofEpochMs(NOW_MS + 30 * 86_400_000L);
    private static final double SPOT = 65_000;
    private static final ContractSpec SPEC =
            new ContractSpec(BTC, new BigDecimal("1"), new BigDecimal("5"), 1, 100);

    /** 50 % at the forward, a fifth of log-moneyness dearer below it. */
    private static final PricingMarket MARKET =
            new PricingMarket() {
                @Override
                public Underlying underlying() {
                    return BTC;
                }

                @Override
                public long timeMs() {
                    return NOW_MS;
                }

                @Override
                public double spotUsdc() {
                    return SPOT;
                }

                @Override
                public double forwardUsdc(Expiry expiry) {
                    return SPOT;
                }

                @Override
                public double discount(Expiry expiry) {
                    return 1;
                }

                @Override
                public double volAnnual(Expiry expiry, double logMoneyness) {
                    return smile(logMoneyness);
                }
            };

    private static double smile(double k) {
        return 0.5 - 0.2 * k;
    }

    @Test
    void volatilityTiltsByItsDeviationFromTheMovedForward() {
        double move = -0.1;
        double strike = 60_000;
        double k = Math.log(strike / SPOT) - move;
        double deviation = k / (smile(0) * Math.sqrt(30.0 / 365));
        double bent = deviation / Math.sqrt(1 + deviation * deviation / 4);
        double vol = smile(k) * (1 + 0.2 + -0.08 * bent);
        assertEquals(
                price(SPOT * Math.exp(move), strike, vol) - price(SPOT, strike, smile(k + move)),
                tilted(move, 0.2, -0.08, strike),
                1e-5);
    }

    @Test
    void aTiltNearsItsReach() {
        double strike = 20_000;
        double k = Math.log(strike / SPOT);
        double most = price(SPOT, strike, smile(k) * (1 + 0.4 * 2));
        double near = price(SPOT, strike, smile(k) * (1 + 0.4 * 1.9));
        double tilted = tilted(0, 0, -0.4, strike) + price(SPOT, strike, smile(k));
        assertTrue(tilted < most && tilted > near, near + " " + tilted + " " + most);
    }

    @Test
    void aTiltLeavesTheForwardsOwnVolatility() {
        assertEquals(0, tilted(0, 0, 0.08, SPOT), 1e-5);
    }

    private static double price(double forward, double strike, double vol) {
        return Black76.greeks(OptionType.PUT, forward, strike, 30.0 / 365, vol, 1).price();
    }

    /** What a put gains in the grid's scenario of these moves. */
    private static double tilted(double move, double shock, double tilt, double strike) {
        ScenarioSet set =
                ScenarioSet.of(
                        "test",
                        1,
                        List.of(
                                scenario(Family.HISTORICAL, new Move(0, 0)),
                                scenario(Family.GRID, new Move(move, shock, tilt))));
        OptionContract put =
                new OptionContract(BTC, EXPIRY, BigDecimal.valueOf((long) strike), OptionType.PUT);
        return new FullRepricing(set, VectorParameters.STANDARD).of(MARKET, SPEC, put).value(1);
    }

    private static Scenario scenario(Family family, Move move) {
        return new Scenario(family, 1, 1, new TreeMap<>(Map.of(BTC, move)));
    }
}
