package io.dolim.capacity.vector;

import com.typesafe.config.Config;

/**
 * How instruments are re-priced over scenarios.
 *
 * @param volFloorAnnual least volatility after a shock, as 0.05
 * @param volCapAnnual greatest volatility after a shock, as 5
 * @param shortPower p of the shock's term structure (30 d / T)^p up to 30 days
 * @param longPower the same beyond
 * @param leastShockDays T is taken for at least so many days in the term structure
 * @param tiltReach standard deviations of log-moneyness that a tilt nears far from the forward
 */
public record VectorParameters(
        double volFloorAnnual,
        double volCapAnnual,
        double shortPower,
        double longPower,
        double leastShockDays,
        double tiltReach) {

    /** The figures of {@code doc/risk.md}: floor 0.05, cap 5, powers 0.30 and 0.13, one day, two deviations. */
    public static final VectorParameters STANDARD = new VectorParameters(0.05, 5, 0.30, 0.13, 1, 2);

    /** @throws IllegalArgumentException when a figure is out of range */
    public VectorParameters {
        if (!(volFloorAnnual > 0 && volCapAnnual > volFloorAnnual && volCapAnnual <= 20)) {
            throw new IllegalArgumentException(
                    "volFloorAnnual=" + volFloorAnnual + " volCapAnnual=" + volCapAnnual);
        }
        if (!(shortPower >= 0 && shortPower <= 1 && longPower >= 0 && longPower <= 1)) {
            throw new IllegalArgumentException(
                    "shortPower=" + shortPower + " longPower=" + longPower + " must lie in 0 to 1");
        }
        if (!(leastShockDays > 0 && leastShockDays <= 30)) {
            throw new IllegalArgumentException(
                    "leastShockDays=" + leastShockDays + " must lie in (0, 30]");
        }
        if (!(tiltReach > 0 && tiltReach <= 2.4)) {
            throw new IllegalArgumentException("tiltReach=" + tiltReach + " must lie in (0, 2.4]");
        }
    }

    /**
     * Reads {@code vol-floor-annual, vol-cap-annual, short-power, long-power, least-shock-days,
     * tilt-reach}.
     */
    public static VectorParameters of(Config config) {
        return new VectorParameters(
                config.getDouble("vol-floor-annual"),
                config.getDouble("vol-cap-annual"),
                config.getDouble("short-power"),
                config.getDouble("long-power"),
                config.getDouble("least-shock-days"),
                config.getDouble("tilt-reach"));
    }
}
