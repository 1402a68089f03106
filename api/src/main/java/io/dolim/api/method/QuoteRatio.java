package io.dolim.api.method;

import com.typesafe.config.Config;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Refusal;
import java.time.Duration;

/**
 * How many firm quotes one account has asked for, beside its trades at them, over a window that slides in slices: it may ask
 * for {@code free + perTrade * trades}. What asks and never trades learns the pool's prices for nothing. Not thread-safe.
 */
final class QuoteRatio {

    private static final int SLICES = 60;

    /**
     * The bound.
     *
     * @param window over which requests and trades count
     * @param free requests in a window without any trade
     * @param perTrade further requests for each trade
     */
    record Terms(Duration window, long free, long perTrade) {

        private static final String SECTION = "dolim.api.quotes.ratio";

        Terms {
            if (window.toNanos() < SLICES) {
                throw broken("window", window, "must be positive");
            }
            if (free < 1) {
                throw broken("free", free, "must be at least 1");
            }
            if (perTrade < 1) {
                throw broken("per-trade", perTrade, "must be at least 1");
            }
        }

        private static IllegalArgumentException broken(String name, Object value, String rule) {
            return new IllegalArgumentException(SECTION + "." + name + "=" + value + " " + rule);
        }

        /** Reads {@code dolim.api.quotes.ratio} of a whole configuration. */
        static Terms of(Config root) {
            Config ratio = root.getConfig(SECTION);
            return new Terms(
                    ratio.getDuration("window"), ratio.getLong("free"), ratio.getLong("per-trade"));
        }

        private long sliceNs() {
            return window.toNanos() / SLICES;
        }

        private long allowed(long trades) {
            return free + perTrade * trades;
        }
    }

    private final Terms terms;
    private final long[] asked = new long[SLICES];
    private final long[] traded = new long[SLICES];
    private long askedInAll;
    private long tradedInAll;
    private long newest = Long.MIN_VALUE;

    QuoteRatio(Terms terms) {
        this.terms = terms;
    }

    /** Whether another quote may be asked for. */
    boolean mayAsk(long nowNs) {
        slide(nowNs);
        return askedInAll < terms.allowed(tradedInAll);
    }

    /** Counts one that is. */
    void ask(long nowNs) {
        slide(nowNs);
        asked[slot(newest)]++;
        askedInAll++;
    }

    /** Counts a trade. */
    void trade(long nowNs) {
        slide(nowNs);
        traded[slot(newest)]++;
        tradedInAll++;
    }

    /** Whether nothing is left in the window. */
    boolean isEmpty(long nowNs) {
        slide(nowNs);
        return askedInAll == 0 && tradedInAll == 0;
    }

    /** Why another must not be asked for, and when it may. */
    Refusal refusal(long nowNs) {
        slide(nowNs);
        return Refusal.of(ErrorCode.TOO_MANY_REQUESTS, "quote_to_trade_ratio")
                .with("rule", Terms.SECTION)
                .with("used", askedInAll)
                .with("allowed", terms.allowed(tradedInAll))
                .with("trades", tradedInAll)
                .with("window", terms.window().toMillis())
                .with("wait", Math.ceilDiv(waitNs(nowNs), 1_000_000L));
    }

    /** Until enough requests have left the window, trades that leave with them counted. */
    private long waitNs(long nowNs) {
        long stillAsked = askedInAll;
        long stillTraded = tradedInAll;
        for (long slice = newest - SLICES + 1; slice <= newest; slice++) {
            stillAsked -= asked[slot(slice)];
            stillTraded -= traded[slot(slice)];
            if (stillAsked < terms.allowed(stillTraded)) {
                return (slice + SLICES) * terms.sliceNs() - nowNs;
            }
        }
        return terms.window().toNanos();
    }

    private void slide(long nowNs) {
        long now = Math.floorDiv(nowNs, terms.sliceNs());
        if (newest == Long.MIN_VALUE) {
            newest = now;
        }
        long steps = Math.min(SLICES, now - newest);
        for (long i = 1; i <= steps; i++) {
            int gone = slot(newest + i);
            askedInAll -= asked[gone];
            tradedInAll -= traded[gone];
            asked[gone] = 0;
            traded[gone] = 0;
        }
        newest = Math.max(newest, now);
    }

    private static int slot(long slice) {
        return (int) Math.floorMod(slice, (long) SLICES);
    }
}
