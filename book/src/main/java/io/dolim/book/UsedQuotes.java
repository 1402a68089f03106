package io.dolim.book;

import io.dolim.book.trade.ClientOrderId;
import io.dolim.capacity.ReservationId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Quotes that are filled or on their way, each with the pending that took it, until they have lapsed.
 * Stands outside the supervised behaviour, so that a crash forgets none; another boot needs none,
 * because its tokens are of another seal. Belongs to one Book.
 */
final class UsedQuotes {

    private record Use(ReservationId holder, ClientOrderId orderId, long untilNs) {}

    private final int most;
    private final Map<String, Use> byQuote = new LinkedHashMap<>();

    UsedQuotes(int most) {
        this.most = most;
    }

    /** What came of taking a quote. */
    enum Taken {
        /** It is the pending's. */
        YES,
        /** The same order is on its way with it. */
        IN_FLIGHT,
        /** Another order has it. */
        NO,
        /** There is no room to remember it. */
        FULL
    }

    /**
     * Gives a quote to a pending. What an earlier incarnation took for the same order, and did not
     * write, it may take again.
     *
     * @param untilNs when it has lapsed for certain, monotonic clock
     */
    Taken take(
            String quoteId, ReservationId holder, ClientOrderId orderId, long nowNs, long untilNs) {
        byQuote.values().removeIf(use -> use.untilNs() - nowNs < 0);
        Use use = byQuote.get(quoteId);
        if (use != null && !use.orderId().equals(orderId)) {
            return Taken.NO;
        }
        if (use != null && use.holder().bookIncarnation() == holder.bookIncarnation()) {
            return Taken.IN_FLIGHT;
        }
        if (use == null && byQuote.size() >= most) {
            return Taken.FULL;
        }
        byQuote.put(quoteId, new Use(holder, orderId, untilNs));
        return Taken.YES;
    }

    /** Gives back a quote that its holder did not fill. */
    void giveBack(String quoteId, ReservationId holder) {
        Use use = byQuote.get(quoteId);
        if (use != null && use.holder().equals(holder)) {
            byQuote.remove(quoteId);
        }
    }
}
