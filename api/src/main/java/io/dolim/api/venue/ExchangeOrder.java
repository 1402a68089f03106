package io.dolim.api.venue;

import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import java.util.List;

/**
 * An order that a simulated exchange took, and what became of it; the rest was cancelled at once.
 *
 * @param id the exchange's name of it
 * @param epochMs when, by the exchange's clock
 */
public record ExchangeOrder(String id, long epochMs, VenueOrder order, List<VenueFill> fills) {

    /** Copies the fills. */
    public ExchangeOrder {
        fills = List.copyOf(fills);
    }

    /** Lots traded, without a sign. */
    public long filledLots() {
        long lots = 0;
        for (VenueFill fill : fills) {
            lots += Math.abs(fill.lots());
        }
        return lots;
    }

    boolean isOf(VenueOrder other) {
        return order.underlying().equals(other.underlying())
                && order.lots() == other.lots()
                && order.limitUsdc().compareTo(other.limitUsdc()) == 0
                && order.reduceOnly() == other.reduceOnly();
    }
}
