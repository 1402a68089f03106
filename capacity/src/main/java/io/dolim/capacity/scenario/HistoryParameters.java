package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;

/**
 * Which recorded days are scenarios, and whether they are filtered.
 *
 * @param hours at which the days begin, UTC: 0, 12, or both, whose days then overlap by half
 * @param filter empty for moves as they were
 * @param mirrored whether each day also stands with the moves of all spots turned, its volatility as
 *     it was: a record of one direction then has both
 */
public record HistoryParameters(List<Integer> hours, Optional<Filter> filter, boolean mirrored) {

    /** The days of 00:00 as they were. */
    static final HistoryParameters AS_RECORDED =
            new HistoryParameters(List.of(0), Optional.empty(), false);

    /**
     * How each day's move is standardised.
     *
     * @param decay lambda, weight of the day before's variance in a day's, as 0.94
     * @param warmUpDays whose mean square is the first day's variance; they are no scenarios
     */
    public record Filter(double decay, int warmUpDays) {
        /** @throws IllegalArgumentException when the decay is not in [0.5, 1) or the days not 5 to 200 */
        public Filter {
            if (!(decay >= 0.5 && decay < 1)) {
                throw new IllegalArgumentException("decay=" + decay + " must lie in [0.5, 1)");
            }
            if (warmUpDays < 5 || warmUpDays > 200) {
                throw new IllegalArgumentException(
                        "warm-up-days=" + warmUpDays + " must be 5 to 200");
            }
        }
    }

    /** Copies the hours. @throws IllegalArgumentException when they are not 0 and 12, or one of them */
    public HistoryParameters {
        hours = List.copyOf(hours);
        boolean known = List.of(0, 12).containsAll(hours);
        if (!known || hours.isEmpty() || hours.stream().distinct().count() < hours.size()) {
            throw new IllegalArgumentException("hours=" + hours + " must be 0, 12 or both");
        }
    }

    /** Reads {@code hours, filter { decay, warm-up-days }, mirrored}; the last two optional. */
    static HistoryParameters of(Config config) {
        return new HistoryParameters(
                config.getIntList("hours"),
                config.hasPath("filter")
                        ? Optional.of(
                                new Filter(
                                        config.getDouble("filter.decay"),
                                        config.getInt("filter.warm-up-days")))
                        : Optional.empty(),
                config.hasPath("mirrored") && config.getBoolean("mirrored"));
    }
}
