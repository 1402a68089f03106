package io.dolim.capacity;

import com.typesafe.config.Config;
import io.dolim.capacity.scenario.ScenarioSet;
import java.time.Duration;
import java.util.Map;

/**
 * How hedges at venues count.
 *
 * @param reportLife a hedger that is silent for longer has no venue that stands
 * @param freeCashShare of the pool's cash that lies at no venue, what may be sent to venues; in [0, 1]
 * @param transferTime until it is there
 * @param gridTime in how long the moves of the stress grid happen; those of the other families take
 *     their horizon
 * @param concentrationShare of K, what may lie at one venue without an add-on; in (0, 1]
 * @param concentrationHaircut of what lies there beyond it, the share that does not count in K; in [0, 1]
 */
record HedgeTerms(
        Duration reportLife,
        double freeCashShare,
        Duration transferTime,
        Duration gridTime,
        double concentrationShare,
        double concentrationHaircut) {

    private static final double MS_PER_DAY = 86_400_000;

    /** @throws IllegalArgumentException naming the value and the rule */
    HedgeTerms {
        if (reportLife.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "hedges.report-life=" + reportLife + " must be a millisecond at least");
        }
        requireShare("venue-cash.free-cash-share", freeCashShare);
        requireShare("concentration.share", concentrationShare);
        requireShare("concentration.haircut", concentrationHaircut);
        if (concentrationShare == 0) {
            throw new IllegalArgumentException(
                    "hedges.concentration.share=" + concentrationShare + " must be positive");
        }
        if (transferTime.isNegative() || gridTime.isNegative()) {
            throw new IllegalArgumentException(
                    "hedges.venue-cash.transfer-time="
                            + transferTime
                            + " grid-time="
                            + gridTime
                            + " must not be negative");
        }
    }

    /** Reads the block {@code hedges}. */
    static HedgeTerms of(Config config) {
        return new HedgeTerms(
                config.getDuration("report-life"),
                config.getDouble("venue-cash.free-cash-share"),
                config.getDuration("venue-cash.transfer-time"),
                config.getDuration("venue-cash.grid-time"),
                config.getDouble("concentration.share"),
                config.getDouble("concentration.haircut"));
    }

    /** What can be at venues in time in a scenario, USDC. */
    double transferableUsdc(ScenarioSet scenarios, int s, double freeCashUsdc) {
        double timeMs =
                scenarios.instantaneous(s)
                        ? (double) gridTime.toMillis()
                        : scenarios.horizonDays() * MS_PER_DAY;
        return (double) transferTime.toMillis() <= timeMs
                ? freeCashShare * Math.max(freeCashUsdc, 0)
                : 0;
    }

    /**
     * What K is less by, USDC: a share of what lies at each venue beyond a share of K.
     *
     * @param equityUsdc by venue, at least 0
     * @param capitalUsdc K without it
     */
    double addOnUsdc(Map<String, Double> equityUsdc, double capitalUsdc) {
        double free = concentrationShare * Math.max(capitalUsdc, 0);
        double sum = 0;
        for (double equity : equityUsdc.values()) {
            sum += concentrationHaircut * Math.max(0, equity - free);
        }
        return sum;
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "hedges." + name + "=" + value + " must lie in 0 to 1");
        }
    }
}
