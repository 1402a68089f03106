package io.dolim.book;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Bounds and times of a Book, from {@code dolim.book.book}.
 *
 * @param quoteLife how old a quote's view may be when it is filled, on the monotonic clock
 * @param collar largest move of the index since the quote's view, as a share, either way
 * @param maxPendings accepts that wait for Account or Capacity
 * @param maxRequests unanswered requests in all, those that wait for the journal included
 * @param maxRequestsOfAccount those of them that may be one account's
 * @param maxUsedQuotes quote ids that are remembered until they have lapsed
 * @param answerWithin how long Account and Capacity may take before the taker is told to retry
 * @param closeBefore how long before expiry a contract stops trading
 * @param sampleEvery the interval of settlement samples; divides 30 minutes
 * @param leastSamples share of the samples that must be there, 0 to 1
 * @param settleGrace how long after expiry missing samples are waited for, on the feed's clock
 * @param settleAccounts accounts that are settled by one event
 * @param maxOrders orders that may rest in all
 * @param maxOrdersOfAccount those of them that may be one account's
 * @param tick how often time is looked at
 * @param snapshotEvery events between snapshots
 */
public record BookSettings(
        Duration quoteLife,
        double collar,
        int maxPendings,
        int maxRequests,
        int maxRequestsOfAccount,
        int maxUsedQuotes,
        Duration answerWithin,
        Duration closeBefore,
        Duration sampleEvery,
        double leastSamples,
        Duration settleGrace,
        int settleAccounts,
        int maxOrders,
        int maxOrdersOfAccount,
        Duration tick,
        int snapshotEvery) {

    /** @throws IllegalArgumentException when a bound is not positive or a sample interval does not divide 30 minutes */
    public BookSettings {
        if (maxPendings < 1
                || maxRequests < maxPendings
                || maxRequestsOfAccount < 1
                || maxUsedQuotes < maxPendings
                || settleAccounts < 1
                || maxOrdersOfAccount < 1
                || maxOrders < maxOrdersOfAccount
                || snapshotEvery < 1) {
            throw new IllegalArgumentException("bounds of dolim.book.book must be positive");
        }
        if (!quoteLife.isPositive()
                || !answerWithin.isPositive()
                || !closeBefore.isPositive()
                || !settleGrace.isPositive()
                || !tick.isPositive()
                || !sampleEvery.isPositive()
                || Settlement.WINDOW_MS % sampleEvery.toMillis() != 0) {
            throw new IllegalArgumentException("times of dolim.book.book must be positive");
        }
        if (!(collar > 0 && collar < 1)) {
            throw new IllegalArgumentException("collar=" + collar + " must be in (0,1)");
        }
        if (!(leastSamples > 0 && leastSamples <= 1)) {
            throw new IllegalArgumentException(
                    "least-samples=" + leastSamples + " must be in (0,1]");
        }
    }

    /** @param root the whole configuration */
    public static BookSettings of(Config root) {
        Config config = root.getConfig("dolim.book.book");
        return new BookSettings(
                config.getDuration("quote-life"),
                config.getDouble("collar"),
                config.getInt("max-pendings"),
                config.getInt("max-requests"),
                config.getInt("max-requests-of-account"),
                config.getInt("max-used-quotes"),
                config.getDuration("answer-within"),
                config.getDuration("close-before"),
                config.getDuration("sample-every"),
                config.getDouble("least-samples"),
                config.getDuration("settle-grace"),
                config.getInt("settle-accounts"),
                config.getInt("max-orders"),
                config.getInt("max-orders-of-account"),
                config.getDuration("tick"),
                config.getInt("snapshot-every"));
    }

    /** Samples that a window holds. */
    int slots() {
        return (int) (Settlement.WINDOW_MS / sampleEvery.toMillis());
    }
}
