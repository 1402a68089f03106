package io.dolim.book;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Bounds and times of a matcher, from {@code dolim.book.matcher}.
 *
 * @param lookEvery least time between two looks at all orders of an underlying
 * @param mostInFlight fills that are on their way at once
 * @param mostInFlightOfAccount those of them that may be one account's
 * @param answerWithin after which a fill that is not answered is looked at again
 */
public record MatcherSettings(
        Duration lookEvery, int mostInFlight, int mostInFlightOfAccount, Duration answerWithin) {

    /** @throws IllegalArgumentException when a bound is not positive */
    public MatcherSettings {
        if (!lookEvery.isPositive()
                || !answerWithin.isPositive()
                || mostInFlight < 1
                || mostInFlightOfAccount < 1) {
            throw new IllegalArgumentException(
                    "bounds and times of dolim.book.matcher must be positive");
        }
    }

    /** @param root the whole configuration */
    public static MatcherSettings of(Config root) {
        Config config = root.getConfig("dolim.book.matcher");
        return new MatcherSettings(
                config.getDuration("look-every"),
                config.getInt("most-in-flight"),
                config.getInt("most-in-flight-of-account"),
                config.getDuration("answer-within"));
    }
}
