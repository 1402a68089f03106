package io.dolim.book;

import io.dolim.book.trade.FirmQuote;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.ReservationId;
import io.dolim.capacity.vector.PackageVectors;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An accept that waits for others. Answered and gone, or written. */
sealed interface Pending {

    /** Its name at the Account, and at Capacity. */
    ReservationId id();

    /** What was asked. */
    Book.AcceptQuote accept();

    /** When the taker is told to retry, monotonic clock. */
    long deadlineNs();

    /**
     * Its token is no good, and only an earlier trade under its order id could answer it otherwise.
     *
     * @param otherwise what it is told when there is none
     */
    record Asking(ReservationId id, Book.AcceptQuote accept, long deadlineNs, Book.Reply otherwise)
            implements Pending {}

    /**
     * It waits for its hold and its reservation.
     *
     * @param published the view the quote was made on
     * @param byView the pool's change under each live market view
     * @param held whether the Account has granted
     * @param granted what Capacity has granted
     */
    record Reserving(
            ReservationId id,
            Book.AcceptQuote accept,
            long deadlineNs,
            FirmQuote quote,
            PublishedViews.Published published,
            SortedMap<Long, PackageVectors> byView,
            boolean held,
            Optional<Capacity.Granted> granted)
            implements Pending {
        /** Copies the vectors. */
        public Reserving {
            byView = Collections.unmodifiableSortedMap(new TreeMap<>(byView));
        }

        Reserving withHold() {
            return new Reserving(id, accept, deadlineNs, quote, published, byView, true, granted);
        }

        Reserving with(Capacity.Granted grant) {
            return new Reserving(
                    id, accept, deadlineNs, quote, published, byView, held, Optional.of(grant));
        }

        Reserving with(SortedMap<Long, PackageVectors> views) {
            return new Reserving(id, accept, deadlineNs, quote, published, views, held, granted);
        }

        boolean isComplete() {
            return held && granted.isPresent();
        }
    }
}
