package io.dolim.book;

import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.Scenario;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.FullRepricing;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A pricer over six scenarios: enough for sums that must be exact. */
final class SmallScenarios {

    private SmallScenarios() {}

    static VectorPricer pricer() {
        List<Scenario> scenarios = new ArrayList<>();
        for (double move : new double[] {-0.05, 0.01, 0.04}) {
            scenarios.add(new Scenario(Family.HISTORICAL, 1, 1, moves(move, 0)));
        }
        for (double move : new double[] {-0.16, 0, 0.16}) {
            scenarios.add(new Scenario(Family.GRID, 0.01, 1, moves(move, 0.3)));
        }
        return new FullRepricing(
                ScenarioSet.of("small-1", 1, scenarios), VectorParameters.STANDARD);
    }

    private static SortedMap<Underlying, Move> moves(double logSpot, double volShock) {
        SortedMap<Underlying, Move> moves = new TreeMap<>();
        moves.put(Samples.BTC, new Move(logSpot, volShock));
        moves.put(Samples.ETH, new Move(logSpot, volShock));
        return moves;
    }
}
