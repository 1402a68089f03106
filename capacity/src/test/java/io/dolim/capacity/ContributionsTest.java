package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.Conditions;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.MadeUpVectors;
import io.dolim.capacity.vector.Series;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the expected shortfall is made of, over pools, scenarios and levels of every sort. */
class ContributionsTest {

    private static final int POOLS = 20_000;
    private static final List<OptionContract> CONTRACTS = contracts();

    /** A pool, and the sizes of its sums: what rounding is measured against. */
    private record Made(
            ScenarioSet set,
            List<Contributions.Held> held,
            double cash,
            double level,
            Contributions parts,
            double gross) {}

    @Test
    void instrumentsExpiriesAndVenuesAddUpToTheShortfallByItsOtherDefinition() {
        SplittableRandom random = new SplittableRandom(21);
        int hedged = 0;
        int depegged = 0;
        for (int round = 0; round < POOLS; round++) {
            Made made = pool(random);
            Contributions parts = made.parts();
            double bound = 1e-12 * made.gross();
            String which = "pool " + round;
            assertEquals(leastOf(made), parts.expected(), 1e-9 * made.gross(), which);
            assertEquals(
                    parts.expected(), sum(parts.byInstrument()) + parts.collateral(), bound, which);
            assertEquals(
                    parts.expected(), sum(parts.byExpiry()) + parts.collateral(), bound, which);
            assertEquals(parts.expected(), sum(parts.byVenue()), bound, which);
            hedged += parts.byInstrument().values().stream().anyMatch(part -> part < 0) ? 1 : 0;
            depegged += parts.collateral() > 0 ? 1 : 0;
        }
        assertTrue(hedged > POOLS / 4, "pools with a hedge in the tail: " + hedged);
        assertTrue(depegged > POOLS / 8, "pools with a peg in the tail: " + depegged);
    }

    @Test
    void eachPartIsItsOwnLossInTheTailSummedDirectly() {
        SplittableRandom random = new SplittableRandom(22);
        for (int round = 0; round < POOLS; round++) {
            Made made = pool(random);
            double[] tail = tailWeights(made);
            SortedMap<OptionContract, Double> byInstrument = new TreeMap<>();
            SortedMap<Series, Double> byExpiry = new TreeMap<>();
            double collateral = 0;
            for (int s = 0; s < tail.length; s++) {
                collateral -= tail[s] * made.cash() * made.set().cashMove(s);
                for (Contributions.Held held : made.held()) {
                    OptionContract contract = held.one().contract();
                    double loss = -tail[s] * held.lots() * held.one().value(s);
                    byInstrument.merge(contract, loss, Double::sum);
                    byExpiry.merge(
                            new Series(contract.underlying(), contract.expiry()),
                            loss,
                            Double::sum);
                }
            }
            double bound = 1e-12 * made.gross();
            requireEqual(byInstrument, made.parts().byInstrument(), bound);
            requireEqual(byExpiry, made.parts().byExpiry(), bound);
            assertEquals(collateral, made.parts().collateral(), bound, "pool " + round);
            assertEquals(List.of("none"), List.copyOf(made.parts().byVenue().keySet()));
        }
    }

    private static <K> void requireEqual(
            SortedMap<K, Double> expected, SortedMap<K, Double> actual, double bound) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach(
                (key, part) -> assertEquals(part, Pool.in(actual, key), bound, key.toString()));
    }

    /** min over c of c + E[(L - c)+] / (1 - a), tried at every loss. */
    private static double leastOf(Made made) {
        double[] profit = profit(made);
        int days = made.set().gridStart();
        double mass = 0;
        for (int s = 0; s < days; s++) {
            mass += made.set().probability(s);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int at = 0; at < days; at++) {
            double beyond = 0;
            for (int s = 0; s < days; s++) {
                beyond += made.set().probability(s) * Math.max(0, profit[at] - profit[s]);
            }
            least = Math.min(least, -profit[at] + beyond / mass / (1 - made.level()));
        }
        return least;
    }

    /** The worst scenarios until their mass is 1 - a, the first of equal ones first, by search. */
    private static double[] tailWeights(Made made) {
        double[] profit = profit(made);
        int days = made.set().gridStart();
        double mass = 0;
        for (int s = 0; s < days; s++) {
            mass += made.set().probability(s);
        }
        double tail = (1 - made.level()) * mass;
        double left = tail;
        double[] weights = new double[days];
        boolean[] taken = new boolean[days];
        for (int taking = 0; taking < days && left > 0; taking++) {
            int worst = -1;
            for (int s = 0; s < days; s++) {
                if (!taken[s] && (worst < 0 || profit[s] < profit[worst])) {
                    worst = s;
                }
            }
            taken[worst] = true;
            double weight = Math.min(left, made.set().probability(worst));
            weights[worst] = weight / tail;
            left -= weight;
        }
        return weights;
    }

    private static double[] profit(Made made) {
        double[] profit = new double[made.set().size()];
        for (int s = 0; s < profit.length; s++) {
            profit[s] = made.cash() * made.set().cashMove(s);
            for (Contributions.Held held : made.held()) {
                profit[s] += held.lots() * held.one().value(s);
            }
        }
        return profit;
    }

    private static Made pool(SplittableRandom random) {
        ScenarioSet set = scenarios(random);
        List<Contributions.Held> held = new ArrayList<>();
        int first = random.nextInt(CONTRACTS.size());
        for (int i = random.nextInt(9); i > 0; i--) {
            OptionContract contract = CONTRACTS.get((first + i) % CONTRACTS.size());
            double step = random.nextBoolean() ? 1 : 0.37 * random.nextDouble();
            held.add(
                    new Contributions.Held(
                            MadeUpVectors.of(set, contract, step, random),
                            random.nextLong(-1_000, 1_001)));
        }
        double cash = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 1e5;
        double level = 0.5 + 0.499 * random.nextDouble();
        Contributions parts = Contributions.of(set, held, Hedges.NONE, cash, level);
        double gross = 0;
        for (int s = 0; s < set.size(); s++) {
            double all = Math.abs(cash * set.cashMove(s));
            for (Contributions.Held each : held) {
                all += Math.abs(each.lots() * each.one().value(s));
            }
            gross = Math.max(gross, all);
        }
        return new Made(set, held, cash, level, parts, gross);
    }

    private static ScenarioSet scenarios(SplittableRandom random) {
        TreeMap<Underlying, Move> still =
                new TreeMap<>(Map.of(Pool.BTC, new Move(0, 0), Pool.ETH, new Move(0, 0)));
        List<Scenario> scenarios = new ArrayList<>();
        for (int i = 4 + random.nextInt(24); i > 0; i--) {
            scenarios.add(new Scenario(Family.HISTORICAL, 0.05 + random.nextDouble(), 1, still));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            TreeMap<String, Double> pegs = new TreeMap<>();
            if (random.nextInt(3) > 0) {
                pegs.put(ScenarioSet.CASH, 0.8 + 0.2 * random.nextDouble());
            }
            scenarios.add(
                    new Scenario(
                            Family.EVENT,
                            "event-" + i,
                            0.2 * random.nextDouble() + 0.01,
                            1,
                            still,
                            new Conditions(1, pegs, new TreeMap<>(), 0, 0)));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            scenarios.add(new Scenario(Family.GRID, 0.01, 0.5, still));
        }
        return ScenarioSet.of("made-up", 1, scenarios);
    }

    private static List<OptionContract> contracts() {
        List<OptionContract> contracts = new ArrayList<>();
        for (Underlying underlying : List.of(Pool.BTC, Pool.ETH)) {
            for (int days : new int[] {7, 30, 90}) {
                for (String type : List.of("C", "P")) {
                    contracts.add(
                            Pool.option(underlying, days, 3_000, type, 1)
                                    .legs()
                                    .getFirst()
                                    .contract());
                }
            }
        }
        return contracts;
    }

    private static double sum(SortedMap<?, Double> parts) {
        double sum = 0;
        for (double part : parts.values()) {
            sum += part;
        }
        return sum;
    }
}
