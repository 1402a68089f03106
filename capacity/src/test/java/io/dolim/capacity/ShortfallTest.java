package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The expected shortfall, its parts and its error. */
class ShortfallTest {

    private static final double LEVEL = 0.975;

    /** min over c of c + E[(L - c)+] / (1 - a): another definition, by trying every loss for c. */
    static double bruteForce(ScenarioSet set, double[] profit, double level) {
        double mass = 0;
        for (int s = 0; s < set.gridStart(); s++) {
            mass += set.probability(s);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int at = 0; at < set.gridStart(); at++) {
            double beyond = 0;
            for (int s = 0; s < set.gridStart(); s++) {
                beyond += set.probability(s) * Math.max(0, -profit[s] + profit[at]);
            }
            least = Math.min(least, -profit[at] + beyond / mass / (1 - level));
        }
        return least;
    }

    @Test
    void itIsTheLeastOfRockafellarAndUryasevForAnyWeightsTiesAndLevel() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 10_000; round++) {
            ScenarioSet set = weighted(random, 5 + random.nextInt(120));
            double[] profit = new double[set.size()];
            int values = 1 + random.nextInt(40);
            for (int s = 0; s < profit.length; s++) {
                profit[s] = random.nextInt(values) * 1_000.0 - 10_000;
            }
            double level = 0.5 + 0.499 * random.nextDouble();
            double expected = bruteForce(set, profit, level);
            TailMeasure tail = TailMeasure.of(set, profit, level);
            assertEquals(expected, tail.expectedShortfall(), 1e-7, "round " + round);
            assertEquals(expected, tail.part(profit), 1e-7, "round " + round);
        }
    }

    @Test
    void aPartIsHowTheWholeGrowsWithIt() {
        SplittableRandom random = new SplittableRandom(12);
        ScenarioSet set = weighted(random, 400);
        double[] one = gaussian(random, set.size(), 1_000);
        double[] other = gaussian(random, set.size(), 300);
        TailMeasure tail = TailMeasure.of(set, sum(one, other, 1), LEVEL);
        double step = 1e-6;
        double grown = TailMeasure.of(set, sum(one, other, 1 + step), LEVEL).expectedShortfall();
        assertEquals((grown - tail.expectedShortfall()) / step, tail.part(other), 1e-3);
        assertEquals(tail.expectedShortfall(), tail.part(one) + tail.part(other), 1e-9);
    }

    @Test
    void familiesAddUpAndSoDoUnderlyingsWithTheCollateral() {
        TreeSet<Underlying> both = new TreeSet<>(List.of(Pool.BTC, Pool.ETH));
        VectorPricer pricer = Pool.PARAMETERS.pricer(SetVersion.parse("standard-2"), both);
        SplittableRandom random = new SplittableRandom(13);
        int withEvents = 0;
        for (int round = 0; round < 20; round++) {
            SortedMap<Underlying, BookVectors> books = new TreeMap<>();
            BookVectors total = pricer.none();
            for (Underlying underlying : both) {
                BookVectors book = book(pricer, underlying, random);
                books.put(underlying, book);
                total = total.plus(book);
            }
            Usdc cash = Usdc.ofWhole(random.nextLong(20_000_000));
            Shortfall shortfall =
                    Shortfall.of(
                            pricer.scenarios(),
                            new Inventory(books, total, cash, new TreeMap<>()),
                            LEVEL);
            double gross = Math.abs(shortfall.collateral());
            double sum = shortfall.collateral();
            for (double part : shortfall.byUnderlying().values()) {
                gross += Math.abs(part);
                sum += part;
            }
            assertEquals(shortfall.expected(), sum, 1e-12 * gross, "round " + round);
            double families = 0;
            for (double part : shortfall.byFamily().values()) {
                families += part;
            }
            assertEquals(shortfall.expected(), families, 1e-12 * gross, "round " + round);
            withEvents += shortfall.byFamily().getOrDefault(Family.EVENT, 0.0) > 0 ? 1 : 0;
            assertTrue(shortfall.standardError() > 0);
        }
        assertTrue(withEvents > 10, "rounds with events in the tail: " + withEvents);
    }

    @Test
    void theErrorIsTheOneOfManistreAndHancockForEqualWeights() {
        int days = 400;
        double level = 0.9;
        ScenarioSet set = equal(days);
        double[] profit = gaussian(new SplittableRandom(14), set.size(), 1_000);
        TailMeasure tail = TailMeasure.of(set, profit, level);
        double[] losses = new double[days];
        for (int s = 0; s < days; s++) {
            losses[s] = -profit[s];
        }
        Arrays.sort(losses);
        int worst = 40;
        double square = 0;
        for (int s = days - worst; s < days; s++) {
            square += Math.pow(losses[s] - tail.expectedShortfall(), 2);
        }
        double beyond = tail.expectedShortfall() - tail.valueAtRisk();
        double expected =
                Math.sqrt((square / worst + level * beyond * beyond) / (days * (1 - level)));
        assertEquals(expected, tail.standardError(), 1e-9 * expected);
    }

    @Test
    void theErrorIsHowFarSamplesOfTheSameDaysLieApart() {
        int days = 1_000;
        double level = 0.9;
        ScenarioSet set = equal(days);
        SplittableRandom random = new SplittableRandom(15);
        double[] profit = gaussian(random, set.size(), 1_000);
        double error = TailMeasure.of(set, profit, level).standardError();
        int samples = 1_500;
        double[] shortfalls = new double[samples];
        double mean = 0;
        for (int i = 0; i < samples; i++) {
            double[] again = new double[set.size()];
            for (int s = 0; s < days; s++) {
                again[s] = profit[random.nextInt(days)];
            }
            shortfalls[i] = TailMeasure.of(set, again, level).expectedShortfall();
            mean += shortfalls[i] / samples;
        }
        double square = 0;
        for (double one : shortfalls) {
            square += (one - mean) * (one - mean) / samples;
        }
        assertEquals(Math.sqrt(square), error, 0.1 * error);
    }

    private static BookVectors book(
            VectorPricer pricer, Underlying underlying, SplittableRandom random) {
        BookVectors book = pricer.none();
        double spot = underlying.equals(Pool.BTC) ? 65_000 : 2_500;
        Pool.Flat market = new Pool.Flat(underlying, Pool.START_MS, spot, 0.55);
        for (int i = 0; i < 5; i++) {
            double strike = Math.rint(spot * (0.7 + 0.6 * random.nextDouble()) / 100) * 100;
            book =
                    book.plus(
                            pricer.ofPackage(
                                            market,
                                            Pool.in(Pool.SPECS, underlying),
                                            Pool.option(
                                                    underlying,
                                                    7 + random.nextInt(60),
                                                    (int) strike,
                                                    random.nextBoolean() ? "C" : "P",
                                                    random.nextInt(2_000) - 1_000))
                                    .poolChange());
        }
        return book;
    }

    private static double[] gaussian(SplittableRandom random, int size, double deviation) {
        double[] values = new double[size];
        for (int s = 0; s < size; s++) {
            values[s] = deviation * random.nextGaussian();
        }
        return values;
    }

    private static double[] sum(double[] one, double[] other, double times) {
        double[] sum = new double[one.length];
        for (int s = 0; s < sum.length; s++) {
            sum[s] = one[s] + times * other[s];
        }
        return sum;
    }

    private static ScenarioSet equal(int days) {
        return set(new double[days], 1);
    }

    private static ScenarioSet weighted(SplittableRandom random, int days) {
        double[] weights = new double[days];
        for (int s = 0; s < days; s++) {
            weights[s] = random.nextDouble();
        }
        return set(weights, 0.01);
    }

    private static ScenarioSet set(double[] weights, double least) {
        TreeMap<Underlying, Move> still = new TreeMap<>(Map.of(Pool.BTC, new Move(0, 0)));
        List<Scenario> scenarios = new ArrayList<>();
        for (double weight : weights) {
            scenarios.add(new Scenario(Family.HISTORICAL, weight + least, 1, still));
        }
        scenarios.add(new Scenario(Family.GRID, 0.01, 1, still));
        return ScenarioSet.of("test", 1, scenarios);
    }
}
