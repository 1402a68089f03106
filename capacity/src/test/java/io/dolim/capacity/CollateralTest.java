package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.Conditions;
import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a stablecoin's fall does to the pool's cash, and illiquidity to its hedging buffer. */
class CollateralTest {

    private static final double CASH = 10_000_000;
    private static final TreeSet<Underlying> UNDERLYINGS =
            new TreeSet<>(List.of(Pool.BTC, Pool.ETH));
    private static final VectorPricer DEPEGS =
            Pool.PARAMETERS.pricer(SetVersion.parse("standard-2"), UNDERLYINGS);
    private static final VectorPricer HOLDS =
            Pool.PARAMETERS.pricer(SetVersion.parse("standard-1"), UNDERLYINGS);

    @Test
    void cashLosesWhatThePegLoses() {
        assertEquals(0, measures(HOLDS).worstUndamped());
        Measures measures = measures(DEPEGS);
        assertEquals(0.12 * CASH, measures.worstUndamped(), 1e-6);
        // 0.1 a year of the horizon families' weight, all of it within the worst 2.5 %
        double share = 0.1 / 365 / (1 - 0.005) / 0.025;
        assertEquals(share * 0.12 * CASH, measures.expectedShortfall(), 1e-6);
        assertEquals(0, measures.worstDamped());
    }

    @Test
    void theBackgroundIsCashByThePegCentred() {
        ScenarioSet set = DEPEGS.scenarios();
        double[] z = MarketView.background(set, markets(), new TreeMap<>(), CASH);
        double mean = -0.12 * CASH * 0.1 / 365;
        int depeg = 0;
        for (int s = 0; s < z.length; s++) {
            boolean falls = set.scenario(s).name().equals("usdc-depegs");
            assertEquals((falls ? -0.12 * CASH : 0) - mean, z[s], 1e-6, set.scenario(s).name());
            depeg += falls ? 1 : 0;
        }
        assertEquals(1, depeg);
        assertEquals(0, EightSums.of(z.length, s -> set.probability(s) * z[s]), 1e-9);
    }

    @Test
    void aTradeIsJudgedBesideTheCash() {
        // a call that was sold loses where the peg falls, because prices in USDC rise there
        Evaluator evaluator =
                new Evaluator(view(DEPEGS), Pool.PARAMETERS, Pool.PARAMETERS.limits());
        Evaluator.Change sold =
                new Evaluator.Change(
                        Pool.BTC,
                        DEPEGS.ofPackage(
                                        Pool.in(markets(), Pool.BTC),
                                        Pool.in(Pool.SPECS, Pool.BTC),
                                        CALLS)
                                .poolChange(),
                        Usdc.ofWhole(40_000));
        double worst = 0;
        for (int s = 0; s < DEPEGS.scenarios().size(); s++) {
            double cash = (CASH + 40_000) * DEPEGS.scenarios().cashMove(s);
            worst = Math.max(worst, -(sold.vectors().value(s) + cash));
        }
        assertTrue(worst > 0.12 * CASH, "worst=" + worst);
        assertEquals(
                worst,
                evaluator.of(inventory(DEPEGS), List.of(), List.of(sold)).worstUndamped(),
                1e-6);
        assertEquals(
                worst,
                evaluator.of(inventory(DEPEGS), List.of(sold), List.of()).worstUndamped(),
                1.0e-6 + 0.12 * 40_000);
    }

    @Test
    void hedgingCostsMoreWhereTheScenarioIsIlliquid() {
        double calm = buffer(1);
        double stressed = buffer(3);
        double impact = 0.0005 * 2;
        // the rest of the buffer does not know of the scenario
        assertEquals(2 * impact * rehedge(), stressed - calm, 1e-6);
        assertTrue(stressed > calm);
    }

    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);

    private static VectorPricer illiquid(double liquidity) {
        TreeMap<Underlying, Move> still =
                new TreeMap<>(Map.of(Pool.BTC, new Move(0, 0), Pool.ETH, new Move(0, 0)));
        TreeMap<Underlying, Move> down =
                new TreeMap<>(Map.of(Pool.BTC, new Move(-0.2, 0), Pool.ETH, new Move(-0.2, 0)));
        Conditions conditions = new Conditions(liquidity, new TreeMap<>(), new TreeMap<>(), 0, 0);
        return new io.dolim.capacity.vector.FullRepricing(
                ScenarioSet.of(
                        "liquidity",
                        1,
                        List.of(
                                new Scenario(Family.HISTORICAL, 1, 1, still),
                                new Scenario(Family.GRID, "down", 0.005, 1, down, conditions))),
                Pool.PARAMETERS.vectors());
    }

    private static double rehedge() {
        return Math.abs(
                illiquid(1)
                        .ofPackage(
                                Pool.in(markets(), Pool.BTC), Pool.in(Pool.SPECS, Pool.BTC), CALLS)
                        .poolChange()
                        .rehedgeUsdc(Pool.BTC, 0));
    }

    private static double buffer(double liquidity) {
        VectorPricer pricer = illiquid(liquidity);
        Evaluator.Change sold =
                new Evaluator.Change(
                        Pool.BTC,
                        pricer.ofPackage(
                                        Pool.in(markets(), Pool.BTC),
                                        Pool.in(Pool.SPECS, Pool.BTC),
                                        CALLS)
                                .poolChange(),
                        Usdc.ZERO);
        return new Evaluator(view(pricer), Pool.PARAMETERS, Pool.PARAMETERS.limits())
                .of(inventory(pricer), List.of(), List.of(sold))
                .hedgingBuffer();
    }

    private static Measures measures(VectorPricer pricer) {
        return Measures.of(
                view(pricer), inventory(pricer), Pool.PARAMETERS, Pool.PARAMETERS.limits(), 0);
    }

    private static Inventory inventory(VectorPricer pricer) {
        return new Inventory(
                new TreeMap<>(Map.of(Pool.BTC, pricer.none(), Pool.ETH, pricer.none())),
                pricer.none(),
                Usdc.ofWhole((long) CASH),
                new TreeMap<>());
    }

    private static MarketView view(VectorPricer pricer) {
        return MarketView.open(
                1,
                new Moment(0, 0),
                markets(),
                new TreeMap<>(),
                pricer,
                CASH,
                inventory(pricer),
                Pool.PARAMETERS.potential());
    }

    private static SortedMap<Underlying, PricingMarket> markets() {
        return new TreeMap<>(
                Map.of(
                        Pool.BTC, new Pool.Flat(Pool.BTC, Pool.START_MS, 65_000, 0.5),
                        Pool.ETH, new Pool.Flat(Pool.ETH, Pool.START_MS, 2_500, 0.65)));
    }
}
