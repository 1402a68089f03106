package io.dolim.book;

import io.dolim.quoting.instrument.Expiry;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a Book's figures off its state. */
final class Summaries {

    private Summaries() {}

    static Book.Positions positions(BookState state) {
        return new Book.Positions(state.underlying(), state.sequence(), state.pool());
    }

    static BookSummary of(
            BookState state, SettlementDecisions settlements, int pendings, long epochMs) {
        SortedMap<Expiry, BigDecimal> prices = new TreeMap<>();
        state.settlements().forEach((e, s) -> s.price().ifPresent(price -> prices.put(e, price)));
        return new BookSummary(
                state.underlying(),
                state.sequence(),
                EntityHash.of(state),
                state.trades(),
                state.listed(),
                state.pool(),
                state.poolCash(),
                state.fees(),
                prices,
                settlements.waiting(state, epochMs),
                pendings);
    }
}
