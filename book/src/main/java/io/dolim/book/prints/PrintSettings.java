package io.dolim.book.prints;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Bounds of the trades tape, from {@code dolim.book.prints}.
 *
 * @param most prints that are remembered in all
 * @param ofAccount prints that are remembered of a taker, however old
 * @param accounts takers of whom prints are remembered
 * @param deliveries settled expiries, and settled instruments, that are remembered of an underlying
 * @param keepExpired how long after its expiry an instrument's figures are remembered
 * @param mostWaiting events of a Book that wait for an input which another Book recorded
 */
public record PrintSettings(
        int most,
        int ofAccount,
        int accounts,
        int deliveries,
        Duration keepExpired,
        int mostWaiting) {

    /** @throws IllegalArgumentException when a bound is missing or would mean "off" */
    public PrintSettings {
        requirePositive("most", most);
        requirePositive("of-account", ofAccount);
        requirePositive("accounts", accounts);
        requirePositive("deliveries", deliveries);
        requirePositive("keep-expired", keepExpired.toMillis());
        requirePositive("most-waiting", mostWaiting);
    }

    /** @param root the whole configuration */
    public static PrintSettings of(Config root) {
        Config config = root.getConfig("dolim.book.prints");
        return new PrintSettings(
                config.getInt("most"),
                config.getInt("of-account"),
                config.getInt("accounts"),
                config.getInt("deliveries"),
                config.getDuration("keep-expired"),
                config.getInt("most-waiting"));
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "dolim.book.prints." + name + "=" + value + " must be positive");
        }
    }
}
