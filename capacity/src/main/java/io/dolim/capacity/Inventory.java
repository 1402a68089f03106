package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.Exposure;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the pool holds under one view.
 *
 * @param books vectors by underlying
 * @param total their sum
 * @param cash capital paid in and what trades brought
 * @param sequences the books' sequence numbers that it contains
 */
record Inventory(
        SortedMap<Underlying, BookVectors> books,
        BookVectors total,
        Usdc cash,
        SortedMap<Underlying, Long> sequences) {

    Inventory {
        books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
        sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    }

    /** What a stablecoin's peg moves: cash, never less than none. */
    double cashAtRiskUsdc() {
        return Math.max(cash.toDouble(), 0);
    }

    SortedMap<Underlying, Exposure> exposures() {
        SortedMap<Underlying, Exposure> exposures = new TreeMap<>();
        books.forEach((underlying, book) -> exposures.put(underlying, book.exposure(underlying)));
        return exposures;
    }

    double equityUsdc() {
        return cash.toDouble() + total.markUsdc();
    }
}
