package io.dolim.book.tape;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Bounds of the tape, from {@code dolim.book.tape}.
 *
 * @param keep how long batches stay
 * @param mostWaiting batches that wait for the journal; more are dropped and counted
 * @param mostRows rows of a batch before it ends early
 * @param restFor how long nothing is written after the journal had no room
 * @param eraseEvery how often what is too old is looked for
 * @param eraseStep batches that are deleted at once
 */
public record TapeSettings(
        Duration keep,
        int mostWaiting,
        int mostRows,
        Duration restFor,
        Duration eraseEvery,
        int eraseStep) {

    private static final Duration LEAST_KEPT = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException when a bound is missing or would mean "off" */
    public TapeSettings {
        if (keep.compareTo(LEAST_KEPT) < 0) {
            throw new IllegalArgumentException(
                    "dolim.book.tape.keep=" + keep + " must be at least " + LEAST_KEPT);
        }
        requirePositive("most-waiting", mostWaiting);
        requirePositive("most-rows", mostRows);
        requirePositive("erase-step", eraseStep);
        requirePositive("rest-for", restFor.toMillis());
        requirePositive("erase-every", eraseEvery.toMillis());
    }

    /** @param root the whole configuration */
    public static TapeSettings of(Config root) {
        Config config = root.getConfig("dolim.book.tape");
        return new TapeSettings(
                config.getDuration("keep"),
                config.getInt("most-waiting"),
                config.getInt("most-rows"),
                config.getDuration("rest-for"),
                config.getDuration("erase-every"),
                config.getInt("erase-step"));
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "dolim.book.tape." + name + "=" + value + " must be positive");
        }
    }
}
