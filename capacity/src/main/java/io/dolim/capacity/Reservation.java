package io.dolim.capacity;

import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Risk that is granted and not yet in a book's totals.
 *
 * @param byView the pool's change under each live view
 * @param price what the pool receives in cash
 * @param charge the quoted charge; a discount when negative
 * @param coins what the legs come to, whichever way
 * @param adds whether the potential rises by it, so that it counts as done in later charges
 */
record Reservation(
        ReservationId id,
        SortedMap<Long, PackageVectors> byView,
        Usdc price,
        Usdc charge,
        double coins,
        boolean adds,
        String note) {

    Reservation {
        byView = Collections.unmodifiableSortedMap(new TreeMap<>(byView));
    }

    Reservation revalued(long viewNumber, PackageVectors change, long oldestLive) {
        SortedMap<Long, PackageVectors> revalued = new TreeMap<>(byView.tailMap(oldestLive));
        revalued.put(viewNumber, change);
        return new Reservation(id, revalued, price, charge, coins, adds, note);
    }

    /** What it comes to in a window of the protection. */
    Traded traded(long viewNumber) {
        return Traded.of(coins, under(viewNumber).poolChange().exposure(id.underlying()), price);
    }

    PackageVectors under(long viewNumber) {
        PackageVectors change = byView.get(viewNumber);
        if (change == null) {
            throw new IllegalStateException(
                    "reservation=" + id + " has no vectors of " + viewNumber);
        }
        return change;
    }

    String label() {
        return id.underlying() + "-" + id.bookIncarnation() + "-" + id.number() + " " + note;
    }
}
