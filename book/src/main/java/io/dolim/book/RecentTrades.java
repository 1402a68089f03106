package io.dolim.book;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.BookReport;
import io.dolim.capacity.Traded;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentGreeks;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a Book traded in the last minutes, by the second of its own journal's clock: what Capacity's
 * protection looks at. Made again from the state after a start. Belongs to one Book.
 */
final class RecentTrades {

    private static final long MS_PER_SECOND = 1000;

    private final TreeMap<Long, Second> seconds = new TreeMap<>();
    private long unknownBeforeMs = Long.MIN_VALUE;

    /** The trades of a second, the pool's side. */
    private static final class Second {
        private double coins;
        private Usdc cash = Usdc.ZERO;
        private final SortedMap<OptionContract, Long> lots = new TreeMap<>();

        Traded valued(Function<OptionContract, InstrumentGreeks> perLot) {
            double delta = 0;
            double vega = 0;
            double mark = 0;
            for (var each : lots.entrySet()) {
                InstrumentGreeks one = perLot.apply(each.getKey());
                delta += each.getValue() * one.deltaCoins();
                vega += each.getValue() * one.vegaUsdc();
                mark += each.getValue() * one.markUsdc();
            }
            return new Traded(coins, delta, vega, cash.toDouble() + mark);
        }
    }

    /**
     * What the state remembers, in the order of the trades. Of an account that traded more than is
     * remembered some may be missing, and it is said since when none is.
     */
    void recovered(BookState state) {
        seconds.clear();
        unknownBeforeMs = Long.MIN_VALUE;
        List<Trade> trades = new ArrayList<>();
        for (Holding holding : state.accounts().values()) {
            trades.addAll(holding.recent());
            if (holding.evicted()) {
                unknownBeforeMs = Math.max(unknownBeforeMs, holding.recent().getFirst().epochMs());
            }
        }
        trades.sort(Comparator.comparingLong(trade -> trade.id().number()));
        trades.forEach(trade -> add(trade, state));
    }

    /** Adds a trade, and forgets those that no window reaches any more. */
    void add(Trade trade, BookState state) {
        Second second = seconds.computeIfAbsent(secondOf(trade), _ -> new Second());
        second.coins += coins(trade, state);
        second.cash = second.cash.plus(poolCash(trade));
        for (Leg leg : trade.legs().legs()) {
            second.lots.merge(leg.contract(), -leg.lots(), Long::sum);
        }
        long oldest = seconds.lastKey() - BookReport.LONGEST_WINDOW_MS / MS_PER_SECOND;
        seconds.headMap(oldest).clear();
    }

    /** All of them, valued by what one lot of each contract comes to. */
    SortedMap<Long, Traded> valued(Function<OptionContract, InstrumentGreeks> perLot) {
        SortedMap<Long, Traded> valued = new TreeMap<>();
        seconds.forEach((second, traded) -> valued.put(second, traded.valued(perLot)));
        return valued;
    }

    /** See {@link BookReport#tradesUnknownBeforeMs}. */
    long unknownBeforeMs() {
        return unknownBeforeMs;
    }

    static long secondOf(Trade trade) {
        return Math.floorDiv(trade.epochMs(), MS_PER_SECOND);
    }

    /** One trade under a view by what it changed there. */
    static Traded valued(Trade trade, BookVectors change, BookState state) {
        return Traded.of(
                coins(trade, state), change.exposure(trade.id().underlying()), poolCash(trade));
    }

    /** What the legs come to, whichever way. */
    private static double coins(Trade trade, BookState state) {
        return state.coinsPerLot()
                .map(size -> size.doubleValue() * trade.legs().grossLots())
                .orElseThrow(() -> new BrokenInvariant(trade.id() + " without a size of lot"));
    }

    /** What the pool itself received. */
    private static Usdc poolCash(Trade trade) {
        return trade.price().minus(trade.lines().fee());
    }
}
