package io.dolim.capacity.scenario;

/**
 * What a scenario does to one underlying.
 *
 * @param logSpot log move of the spot, dimensionless
 * @param volShock relative shock of volatility at 30 days, as 0.5 for half as much again; the term
 *     structure scales it by life
 * @param tilt relative shock of volatility for each standard deviation of log-moneyness above the
 *     forward, as -0.1 for puts a tenth dearer and calls a tenth cheaper one deviation out
 */
public record Move(double logSpot, double volShock, double tilt) {

    private static final double LARGEST_LOG = 5;
    private static final double LARGEST_SHOCK = 20;
    private static final double LARGEST_TILT = 0.4;

    /** @throws IllegalArgumentException when NaN, beyond e^5 either way, or below no volatility at all */
    public Move {
        if (!(Math.abs(logSpot) <= LARGEST_LOG)) {
            throw new IllegalArgumentException(
                    "logSpot=" + logSpot + " must be within " + LARGEST_LOG);
        }
        if (!(volShock >= -1 && volShock <= LARGEST_SHOCK)) {
            throw new IllegalArgumentException(
                    "volShock=" + volShock + " must lie in -1 to " + LARGEST_SHOCK);
        }
        if (!(Math.abs(tilt) <= LARGEST_TILT)) {
            throw new IllegalArgumentException("tilt=" + tilt + " must be within " + LARGEST_TILT);
        }
    }

    /** A move that leaves the skew. */
    public Move(double logSpot, double volShock) {
        this(logSpot, volShock, 0);
    }
}
