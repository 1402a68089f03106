package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    @Test
    void theAtomAtTheLevelIsSplit() {
        // ten equal weights, losses 10 9 8 ...: ES at 85 % is (10 + 0.5 * 9) / 1.5
        ScenarioSet ten = equallyWeighted(10);
        double[] profit = new double[ten.size()];
        for (int s = 0; s < 10; s++) {
            profit[s] = s - 10;
        }

        TailMeasure tail = TailMeasure.of(ten, profit, 0.85);

        assertEquals(14.5 / 1.5, tail.expectedShortfall(), 1e-12);
        assertEquals(9, tail.valueAtRisk(), 0);
    }

    @Test
    void theGridHasNoPartInTheTail() {
        ScenarioSet ten = equallyWeighted(10);
        double[] profit = new double[ten.size()];
        profit[ten.gridStart()] = -1_000_000;

        assertEquals(0, TailMeasure.of(ten, profit, 0.975).expectedShortfall(), 0);
    }

    @Test
    void theStrainIsTheShareOfCapacityInUse() {
        assertEquals(0, OpenedView.strain(0, 100));
        assertEquals(0.25, OpenedView.strain(25, 75));
        assertEquals(1, OpenedView.strain(100, -20));
        assertEquals(1, OpenedView.strain(0, 0));
    }

    @Test
    void theFirstSetHasNoDriftAndItsGridHalfAPercent() {
        ScenarioSet set =
                Pool.PARAMETERS
                        .pricer(SetVersion.parse("standard-1"), new TreeSet<>(Pool.SPECS.keySet()))
                        .scenarios();
        assertEquals(445 + 31, set.size());
        double grid = EightSums.of(31, g -> set.probability(set.gridStart() + g));
        assertEquals(0.005, grid, 1e-12);
        for (Underlying underlying : set.underlyings()) {
            double total = EightSums.of(set.gridStart(), set::probability);
            double factor =
                    EightSums.of(
                            set.gridStart(),
                            s ->
                                    set.probability(s)
                                            * Elementary.exp(set.move(s, underlying).logSpot()));
            double vol =
                    EightSums.of(
                            set.gridStart(),
                            s -> set.probability(s) * set.move(s, underlying).volShock());
            assertEquals(1, factor / total, 1e-13, underlying.code());
            assertEquals(0, vol / total, 1e-13, underlying.code());
        }
    }

    @Test
    void theHedgingBufferIsTheFormula() {
        Pool pool = Pool.opened();
        Pool.granted(
                pool.ask(
                        Pool.BTC,
                        Pool.option(Pool.BTC, 30, 65_000, "C", 100),
                        io.dolim.quoting.money.Usdc.ofWhole(100_000)));
        Pool.FakeBook book = pool.book(Pool.BTC);
        book.write(book.pending.firstKey(), pool.now.epochMs());
        pool.report(Pool.BTC);
        var held = book.total(pool.openNumber);
        double rehedge = 0;
        for (int g = 0; g < held.scenarios().gridSize(); g++) {
            double liquidity = held.scenarios().gridLiquidity(g);
            rehedge =
                    Math.max(
                            rehedge,
                            Math.abs(held.rehedgeUsdc(Pool.BTC, g))
                                    * (0.0002 + 0.0005 + 0.0005 * 2 * liquidity));
        }
        double days = 2_000.0 / 86_400_000;
        double expected =
                rehedge
                        + Math.abs(held.exposure(Pool.BTC).thetaUsdc()) * days * 9
                        + Math.abs(held.exposure(Pool.BTC).deltaCoins())
                                * 65_000
                                * Math.sqrt(days / 365)
                                * 3;

        assertEquals(expected, pool.view().measures().hedgingBuffer(), 1e-9 * expected);
        assertTrue(expected > 100);
    }

    @Test
    void everyZeroLimitAndEveryFigureOutOfRangeIsRefusedAtTheStart() {
        for (String line :
                List.of(
                        "limits.gamma_share = 0",
                        "limits.rac_floor_share = -0.1",
                        "limits.\"unhedged_delta_coins.BTC\" = 0",
                        "limits.unheard_of = 1",
                        "potential.risk-aversion = 5",
                        "potential.risk-aversion = 0",
                        "scenarios.sets.standard-1.grid.weight = 0.006",
                        "scenarios.version = unheard-of",
                        "tail-level = 1",
                        "usdc-haircut = 1",
                        "haircuts.USDC.floor = 0",
                        "haircuts.USDC.deviations = 0",
                        "haircuts.USDC.days = -1",
                        "haircuts.USDC.implied-vol-annual = 0",
                        "vectors.vol-floor-annual = 0",
                        "hedging-buffer.z = 0",
                        "vega-bucket-days = [30, 7]",
                        "charge-account.daily-budget-usdc = -1",
                        "max-reservations-per-book = 0",
                        "view-life = 0 s")) {
            Config changed =
                    ConfigFactory.parseString(line)
                            .withFallback(ConfigFactory.load().getConfig("dolim.capacity"));
            assertThrows(
                    IllegalArgumentException.class, () -> CapacityParameters.of(changed), line);
        }
    }

    private static ScenarioSet equallyWeighted(int historical) {
        List<Scenario> scenarios = new ArrayList<>();
        TreeMap<Underlying, Move> still = new TreeMap<>(Map.of(Pool.BTC, new Move(0, 0)));
        for (int s = 0; s < historical; s++) {
            scenarios.add(new Scenario(Family.HISTORICAL, 1, 1, still));
        }
        scenarios.add(new Scenario(Family.GRID, 0.01, 1, still));
        return ScenarioSet.of("test", 1, scenarios);
    }
}
