package io.dolim.book.tape;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.HoldReason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one market heard within a second of the feed's clock, and what its guard made of it.
 *
 * @param epochMs the second's begin, milliseconds since 1970
 * @param dropped how many batches between this one and the one before were not written
 * @param index accepted index ticks, in the order they came
 * @param futures the last accepted price of each perpetual and dated future
 * @param atmVols at-the-money volatility by expiry of the last fit, annual, decimal; empty without one
 * @param held what the guard refused, by source, rule and kind
 */
public record TapedBatch(
        Underlying underlying,
        long epochMs,
        long dropped,
        List<IndexPrice> index,
        List<FuturePrice> futures,
        SortedMap<Expiry, Double> atmVols,
        List<Withheld> held) {

    /**
     * An index tick that counts.
     *
     * @param epochMs when its source says it was so
     * @param priceUsdc what the source says, USDC per coin
     * @param consensusUsdc the median of the sources with it
     */
    public record IndexPrice(String source, long epochMs, double priceUsdc, double consensusUsdc) {}

    /** @param expiry empty for the perpetual */
    public record FuturePrice(String source, Optional<Expiry> expiry, double priceUsdc) {}

    /** What kind of event was refused. */
    public enum Kind {
        /** An index tick. */
        INDEX(0),
        /** A price of a perpetual or a future. */
        FUTURE(1),
        /** A whole chain. */
        CHAIN(2),
        /** Rows of a chain that counts otherwise. */
        ROWS(3),
        /** Anything else. */
        OTHER(4);

        private final int stored;

        Kind(int stored) {
            this.stored = stored;
        }

        /** Its number in the stored form, fixed for ever. */
        int stored() {
            return stored;
        }
    }

    /**
     * Events that the guard refused for one reason.
     *
     * @param count how many they were
     * @param lastUsdc the price of the last of them, to the bit; empty where it has none
     */
    public record Withheld(
            String source, HoldReason rule, Kind kind, long count, OptionalDouble lastUsdc) {}

    /** Copies the collections. */
    public TapedBatch {
        index = List.copyOf(index);
        futures = List.copyOf(futures);
        atmVols = Collections.unmodifiableSortedMap(new TreeMap<>(atmVols));
        held = List.copyOf(held);
    }

    /** The same behind so many that were not written. */
    TapedBatch behind(long lost) {
        return new TapedBatch(
                underlying, epochMs, Math.addExact(dropped, lost), index, futures, atmVols, held);
    }
}
