package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.Conditions;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.HedgeVector;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A perpetual at one venue in each scenario, against its formula written down again. */
class HedgeVectorTest {

    private static final double STEP = 0x1p-20;
    private static final double SPOT = 65_000;
    private static final TreeMap<String, Double> NO_NAMES = new TreeMap<>();

    private static final ScenarioSet SET =
            ScenarioSet.of(
                    "venues",
                    1,
                    List.of(
                            scenario(Family.HISTORICAL, Math.log(1.05), Conditions.CALM),
                            scenario(Family.HISTORICAL, Math.log(0.95), Conditions.CALM),
                            scenario(
                                    Family.EVENT,
                                    Math.log(0.85),
                                    conditions(Map.of("one", 0.3, "two", 0.6), 0, -0.02)),
                            scenario(
                                    Family.EVENT,
                                    Math.log(0.85),
                                    conditions(Map.of("one", 0.9), 0, 0)),
                            scenario(Family.EVENT, 0, conditions(Map.of(), 1, 0.01)),
                            scenario(Family.GRID, Math.log(0.82), Conditions.CALM),
                            scenario(Family.GRID, Math.log(1.18), conditions(Map.of(), 1, 0)),
                            scenario(Family.GRID, Math.log(0.40), Conditions.CALM)));

    @Test
    void aVenueThatHoldsGainsWhatThePriceDoes() {
        HedgeVector vector = vector("one", 10, 60_000, 500_000, true);
        double[] values = vector.values(s -> true);

        assertEquals(50_000, vector.markUsdc());
        assertEquals(550_000, vector.equityUsdc());
        assertEquals(10 * 3_250, values[0], STEP);
        assertEquals(10 * -3_250, values[1], STEP);
        // funding of a whole year at once for a day, and a basis of a hundredth
        double move = Math.expm1(0.01) - 1.0 / 365;
        assertEquals(650_000 * move, values[4], STEP);
        // the grid takes no time, so nothing is paid
        assertEquals(10 * 11_700, values[6], STEP);
    }

    @Test
    void ofAFailedVenueItsRecoveryIsLeftAndThePositionGone() {
        double[] values = vector("one", 10, 60_000, 500_000, true).values(s -> true);
        double after = 550_000 + 650_000 * Math.expm1(Math.log(0.85) - 0.02);
        assertEquals(0.3 * after - 550_000, values[2], STEP);
        // what has nothing left owes it all the same
        double[] broken = vector("one", 100, 65_000, 500_000, true).values(s -> true);
        assertEquals(6_500_000 * Math.expm1(Math.log(0.85) - 0.02), broken[2], STEP);
        // shorts that have gained lose it there
        double[] shorts = vector("one", -10, 65_000, 500_000, true).values(s -> true);
        double gained = 500_000 - 650_000 * Math.expm1(Math.log(0.85) - 0.02);
        assertEquals(0.3 * gained - 500_000, shorts[2], STEP);
    }

    @Test
    void aVenueFailsByItsNameAndOneThatNobodyNamesWithTheWorst() {
        assertEquals(0.3, SET.recovery(2, "one"));
        assertEquals(0.6, SET.recovery(2, "two"));
        assertEquals(1, SET.recovery(3, "two"));
        assertEquals(0.3, SET.recovery(2, "elsewhere"));
        assertEquals(0.9, SET.recovery(3, "elsewhere"));
        assertEquals(1, SET.recovery(0, "elsewhere"));
    }

    @Test
    void aCallThatIsNotMetLosesAllThatLiesThere() {
        HedgeVector vector = vector("one", 10, 65_000, 130_000, true);
        // 18 % take 117,000 of 130,000; 5 % of the notional must be there
        assertEquals(0.05 * 533_000 - 13_000, vector.callUsdc(5), STEP);
        assertEquals(0, vector.callUsdc(1));
        assertEquals(-117_000, vector.values(s -> true)[5], STEP);
        assertEquals(-130_000, vector.values(s -> false)[5], STEP);
        // beyond nothing left: the whole loss, met or not
        assertEquals(-390_000, vector.values(s -> true)[7], STEP);
        assertEquals(-390_000, vector.values(s -> false)[7], STEP);
        assertEquals(-32_500, vector.values(s -> false)[1], STEP, "nothing is called there");
        assertEquals(0, vector.callUsdc(2), "a venue that fails calls nothing");
    }

    @Test
    void neitherFailureNorClosingNorDoubtIsEverAGain() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 2_000; round++) {
            double coins = random.nextDouble(-300, 300);
            double price = random.nextDouble(40_000, 90_000);
            long posted = random.nextLong(-100_000, 3_000_000);
            HedgeVector sure = vector("one", coins, price, posted, true);
            HedgeVector doubted = vector("one", coins, price, posted, false);
            double[] met = sure.values(s -> true);
            double[] unmet = sure.values(s -> false);
            double[] doubtful = doubted.values(s -> false);
            for (int s = 0; s < SET.size(); s++) {
                double kept = kept(coins, s);
                assertTrue(met[s] <= kept + STEP, "kept");
                assertTrue(unmet[s] <= met[s], "met");
                assertTrue(doubtful[s] <= 0, "doubt");
                assertTrue(doubted.countedMarkUsdc() <= 0, "a gain in doubt");
                double counted = doubted.countedMarkUsdc() + doubtful[s];
                assertTrue(counted <= sure.markUsdc() + unmet[s] + STEP, "doubt at mark");
            }
        }
    }

    private static double kept(double coins, int s) {
        Conditions conditions = SET.scenario(s).conditions();
        double days = SET.instantaneous(s) ? 0 : 1;
        return coins
                * SPOT
                * (Math.expm1(SET.move(s, Pool.BTC).logSpot() + conditions.basis())
                        - conditions.fundingAnnual() * days / 365);
    }

    @Test
    void amountsAreStepsSoThatSumsHaveNoOrder() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 200; round++) {
            HedgeVector vector =
                    vector(
                            round % 2 == 0 ? "one" : "two",
                            random.nextDouble(-300, 300),
                            random.nextDouble(40_000, 90_000),
                            random.nextLong(3_000_000),
                            random.nextBoolean());
            boolean met = random.nextBoolean();
            double[] values = vector.values(s -> met);
            double[] rounded = values.clone();
            for (int s = 0; s < rounded.length; s++) {
                rounded[s] = Math.rint(rounded[s] / STEP) * STEP;
                assertEquals(0, Math.abs(vector.callUsdc(s) % STEP));
            }
            assertArrayEquals(rounded, values);
            assertEquals(0, Math.abs(vector.markUsdc() % STEP));
        }
    }

    /**
     * The worked case of the design: 264 coins that hedge 500 calls lose 3.1 million when the price falls
     * by 18 %, of which ten times leverage has posted 1.7.
     */
    @Test
    void theWorkedCaseOfTheDesign() {
        HedgeVector hedge = vector("one", 264, 65_000, 1_716_000, true);
        HedgeVector nothing =
                HedgeVector.of(
                        SET,
                        Pool.BTC,
                        SPOT,
                        new HedgeVector.Position("one", 264, 264 * SPOT, 0, 1e-9, true));

        assertEquals(0.1 * 264 * SPOT, 1_716_000, 1e-6, "what ten times leverage posts");
        assertEquals(3_088_800, nothing.callUsdc(5), 0.02);
        double notional = 264 * SPOT * 0.82;
        assertEquals(3_088_800 - 1_716_000 + 0.05 * notional, hedge.callUsdc(5), STEP);
    }

    private static HedgeVector vector(
            String venue, double coins, double price, long posted, boolean standing) {
        return HedgeVector.of(
                SET,
                Pool.BTC,
                SPOT,
                new HedgeVector.Position(
                        venue, coins, coins * price, (double) posted, 0.05, standing));
    }

    private static Conditions conditions(
            Map<String, Double> recoveries, double funding, double basis) {
        return new Conditions(1, NO_NAMES, new TreeMap<>(recoveries), funding, basis);
    }

    private static Scenario scenario(Family family, double logSpot, Conditions conditions) {
        TreeMap<Underlying, Move> moves =
                new TreeMap<>(Map.of(Pool.BTC, new Move(logSpot, 0), Pool.ETH, new Move(0, 0)));
        return new Scenario(family, "", 1, 1, moves, conditions);
    }
}
