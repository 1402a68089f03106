package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.surface.VolSurface;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One underlying's moves in two runs, the families over the horizon and the grid. In each the spot
 * rises from scenario to scenario, so that what is read of a smile falls in log-moneyness.
 *
 * @param horizon the families over the horizon
 * @param grid the instantaneous moves
 */
record UnderlyingMoves(Run horizon, Run grid) {

    static UnderlyingMoves of(ScenarioSet scenarios, Underlying underlying) {
        int grid = scenarios.gridStart();
        return new UnderlyingMoves(
                Run.of(scenarios, underlying, 0, grid),
                Run.of(scenarios, underlying, grid, scenarios.size()));
    }

    /** Whether any scenario tilts the smile. */
    boolean tilts() {
        return horizon.tilts || grid.tilts;
    }

    /** Scenarios by rising move of the spot; {@link VolSurface#ROOM} more places in each column. */
    static final class Run {
        private final boolean tilts;
        final int count;

        /** Index in the set, by place. */
        final int[] scenario;

        /** Log move of the spot over the whole horizon. */
        final double[] logSpot;

        /** Spot after over spot before, over the whole horizon. */
        final double[] factor;

        /** Relative shock of volatility at 30 days. */
        final double[] volShock;

        /** Relative tilt of the smile, for each deviation. */
        final double[] tilt;

        /** Factor on profit and loss. */
        final double[] damping;

        private Run(ScenarioSet scenarios, Underlying underlying, List<Integer> sorted) {
            this.count = sorted.size();
            this.scenario = sorted.stream().mapToInt(Integer::intValue).toArray();
            this.logSpot = new double[count + VolSurface.ROOM];
            this.factor = new double[count + VolSurface.ROOM];
            this.volShock = new double[count + VolSurface.ROOM];
            this.tilt = new double[count + VolSurface.ROOM];
            this.damping = new double[count + VolSurface.ROOM];
            boolean any = false;
            for (int i = 0; i < count; i++) {
                Move move = scenarios.move(scenario[i], underlying);
                logSpot[i] = move.logSpot();
                factor[i] = Elementary.exp(move.logSpot());
                volShock[i] = move.volShock();
                tilt[i] = move.tilt();
                damping[i] = scenarios.damping(scenario[i]);
                any |= move.tilt() != 0;
            }
            this.tilts = any;
        }

        static Run of(ScenarioSet scenarios, Underlying underlying, int from, int to) {
            return new Run(
                    scenarios,
                    underlying,
                    IntStream.range(from, to)
                            .boxed()
                            .sorted(
                                    Comparator.comparingDouble(
                                            s -> scenarios.move(s, underlying).logSpot()))
                            .toList());
        }

        /** Whether one of them tilts the smile. */
        boolean tilts() {
            return tilts;
        }
    }
}
