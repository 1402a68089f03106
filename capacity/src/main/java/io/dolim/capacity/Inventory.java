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
 * @param cash capital paid in and what trades and hedging brought, wherever it lies
 * @param sequences the books' sequence numbers that it contains
 * @param hedges as the view froze them
 */
record Inventory(
        SortedMap<Underlying, BookVectors> books,
        BookVectors total,
        Usdc cash,
        SortedMap<Underlying, Long> sequences,
        Hedges hedges) {

    Inventory {
        books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
        sequences = Collections.unmodifiableSortedMap(new TreeMap<>(sequences));
    }

    /** Without hedges. */
    Inventory(
            SortedMap<Underlying, BookVectors> books,
            BookVectors total,
            Usdc cash,
            SortedMap<Underlying, Long> sequences) {
        this(books, total, cash, sequences, Hedges.NONE);
    }

    /** The same books with hedges and the cash that those brought. */
    Inventory with(Hedges frozen) {
        return new Inventory(
                books, total, cash.minus(hedges.cash()).plus(frozen.cash()), sequences, frozen);
    }

    /** Cash that lies at no venue. */
    Usdc freeCash() {
        return cash.minus(hedges.posted());
    }

    /** Options and hedges by scenario, USDC. */
    double[] profit() {
        return hedges.into(total.values());
    }

    /** Options of an underlying and perpetuals of venues that stand. */
    double netDeltaCoins(Underlying underlying) {
        return total.exposure(underlying).deltaCoins() + hedges.coins(underlying);
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
        return cash.toDouble() + total.markUsdc() + hedges.markUsdc();
    }
}
