package io.dolim.capacity;

import com.typesafe.config.Config;
import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A grid of instantaneous moves, of every spot and every volatility alike, over which positions are
 * priced anew: for looking at risk. It decides nothing, and its moves are not those of the scenarios.
 *
 * <p>A volatility moves as in the scenarios: by a share of itself at 30 days, scaled by life, floored
 * and capped, at a fixed log-moneyness on the moved forward ({@link FullRepricing}).
 */
public final class RiskGrid {

    private static final int MOST_SPOT_MOVES = 41;
    private static final int MOST_VOL_MOVES = 21;
    private static final double LEAST_MOVE = -0.95;
    private static final double GREATEST_MOVE = 5;

    private final List<Double> spotMoves;
    private final List<Double> volMoves;
    private final VectorPricer pricer;

    /**
     * A grid.
     *
     * @param spotMoves shares of the spot, rising, as -0.1 for a tenth less
     * @param volMoves shares of the volatility at 30 days, rising
     * @throws IllegalArgumentException naming the moves and the rule
     */
    public RiskGrid(
            List<Double> spotMoves,
            List<Double> volMoves,
            VectorParameters vectors,
            SortedSet<Underlying> underlyings) {
        this.spotMoves = requireMoves("spot-moves", spotMoves, MOST_SPOT_MOVES);
        this.volMoves = requireMoves("volatility-moves", volMoves, MOST_VOL_MOVES);
        List<Scenario> scenarios = new ArrayList<>();
        // a set holds a family over the horizon as well; nobody reads it here
        scenarios.add(scenario(Family.HISTORICAL, 0, 0, underlyings));
        for (double vol : this.volMoves) {
            for (double spot : this.spotMoves) {
                scenarios.add(scenario(Family.GRID, Elementary.log(1 + spot), vol, underlyings));
            }
        }
        pricer = new FullRepricing(ScenarioSet.of("risk-grid", 1, scenarios), vectors);
    }

    /** Reads {@code spot-moves} and {@code volatility-moves}. */
    public static RiskGrid of(
            Config config, VectorParameters vectors, SortedSet<Underlying> underlyings) {
        return new RiskGrid(
                config.getDoubleList("spot-moves"),
                config.getDoubleList("volatility-moves"),
                vectors,
                underlyings);
    }

    /** Shares of the spot, rising. */
    public List<Double> spotMoves() {
        return spotMoves;
    }

    /** Shares of the volatility at 30 days, rising. */
    public List<Double> volMoves() {
        return volMoves;
    }

    /** Prices over the frozen markets of one view. */
    public RiskSurface on(CapacityView view) {
        return new RiskSurface(this, new VectorCache(pricer), view);
    }

    /** Where the scenario of a cell stands. */
    int index(int vol, int spot) {
        return pricer.scenarios().gridStart() + vol * spotMoves.size() + spot;
    }

    private static Scenario scenario(
            Family family, double logSpot, double volShock, SortedSet<Underlying> underlyings) {
        SortedMap<Underlying, Move> moves = new TreeMap<>();
        underlyings.forEach(underlying -> moves.put(underlying, new Move(logSpot, volShock)));
        return new Scenario(family, 1, 1, moves);
    }

    private static List<Double> requireMoves(String name, List<Double> given, int most) {
        List<Double> moves = List.copyOf(given);
        if (moves.isEmpty() || moves.size() > most) {
            throw new IllegalArgumentException(
                    name + "=" + moves + " must be 1 to " + most + " moves");
        }
        double last = Double.NEGATIVE_INFINITY;
        for (double move : moves) {
            if (!(move >= LEAST_MOVE && move <= GREATEST_MOVE && move > last)) {
                throw new IllegalArgumentException(
                        name
                                + "="
                                + moves
                                + " must rise from at least "
                                + LEAST_MOVE
                                + " to at most "
                                + GREATEST_MOVE);
            }
            last = move;
        }
        return moves;
    }
}
