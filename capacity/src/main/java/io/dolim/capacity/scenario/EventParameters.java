package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import io.dolim.quoting.math.Elementary;

/**
 * A named disaster with its frequency. Frequencies and sizes are stated guesses, not estimates.
 *
 * @param name short, as {@code usdc-depegs}
 * @param perYear how often a year
 * @param logSpot log move of an underlying of beta 1
 * @param volShock relative shock of 30-day volatility
 * @param tilt shock of the skew, see {@link Move}
 * @param conditions everything else
 */
public record EventParameters(
        String name,
        double perYear,
        double logSpot,
        double volShock,
        double tilt,
        Conditions conditions) {

    /** @throws IllegalArgumentException naming the figure and the rule */
    public EventParameters {
        if (name.isBlank() || name.length() > 40) {
            throw new IllegalArgumentException("event=" + name + " must have 1 to 40 characters");
        }
        if (!(perYear > 0 && perYear <= 50)) {
            throw new IllegalArgumentException(
                    "event=" + name + " per-year=" + perYear + " must lie in (0, 50]");
        }
        // its own door, so that what is out of range is refused with the configuration
        new Move(logSpot, volShock, tilt);
    }

    /**
     * Reads {@code name, per-year, vol-shock, tilt} (the last two 0 when absent), the conditions, and
     * how the spot moves: {@code spot-move}, or {@code cascade { first-move, feedback }}.
     */
    static EventParameters of(Config config) {
        return new EventParameters(
                config.getString("name"),
                config.getDouble("per-year"),
                config.hasPath("cascade")
                        ? cascade(
                                config.getDouble("cascade.first-move"),
                                config.getDouble("cascade.feedback"))
                        : Elementary.log(1 + moved("spot-move", config.getDouble("spot-move"))),
                config.hasPath("vol-shock") ? config.getDouble("vol-shock") : 0,
                config.hasPath("tilt") ? config.getDouble("tilt") : 0,
                Conditions.of(config));
    }

    /**
     * A cascade of liquidations: each log move forces sales (or purchases) whose impact, linear in
     * what is sold, moves the price again by the share {@code feedback} of it; the rounds add up.
     *
     * <pre>  m = ln(1 + first) (1 + f + f^2 + ...) = ln(1 + first) / (1 - f)</pre>
     *
     * <p>Forced sales in proportion to the loss and linear impact are those of Greenwood, Landier and
     * Thesmar, <i>Vulnerable banks</i> (JFE 115, 2015; its abstract was read, its formulas were not);
     * one asset and the sum over all rounds are derived here.
     *
     * @param first relative move that begins it
     * @param feedback f, in [0, 0.9]
     */
    static double cascade(double first, double feedback) {
        if (!(feedback >= 0 && feedback <= 0.9)) {
            throw new IllegalArgumentException("feedback=" + feedback + " must lie in 0 to 0.9");
        }
        return Elementary.log(1 + moved("first-move", first)) / (1 - feedback);
    }

    private static double moved(String name, double move) {
        if (!(move > -0.99 && move <= 10)) {
            throw new IllegalArgumentException(name + "=" + move + " must lie in (-0.99, 10]");
        }
        return move;
    }
}
