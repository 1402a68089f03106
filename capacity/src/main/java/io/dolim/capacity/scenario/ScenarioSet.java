package io.dolim.capacity.scenario;

import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A numbered set of scenarios: all risk of the pool is a vector over it. Scenarios stand in the
 * order historical, event, grid; within a family in the order given. Same version, same bits.
 */
public final class ScenarioSet {

    /** Most scenarios of a set. */
    public static final int MAX_SIZE = 10_000;

    /** The stablecoin that is the pool's cash. */
    public static final String CASH = "USDC";

    private static final double DAYS_PER_YEAR = 365;

    private final String version;
    private final double horizonDays;
    private final List<Scenario> scenarios;
    private final SortedSet<Underlying> underlyings;
    private final double[] probabilities;
    private final int gridStart;
    private final double[] cashMoves;
    private final double cashVolAnnual;
    private final double[] dampings;
    private final SortedSet<String> venues;

    private ScenarioSet(String version, double horizonDays, List<Scenario> sorted) {
        this.version = version;
        this.horizonDays = horizonDays;
        this.scenarios = List.copyOf(sorted);
        this.underlyings = new TreeSet<>(sorted.getFirst().moves().keySet());
        this.probabilities = normalised(sorted);
        this.gridStart = (int) sorted.stream().filter(s -> s.family() != Family.GRID).count();
        this.dampings = sorted.stream().mapToDouble(Scenario::damping).toArray();
        this.cashMoves = sorted.stream().mapToDouble(s -> s.conditions().peg(CASH) - 1).toArray();
        this.cashVolAnnual = Math.sqrt(squaredCashVol());
        this.venues = new TreeSet<>();
        sorted.forEach(s -> venues.addAll(s.conditions().recoveries().keySet()));
    }

    /**
     * A set of scenarios.
     *
     * @param version its name, in every record that depends on it
     * @param horizonDays h, days over which the first two families move; positive
     * @throws IllegalArgumentException when empty, too large, without both a grid and a family over
     *     the horizon, or when scenarios move different underlyings
     */
    public static ScenarioSet of(String version, double horizonDays, List<Scenario> given) {
        if (given.isEmpty() || given.size() > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "scenarios=" + given.size() + " must be 1 to " + MAX_SIZE);
        }
        if (!(horizonDays > 0 && horizonDays <= 365)) {
            throw new IllegalArgumentException(
                    "horizonDays=" + horizonDays + " must be in (0, 365]");
        }
        List<Scenario> sorted = new ArrayList<>(given);
        sorted.sort(Comparator.comparing(Scenario::family));
        for (Scenario scenario : sorted) {
            if (!scenario.moves().keySet().equals(sorted.getFirst().moves().keySet())) {
                throw new IllegalArgumentException(
                        "underlyings="
                                + scenario.moves().keySet()
                                + " must be those of the first scenario");
            }
        }
        if (sorted.getLast().family() != Family.GRID || sorted.getFirst().family() == Family.GRID) {
            throw new IllegalArgumentException(
                    "scenarios must hold a grid and a family over the horizon");
        }
        return new ScenarioSet(version, horizonDays, sorted);
    }

    /** Its name. */
    public String version() {
        return version;
    }

    /** h, days. */
    public double horizonDays() {
        return horizonDays;
    }

    /** S, the number of scenarios. */
    public int size() {
        return scenarios.size();
    }

    /** G, the number of scenarios of the grid, which are the last. */
    public int gridSize() {
        return scenarios.size() - gridStart;
    }

    /** Index of the first scenario of the grid. */
    public int gridStart() {
        return gridStart;
    }

    /** The scenario at an index. */
    public Scenario scenario(int s) {
        return scenarios.get(s);
    }

    /** p_s: its weight over the sum of all weights. */
    public double probability(int s) {
        return probabilities[s];
    }

    /** E_p of amounts by scenario. */
    public double mean(double[] amounts) {
        if (amounts.length != probabilities.length) {
            throw new IllegalArgumentException(
                    "amounts=" + amounts.length + " must be " + probabilities.length);
        }
        return EightSums.ofProducts(probabilities, amounts, amounts.length);
    }

    /** Factor on profit and loss, in (0, 1]. */
    public double damping(int s) {
        return dampings[s];
    }

    /** What one USDC of cash gains, USDC at par: its peg less 1. */
    public double cashMove(int s) {
        return cashMoves[s];
    }

    /**
     * How far the pegs of the families over the horizon move cash, a year:
     *
     * <pre>  sqrt(365 / h sum_s p_s (peg_s - 1)^2 / sum_s p_s)</pre>
     *
     * 0 when no scenario has a peg.
     */
    public double cashVolAnnual() {
        return cashVolAnnual;
    }

    /** Factor on the impact of hedging after scenario g of the grid, at least 1. */
    public double gridLiquidity(int g) {
        return scenarios.get(gridStart + g).conditions().liquidity();
    }

    /**
     * What of the pool's at a venue comes back in a scenario, a share; 1 where it does not fail. A venue
     * that no scenario of the set names fails whenever another does, with the least that comes back
     * there: none is safe for want of a scenario.
     */
    public double recovery(int s, String venue) {
        SortedMap<String, Double> stated = scenarios.get(s).conditions().recoveries();
        if (stated.isEmpty()) {
            return 1;
        }
        return venues.contains(venue)
                ? stated.getOrDefault(venue, 1.0)
                : Math.min(1, Collections.min(stated.values()));
    }

    /** Whether the scenario takes no time. */
    public boolean instantaneous(int s) {
        return s >= gridStart;
    }

    /** The underlyings it moves. */
    public SortedSet<Underlying> underlyings() {
        return Collections.unmodifiableSortedSet(underlyings);
    }

    /** What a scenario does to an underlying. @throws IllegalArgumentException when it is not moved */
    public Move move(int s, Underlying underlying) {
        Move move = scenarios.get(s).moves().get(underlying);
        if (move == null) {
            throw new IllegalArgumentException(
                    "underlying=" + underlying + " is not moved by scenario set " + version);
        }
        return move;
    }

    private double squaredCashVol() {
        double mass = EightSums.of(gridStart, s -> probabilities[s]);
        double square =
                EightSums.of(gridStart, s -> probabilities[s] * cashMoves[s] * cashMoves[s]);
        return DAYS_PER_YEAR / horizonDays * square / mass;
    }

    private static double[] normalised(List<Scenario> scenarios) {
        double[] weights = scenarios.stream().mapToDouble(Scenario::weight).toArray();
        double sum = EightSums.of(weights.length, s -> weights[s]);
        for (int s = 0; s < weights.length; s++) {
            weights[s] /= sum;
        }
        return weights;
    }
}
