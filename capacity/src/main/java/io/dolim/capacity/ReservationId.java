package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.util.Comparator;

/**
 * Names a reservation for ever.
 *
 * @param underlying of the book that asks
 * @param bookIncarnation of that book; a later start has a greater one
 * @param number rising by one within the incarnation, from 1
 */
public record ReservationId(Underlying underlying, long bookIncarnation, long number)
        implements Comparable<ReservationId> {

    private static final Comparator<ReservationId> ORDER =
            Comparator.comparing(ReservationId::underlying)
                    .thenComparingLong(ReservationId::bookIncarnation)
                    .thenComparingLong(ReservationId::number);

    @Override
    public int compareTo(ReservationId other) {
        return ORDER.compare(this, other);
    }
}
