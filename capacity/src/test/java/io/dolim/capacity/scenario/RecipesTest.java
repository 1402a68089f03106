package io.dolim.capacity.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sets that come with the module. */
class RecipesTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final Underlying ETH = new Underlying("ETH");
    private static final Underlying SOL = new Underlying("SOL");
    private static final TreeSet<Underlying> ALL = new TreeSet<>(List.of(BTC, ETH, SOL));
    private static final Config SHIPPED =
            ConfigFactory.load().getConfig("dolim.capacity.scenarios");
    private static final Recipes RECIPES = Recipes.of(SHIPPED);

    @Test
    void whatAnEarlierReleaseWroteDownIsTheSameSet() {
        Config then =
                ConfigFactory.parseResources("golden-tape/settings.conf")
                        .getConfig("dolim.capacity.scenarios")
                        .withFallback(SHIPPED);
        ScenarioSet old = Recipes.of(then).set(SetVersion.parse("standard-1"), ALL);
        ScenarioSet now = set("standard-1");
        assertEquals(scenarios(old), scenarios(now));
        assertEquals("standard-1", old.version());
    }

    @Test
    void aSetThatWasWrittenDownPrevailsOverTodaysOfItsName() {
        Config then =
                ConfigFactory.parseString("grid.vol-up = 0.7")
                        .withFallback(
                                ConfigFactory.parseResources("golden-tape/settings.conf")
                                        .getConfig("dolim.capacity.scenarios"))
                        .withFallback(SHIPPED);
        ScenarioSet old = Recipes.of(then).set(SetVersion.parse("standard-1"), ALL);
        assertEquals(0.7, old.move(old.gridStart() + 2, BTC).volShock());
    }

    @Test
    void theWeightsAreTheFrequenciesTheGridAndTheRestForHistory() {
        ScenarioSet set = set("standard-2");
        Map<Family, Double> weights = new TreeMap<>();
        Map<Family, Integer> sizes = new TreeMap<>();
        for (int s = 0; s < set.size(); s++) {
            weights.merge(set.scenario(s).family(), set.probability(s), Double::sum);
            sizes.merge(set.scenario(s).family(), 1, Integer::sum);
        }
        assertEquals(
                Map.of(Family.HISTORICAL, 2 * (445 - 20), Family.EVENT, 6, Family.GRID, 9 * 9 + 4),
                sizes);
        assertEquals(0.005, weights.getOrDefault(Family.GRID, 0.0), 1e-15);
        assertEquals(3.75 / 365, weights.getOrDefault(Family.EVENT, 0.0), 1e-15);
        assertEquals(1 - 0.005 - 3.75 / 365, weights.getOrDefault(Family.HISTORICAL, 0.0), 1e-12);
        assertEquals(1.0 / 365, set.probability(scenario(set, "cascade-down")), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "standard-1",
                "standard-2",
                "standard-2@BTC=0.3,ETH=2,SOL=1",
                "standard-3",
                "standard-3@BTC=0.3,ETH=2,SOL=1"
            })
    void historyHasNoDrift(String version) {
        ScenarioSet set = set(version);
        int days =
                (int) scenarios(set).stream().filter(s -> s.family() == Family.HISTORICAL).count();
        for (Underlying underlying : ALL) {
            assertEquals(
                    1,
                    EightSums.of(days, s -> Elementary.exp(set.move(s, underlying).logSpot()))
                            / days,
                    1e-13);
            assertEquals(
                    0, EightSums.of(days, s -> set.move(s, underlying).volShock()) / days, 1e-13);
        }
    }

    @Test
    void filteredHistoryMovesByTodaysVolatility() {
        ScenarioSet calm = set("standard-2@BTC=0.3");
        ScenarioSet wild = set("standard-2@BTC=0.9");
        ScenarioSet longRun = set("standard-2");
        double daily = 0.3 / Math.sqrt(365);
        // a forecast from the days before lags, so multiples of it spread by a little more than 1
        assertEquals(1.07, spread(calm, BTC) / daily, 0.01);
        assertEquals(3, spread(wild, BTC) / spread(calm, BTC), 1e-12);
        assertEquals(spread(calm, ETH), spread(wild, ETH), 0);
        // the record's own volatility, near the unfiltered days'
        assertEquals(1.07, spread(longRun, BTC) / spread(set("standard-1"), BTC), 0.03);
        assertEquals(1.2, spread(longRun, SOL) / spread(longRun, ETH), 1e-12);
    }

    @Test
    void mirroredHistoryHasEachDayInBothDirectionsWithTheVolatilityItHad() {
        ScenarioSet set = set("standard-3@BTC=0.5,ETH=0.6,SOL=0.7");
        ScenarioSet oneWay = set("standard-2@BTC=0.5,ETH=0.6,SOL=0.7");
        int days = 445 - 20;
        assertEquals(2 * days + 6 + 9 * 9 + 4, set.size());
        for (Underlying underlying : ALL) {
            double drift = set.move(0, underlying).logSpot() + set.move(days, underlying).logSpot();
            for (int d = 0; d < days; d++) {
                Move day = set.move(d, underlying);
                Move mirrored = set.move(days + d, underlying);
                assertEquals(set.scenario(d).name() + "-mirrored", set.scenario(days + d).name());
                assertEquals(drift, day.logSpot() + mirrored.logSpot(), 1e-14);
                assertEquals(day.volShock(), mirrored.volShock(), 0);
            }
            // less than in the filtered record itself, where falls outweigh rises
            assertTrue(Math.abs(drift) < 0.01, "drift=" + drift);
            double kept = set.move(0, underlying).logSpot() - oneWay.move(0, underlying).logSpot();
            double shift = set.move(1, underlying).logSpot() - oneWay.move(1, underlying).logSpot();
            assertEquals(kept, shift, 1e-14, "a day moves as in the record, but for the drift");
        }
    }

    @Test
    void aStormAmidCalmCountsForMoreThanTheSameMoveAmidStorms() {
        ScenarioSet raw = set("standard-1");
        ScenarioSet filtered = set("standard-2");
        // the fall of 19 May 2021 came after calm days, that of the 23rd after it: it fell less
        double first = filtered.move(scenario(filtered, "2021-05-19"), BTC).logSpot();
        double second = filtered.move(scenario(filtered, "2021-05-23"), BTC).logSpot();
        double rawFirst = raw.move(scenario(raw, "2021-05-19"), BTC).logSpot();
        double rawSecond = raw.move(scenario(raw, "2021-05-23"), BTC).logSpot();
        assertTrue(first < 0 && second < 0 && rawFirst < 0 && rawSecond < 0);
        assertTrue(second / first < rawSecond / rawFirst, first + " " + second);
    }

    @Test
    void allThatADateDidStaysTogether() {
        ScenarioSet filtered = set("standard-2");
        assertEquals("2021-04-14", filtered.scenario(0).name());
        assertEquals("2021-04-13T12", filtered.scenario(425).name());
        // SOL is moved by ETH's multiple of the same day
        double eth = filtered.move(100, ETH).logSpot() - filtered.move(101, ETH).logSpot();
        double sol = filtered.move(100, SOL).logSpot() - filtered.move(101, SOL).logSpot();
        assertEquals(1.2, sol / eth, 1e-12);
    }

    @Test
    void aCascadeAddsItsRounds() {
        assertEquals(Math.log(0.9), EventParameters.cascade(-0.1, 0), 1e-15);
        assertEquals(
                Math.log(0.9) * (1 + 0.6 + 0.36 + 0.216 + 0.1296 / 0.4),
                EventParameters.cascade(-0.1, 0.6),
                1e-14);
        ScenarioSet set = set("standard-2");
        int s = scenario(set, "cascade-down");
        assertEquals(Math.log(0.9) / 0.4, set.move(s, BTC).logSpot(), 1e-14);
        assertEquals(1.2 * Math.log(0.9) / 0.4, set.move(s, SOL).logSpot(), 1e-14);
        assertEquals(0, set.cashMove(s));
    }

    @Test
    void anEventSaysWhatItDoesToEverythingElse() {
        ScenarioSet set = set("standard-2");
        assertEquals(-0.12, set.cashMove(scenario(set, "usdc-depegs")), 1e-15);
        assertEquals(
                new Conditions(
                        4, new TreeMap<>(), new TreeMap<>(Map.of("deribit", 0.3)), -0.5, -0.02),
                set.scenario(scenario(set, "venue-deribit-fails")).conditions());
        assertEquals(1, set.gridLiquidity(0));
        assertEquals(2, set.gridLiquidity(set.gridSize() - 1));
    }

    @Test
    void theGridTiltsTheSkewAtEachOfItsMoves() {
        ScenarioSet set = set("standard-2");
        int first = set.gridStart();
        assertEquals(0, set.move(first, BTC).tilt());
        assertEquals(-0.08, set.move(first + 1, BTC).tilt());
        assertEquals(0.08, set.move(first + 2, BTC).tilt());
        assertEquals(set.move(first, BTC).logSpot(), set.move(first + 8, BTC).logSpot());
        assertNotEquals(set.move(first, BTC).logSpot(), set.move(first + 9, BTC).logSpot());
    }

    @Test
    void theSameNameHasTheSameBits() {
        String name = "standard-2@BTC=0.41,ETH=0.6";
        assertEquals(scenarios(set(name)), scenarios(set(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-9", "standard-1@BTC=0.5", "standard-2@DOGE=0.5"})
    void aSetThatCannotBeBuiltIsRefusedByName(String version) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> set(version));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("scenario set=" + version + " must"),
                refused.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "history.hours = [6]",
                "history.hours = []",
                "history.hours = [0, 0]",
                "history.filter.decay = 1",
                "history.filter.warm-up-days = 4",
                "grid.tilts = [0]",
                "grid.tilts = [0.5]",
                "grid.tail-liquidity = 0.5",
                "grid.weight = 0.0051",
                "events = [{ name = a, per-year = 20, spot-move = 0 }]",
                "events = [{ name = a, per-year = 0, spot-move = 0 }]",
                "events = [{ name = a, per-year = 1, spot-move = -1 }]",
                "events = [{ name = a, per-year = 1, cascade { first-move = -0.1, feedback = 1 } }]",
                "events = [{ name = a, per-year = 1, spot-move = 0, pegs { USDC = -0.1 } }]",
                "events = [{ name = a, per-year = 1, spot-move = 0, recoveries { x = 1.1 } }]",
                "events = [{ name = a, per-year = 1, spot-move = 0 }, { name = a, per-year = 1, spot-move = 0 }]"
            })
    void aFigureOutOfRangeIsRefused(String line) {
        Config changed =
                ConfigFactory.parseString(line).withFallback(SHIPPED.getConfig("sets.standard-2"));
        assertThrows(IllegalArgumentException.class, () -> SetRecipe.of("x", changed), line);
    }

    private static ScenarioSet set(String version) {
        return RECIPES.set(SetVersion.parse(version), ALL);
    }

    private static List<Scenario> scenarios(ScenarioSet set) {
        return java.util.stream.IntStream.range(0, set.size()).mapToObj(set::scenario).toList();
    }

    private static int scenario(ScenarioSet set, String name) {
        Optional<Integer> found =
                java.util.stream.IntStream.range(0, set.size())
                        .filter(s -> set.scenario(s).name().equals(name))
                        .boxed()
                        .findFirst();
        return found.orElseThrow(() -> new AssertionError("no scenario " + name));
    }

    /** Standard deviation of the log moves of history. */
    private static double spread(ScenarioSet set, Underlying underlying) {
        int days =
                (int) scenarios(set).stream().filter(s -> s.family() == Family.HISTORICAL).count();
        double mean = EightSums.of(days, s -> set.move(s, underlying).logSpot()) / days;
        return Math.sqrt(
                EightSums.of(
                                days,
                                s -> {
                                    double off = set.move(s, underlying).logSpot() - mean;
                                    return off * off;
                                })
                        / days);
    }
}
