package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that Capacity knows of a book: cumulative totals, never differences, so that sending twice is
 * harmless. A reservation whose number is at most {@code highestIssued} and which is not among the
 * pendings has ended: its trade is in the totals or it was let go.
 *
 * @param bookIncarnation of the sender; greater after each start
 * @param sequence the book's last persisted sequence number, which the totals contain
 * @param highestIssued greatest reservation number this incarnation has sent, 0 for none
 * @param byView totals under each live view, at most {@value #MAX_VIEWS}
 * @param poolCash cash that this book's trades and settlements brought the pool since its first day
 * @param chargeAccount this book's part of the charge account
 * @param tradesUnknownBeforeMs trades of before this time may be missing in what was traded; {@code
 *     Long.MIN_VALUE} when none within the longest window is
 */
public record BookReport(
        Underlying underlying,
        long bookIncarnation,
        long sequence,
        long highestIssued,
        SortedMap<Long, ViewTotals> byView,
        Usdc poolCash,
        ChargeAccount chargeAccount,
        long tradesUnknownBeforeMs) {

    /** Trades older than this are told no more: the longest window that a protection may look at. */
    public static final long LONGEST_WINDOW_MS = 600_000;

    /** Most views a report may carry: the open one, the one being prepared, one to spare. */
    public static final int MAX_VIEWS = 4;

    /** Copies the totals. @throws IllegalArgumentException on too many views or a foreign pending */
    public BookReport {
        byView = Collections.unmodifiableSortedMap(new TreeMap<>(byView));
        if (byView.size() > MAX_VIEWS) {
            throw new IllegalArgumentException(
                    "views=" + byView.size() + " must be at most " + MAX_VIEWS);
        }
        for (ViewTotals totals : byView.values()) {
            requireOwn(underlying, bookIncarnation, totals.pending());
        }
    }

    /**
     * What a book holds under one market view.
     *
     * @param market the underlying's market as the view froze it
     * @param total vectors of the pool's positions in this book
     * @param pending the pool's change by each reservation that is asked for or granted and not
     *     yet ended
     * @param traded of the last minutes, by the second since 1970 on the feed's clock
     * @param carried whether the market is that of the view before, because there was none to freeze
     */
    public record ViewTotals(
            PricingMarket market,
            BookVectors total,
            SortedMap<ReservationId, PackageVectors> pending,
            SortedMap<Long, Traded> traded,
            boolean carried) {
        /** Copies the maps. */
        public ViewTotals {
            pending = Collections.unmodifiableSortedMap(new TreeMap<>(pending));
            traded = Collections.unmodifiableSortedMap(new TreeMap<>(traded));
        }
    }

    private static void requireOwn(
            Underlying underlying, long incarnation, SortedMap<ReservationId, ?> pending) {
        for (ReservationId id : pending.keySet()) {
            if (!id.underlying().equals(underlying) || id.bookIncarnation() != incarnation) {
                throw new IllegalArgumentException(
                        "pending=" + id + " is not of " + underlying + " " + incarnation);
            }
        }
    }
}
