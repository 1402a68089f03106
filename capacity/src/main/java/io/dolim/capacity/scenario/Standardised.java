package io.dolim.capacity.scenario;

/**
 * A series of daily moves freed of its changing volatility: the filter of filtered historical
 * simulation (Barone-Adesi, Giannopoulos and Vosper 1999, as told by Gurrola-Perez and Murphy, Bank
 * of England working paper 525, 2015) with the exponentially weighted variance of RiskMetrics.
 *
 * <pre>
 *   z_t = r_t / sigma_t        sigma_t^2 = decay sigma_{t-1}^2 + (1 - decay) r_{t-1}^2
 * </pre>
 *
 * <p>Each sigma_t is made of the days before t alone. The first is the root mean square of the
 * warm-up, whose days give no z. Moves are not demeaned here.
 */
final class Standardised {

    private Standardised() {}

    /**
     * z by day after the warm-up, dimensionless.
     *
     * @throws IllegalArgumentException when no day is left, or the warm-up does not move at all
     */
    static double[] of(double[] moves, HistoryParameters.Filter filter) {
        int warm = filter.warmUpDays();
        if (moves.length <= warm) {
            throw new IllegalArgumentException(
                    "days=" + moves.length + " must be more than warm-up-days=" + warm);
        }
        double variance = EightSums.of(warm, d -> moves[d] * moves[d]) / warm;
        if (!(variance > 0)) {
            throw new IllegalArgumentException("warm-up-days=" + warm + " do not move");
        }
        double[] z = new double[moves.length - warm];
        for (int i = 0; i < z.length; i++) {
            double move = moves[warm + i];
            z[i] = move / Math.sqrt(variance);
            variance = filter.decay() * variance + (1 - filter.decay()) * move * move;
        }
        return z;
    }

    /** The long-run volatility of a day: root mean square of all moves. */
    static double rootMeanSquare(double[] moves) {
        return Math.sqrt(EightSums.of(moves.length, d -> moves[d] * moves[d]) / moves.length);
    }
}
