package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the pool's capital needs to know of an underlying's hedges: cumulative totals, so that saying
 * it twice is harmless.
 *
 * @param sequence of the last event that is in it
 * @param cash that hedging brought the pool since its first day, less rewards, wherever it lies
 * @param venues accounts by venue
 */
public record HedgeTotals(
        Underlying underlying,
        PerpetualSpec spec,
        long sequence,
        Usdc cash,
        SortedMap<String, VenueBook> venues) {
    /** Copies the venues. */
    public HedgeTotals {
        venues = Collections.unmodifiableSortedMap(new TreeMap<>(venues));
    }
}
