package io.dolim.capacity.scenario;

import io.dolim.capacity.scenario.SetRecipe.Mapping;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Builds a set from its recipe: history, events, the stress grid, in this order. Weights: an event's
 * frequency times a day, the grid's share, and the rest spread evenly over history.
 */
final class RecipeScenarios {

    private static final double HORIZON_DAYS = 1;

    private RecipeScenarios() {}

    /** @throws IllegalArgumentException when an underlying has no mapping, or one named by the version is not configured */
    static ScenarioSet of(SetRecipe recipe, SetVersion version, SortedSet<Underlying> underlyings) {
        SortedMap<Underlying, Mapping> mappings = new TreeMap<>();
        for (Underlying underlying : underlyings) {
            Mapping mapping = recipe.mappings().get(underlying);
            if (mapping == null) {
                throw new IllegalArgumentException(
                        "underlying=" + underlying + " has no mapping to a recorded history");
            }
            mappings.put(underlying, mapping);
        }
        double weight = 1 - recipe.grid().weight() - recipe.eventWeight();
        List<Scenario> scenarios =
                new ArrayList<>(HistoricalScenarios.of(recipe, version, mappings, weight));
        for (EventParameters event : recipe.events()) {
            scenarios.add(event(event, mappings));
        }
        scenarios.addAll(grid(recipe.grid(), mappings));
        return ScenarioSet.of(version.toString(), HORIZON_DAYS, scenarios);
    }

    private static Scenario event(EventParameters event, SortedMap<Underlying, Mapping> mappings) {
        return new Scenario(
                Family.EVENT,
                event.name(),
                SetRecipe.weight(event),
                1,
                moves(mappings, event.logSpot(), event.volShock(), event.tilt()),
                event.conditions());
    }

    private static List<Scenario> grid(
            GridParameters grid, SortedMap<Underlying, Mapping> mappings) {
        List<Double> tilts = new ArrayList<>(List.of(0.0));
        tilts.addAll(grid.tilts());
        List<Scenario> scenarios = new ArrayList<>();
        for (double move : grid.spotMoves()) {
            for (double vol : new double[] {grid.volDown(), 0, grid.volUp()}) {
                for (double tilt : tilts) {
                    scenarios.add(
                            gridScenario(grid, mappings, move, vol, tilt, 1, Conditions.CALM));
                }
            }
        }
        Conditions illiquid = Conditions.illiquid(grid.tailLiquidity());
        for (GridParameters.Tail tail : grid.tails()) {
            scenarios.add(
                    gridScenario(
                            grid,
                            mappings,
                            tail.spotMove(),
                            grid.volUp(),
                            0,
                            tail.damping(),
                            illiquid));
        }
        double total = EightSums.of(scenarios.size(), s -> scenarios.get(s).weight());
        return scenarios.stream().map(s -> s.weighing(s.weight() * grid.weight() / total)).toList();
    }

    private static Scenario gridScenario(
            GridParameters grid,
            SortedMap<Underlying, Mapping> mappings,
            double spotMove,
            double volShock,
            double tilt,
            double damping,
            Conditions conditions) {
        return new Scenario(
                Family.GRID,
                "spot " + spotMove + " vol " + volShock + (tilt == 0 ? "" : " tilt " + tilt),
                Elementary.exp(-grid.decay() * Math.abs(spotMove)),
                damping,
                moves(mappings, Elementary.log(1 + spotMove), volShock, tilt),
                conditions);
    }

    private static SortedMap<Underlying, Move> moves(
            SortedMap<Underlying, Mapping> mappings, double logMove, double volShock, double tilt) {
        SortedMap<Underlying, Move> moves = new TreeMap<>();
        mappings.forEach(
                (underlying, mapping) ->
                        moves.put(underlying, new Move(mapping.beta() * logMove, volShock, tilt)));
        return moves;
    }
}
