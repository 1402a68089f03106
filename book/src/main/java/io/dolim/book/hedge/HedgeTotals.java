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
 * @param incarnation of the sender; greater after each start
 * @param sequence of the last event that is in it
 * @param cash that hedging brought the pool since its first day, less rewards, wherever it lies
 * @param bandCoins how far the net delta may go before it is traded, either way
 * @param margin what venues ask for, shares of notional
 * @param venues accounts by venue
 */
public record HedgeTotals(
        Underlying underlying,
        PerpetualSpec spec,
        long incarnation,
        long sequence,
        Usdc cash,
        double bandCoins,
        HedgeTerms.Margin margin,
        SortedMap<String, VenueBook> venues) {
    /** Copies the venues. */
    public HedgeTotals {
        venues = Collections.unmodifiableSortedMap(new TreeMap<>(venues));
    }
}
