package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.PricingMarket;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A book in every scenario by another's formulas: moves, smile and time are applied here anew. */
class StrataVectorsTest {

    /** A lot so large that its rounding to 2^-20 USDC is below what is asked of the vectors. */
    private static final int COINS = 100;

    private static final double OF_NOTIONAL = 1e-12;
    private static final VectorParameters BOUNDS = GoldenPool.PARAMETERS.vectors();

    @ParameterizedTest
    @ValueSource(strings = {"standard-1", "standard-2", "standard-2@BTC=0.45,ETH=0.8"})
    void vectorsOfABookAreStratasPricesInEveryScenario(String set) {
        GoldenPool pool = new GoldenPool(set);
        VectorPricer pricer = GoldenPool.fresh(set);
        ScenarioSet scenarios = pricer.scenarios();
        SplittableRandom random = new SplittableRandom(23);
        BookVectors book = pricer.none();
        double[] expected = new double[scenarios.size()];
        double notional = 0;
        for (OptionContract contract : pool.positions().keySet()) {
            PricingMarket market = pool.market(contract.underlying());
            if (contract.expiry().yearsFrom(market.timeMs()) <= 0) {
                continue;
            }
            long lots = random.nextBoolean() ? 1 : -1;
            ContractSpec spec =
                    new ContractSpec(
                            contract.underlying(),
                            BigDecimal.valueOf(COINS),
                            BigDecimal.ONE,
                            1,
                            100);
            book = book.plus(pricer.of(market, spec, contract), lots);
            notional += COINS * market.spotUsdc();
            double now = price(market, contract, 0, years(market, contract), 1);
            for (int s = 0; s < expected.length; s++) {
                expected[s] += lots * COINS * (then(scenarios, s, market, contract) - now);
            }
        }

        double largest = 0;
        for (int s = 0; s < expected.length; s++) {
            largest = Math.max(largest, Math.abs(expected[s]));
            assertEquals(
                    expected[s],
                    book.value(s),
                    OF_NOTIONAL * notional,
                    scenarios.scenario(s).name());
        }
        assertTrue(largest > 0.001 * notional, "largest=" + largest);
    }

    private static double then(
            ScenarioSet scenarios, int s, PricingMarket market, OptionContract contract) {
        Move move = scenarios.move(s, contract.underlying());
        boolean passes = scenarios.scenario(s).family() != Family.GRID;
        double days = years(market, contract) * 365;
        double logMove =
                passes && days < scenarios.horizonDays()
                        ? move.logSpot() * Math.sqrt(days / scenarios.horizonDays())
                        : move.logSpot();
        double left = passes ? Math.max(days - scenarios.horizonDays(), 0) / 365 : days / 365;
        double base = 30 / Math.max(days, BOUNDS.leastShockDays());
        double power = Math.pow(base, base >= 1 ? BOUNDS.shortPower() : BOUNDS.longPower());
        double k = k(market, contract) - logMove;
        double deviations =
                k / (market.volAnnual(contract.expiry(), 0) * Math.sqrt(years(market, contract)));
        double bent = deviations / Math.sqrt(1 + Math.pow(deviations / BOUNDS.tiltReach(), 2));
        return price(
                market, contract, logMove, left, 1 + move.volShock() * power + move.tilt() * bent);
    }

    private static double price(
            PricingMarket market,
            OptionContract contract,
            double logMove,
            double years,
            double volFactor) {
        double forward = market.forwardUsdc(contract.expiry()) * Math.exp(logMove);
        double vol = market.volAnnual(contract.expiry(), k(market, contract) - logMove);
        double bounded =
                volFactor == 1
                        ? vol
                        : Math.clamp(
                                vol * volFactor, BOUNDS.volFloorAnnual(), BOUNDS.volCapAnnual());
        return market.discount(contract.expiry())
                * BlackFormulaRepository.price(
                        forward,
                        contract.strike().doubleValue(),
                        years,
                        bounded,
                        contract.type() == OptionType.CALL);
    }

    private static double k(PricingMarket market, OptionContract contract) {
        return Math.log(contract.strike().doubleValue() / market.forwardUsdc(contract.expiry()));
    }

    private static double years(PricingMarket market, OptionContract contract) {
        return contract.expiry().yearsFrom(market.timeMs());
    }
}
