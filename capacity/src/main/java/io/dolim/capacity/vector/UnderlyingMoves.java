package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.Move;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;

/** One underlying's moves, laid out by scenario. */
final class UnderlyingMoves {

    private final ScenarioSet scenarios;
    private final double[] logSpot;
    private final double[] volShock;
    private final double[] tilt;
    private final double[] wholeHorizon;
    private final boolean tilts;

    private UnderlyingMoves(ScenarioSet scenarios, Underlying underlying) {
        this.scenarios = scenarios;
        this.logSpot = new double[scenarios.size()];
        this.volShock = new double[scenarios.size()];
        this.tilt = new double[scenarios.size()];
        this.wholeHorizon = new double[scenarios.size()];
        boolean any = false;
        for (int s = 0; s < scenarios.size(); s++) {
            Move move = scenarios.move(s, underlying);
            logSpot[s] = move.logSpot();
            volShock[s] = move.volShock();
            tilt[s] = move.tilt();
            wholeHorizon[s] = Elementary.exp(move.logSpot());
            any |= move.tilt() != 0;
        }
        this.tilts = any;
    }

    static UnderlyingMoves of(ScenarioSet scenarios, Underlying underlying) {
        return new UnderlyingMoves(scenarios, underlying);
    }

    double volShock(int s) {
        return volShock[s];
    }

    double tilt(int s) {
        return tilt[s];
    }

    /** Whether any scenario tilts the smile. */
    boolean tilts() {
        return tilts;
    }

    /** Log move of the spot for an option of this life. */
    double logMove(int s, double days) {
        return logSpot[s] * horizonScale(s, days);
    }

    /** Spot after over spot before, by scenario, for an option of this life. */
    double[] factors(double days) {
        if (days >= scenarios.horizonDays()) {
            return wholeHorizon;
        }
        double[] factors = new double[logSpot.length];
        for (int s = 0; s < factors.length; s++) {
            factors[s] = Elementary.exp(logMove(s, days));
        }
        return factors;
    }

    /** Factor on the log move: 1, or sqrt(T/h) for a life shorter than the horizon. */
    private double horizonScale(int s, double days) {
        return scenarios.instantaneous(s) || days >= scenarios.horizonDays()
                ? 1
                : Math.sqrt(days / scenarios.horizonDays());
    }
}
