package io.dolim.book;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Bounds of an Account, from {@code dolim.book.account}.
 *
 * @param maxHolds pending packages
 * @param maxRequests unanswered deposits and withdrawals
 * @param maxLookups unanswered questions to the index
 * @param answerWithin how long the index may take
 * @param tick how often silent Books are asked again
 * @param snapshotEvery events between snapshots
 */
public record AccountSettings(
        int maxHolds,
        int maxRequests,
        int maxLookups,
        Duration answerWithin,
        Duration tick,
        int snapshotEvery) {

    /** @throws IllegalArgumentException when a bound is not positive */
    public AccountSettings {
        if (maxHolds < 1 || maxRequests < 1 || maxLookups < 1 || snapshotEvery < 1) {
            throw new IllegalArgumentException("bounds of dolim.book.account must be positive");
        }
        if (answerWithin.isNegative() || !tick.isPositive()) {
            throw new IllegalArgumentException("times of dolim.book.account must be positive");
        }
    }

    /** @param root the whole configuration */
    public static AccountSettings of(Config root) {
        Config config = root.getConfig("dolim.book.account");
        return new AccountSettings(
                config.getInt("max-holds"),
                config.getInt("max-requests"),
                config.getInt("max-lookups"),
                config.getDuration("answer-within"),
                config.getDuration("tick"),
                config.getInt("snapshot-every"));
    }
}
