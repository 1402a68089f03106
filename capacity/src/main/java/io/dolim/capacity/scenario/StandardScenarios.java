package io.dolim.capacity.scenario;

import io.dolim.capacity.scenario.StandardParameters.Mapping;
import io.dolim.capacity.scenario.StandardParameters.Source;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The set the pool starts with: recorded days and the stress grid. Sample means are removed before
 * anything is repriced: the mean spot factor of an underlying over the recorded days is 1 and its
 * mean volatility shock 0, so that history's drift is not taken for income.
 */
public final class StandardScenarios {

    private static final double HORIZON_DAYS = 1;

    private StandardScenarios() {}

    /**
     * The set for these underlyings.
     *
     * @throws IllegalArgumentException when one has no mapping
     */
    public static ScenarioSet of(StandardParameters parameters, SortedSet<Underlying> underlyings) {
        SortedMap<Underlying, Mapping> mappings = new TreeMap<>();
        for (Underlying underlying : underlyings) {
            Mapping mapping = parameters.mappings().get(underlying);
            if (mapping == null) {
                throw new IllegalArgumentException(
                        "underlying=" + underlying + " has no mapping to a recorded history");
            }
            mappings.put(underlying, mapping);
        }
        List<Scenario> scenarios = new ArrayList<>(historical(parameters, mappings));
        scenarios.addAll(grid(parameters.grid(), mappings));
        return ScenarioSet.of(parameters.version(), HORIZON_DAYS, scenarios);
    }

    private static List<Scenario> historical(
            StandardParameters parameters, SortedMap<Underlying, Mapping> mappings) {
        List<DailyMove> days = DailyMoves.recorded();
        double weight = (1 - parameters.grid().weight()) / days.size();
        double meanVol = mean(days, DailyMove::volShock);
        SortedMap<Underlying, Double> drift = new TreeMap<>();
        mappings.forEach(
                (underlying, mapping) ->
                        drift.put(
                                underlying,
                                Elementary.log(
                                        mean(days, day -> Elementary.exp(logMove(day, mapping))))));
        List<Scenario> scenarios = new ArrayList<>();
        for (DailyMove day : days) {
            SortedMap<Underlying, Move> moves = new TreeMap<>();
            mappings.forEach(
                    (underlying, mapping) ->
                            moves.put(
                                    underlying,
                                    new Move(
                                            logMove(day, mapping)
                                                    - drift.getOrDefault(underlying, Double.NaN),
                                            day.volShock() - meanVol)));
            scenarios.add(new Scenario(Family.HISTORICAL, weight, 1, moves));
        }
        return scenarios;
    }

    private static List<Scenario> grid(
            GridParameters grid, SortedMap<Underlying, Mapping> mappings) {
        List<Scenario> scenarios = new ArrayList<>();
        for (double move : grid.spotMoves()) {
            for (double vol : new double[] {grid.volDown(), 0, grid.volUp()}) {
                scenarios.add(gridScenario(grid, mappings, move, vol, 1));
            }
        }
        for (GridParameters.Tail tail : grid.tails()) {
            scenarios.add(
                    gridScenario(grid, mappings, tail.spotMove(), grid.volUp(), tail.damping()));
        }
        double total = EightSums.of(scenarios.size(), s -> scenarios.get(s).weight());
        return scenarios.stream()
                .map(
                        s ->
                                new Scenario(
                                        s.family(),
                                        s.weight() * grid.weight() / total,
                                        s.damping(),
                                        s.moves()))
                .toList();
    }

    private static Scenario gridScenario(
            GridParameters grid,
            SortedMap<Underlying, Mapping> mappings,
            double spotMove,
            double volShock,
            double damping) {
        SortedMap<Underlying, Move> moves = new TreeMap<>();
        double logMove = Elementary.log(1 + spotMove);
        mappings.forEach(
                (underlying, mapping) ->
                        moves.put(underlying, new Move(mapping.beta() * logMove, volShock)));
        double weight = Elementary.exp(-grid.decay() * Math.abs(spotMove));
        return new Scenario(Family.GRID, weight, damping, moves);
    }

    private static double logMove(DailyMove day, Mapping mapping) {
        return mapping.beta() * (mapping.source() == Source.BTC ? day.logBtc() : day.logEth());
    }

    private static double mean(List<DailyMove> days, ToDouble figure) {
        return EightSums.of(days.size(), d -> figure.of(days.get(d))) / days.size();
    }

    private interface ToDouble {
        double of(DailyMove day);
    }
}
