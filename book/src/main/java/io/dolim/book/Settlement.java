package io.dolim.book;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.quoting.instrument.Expiry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settlement of one expiry so far.
 *
 * @param count of samples
 * @param sumUsdc of the samples, exact
 * @param slots the intervals that have their sample; emptied when the price is set
 * @param price the delivery price, set once
 */
record Settlement(
        int count,
        BigDecimal sumUsdc,
        SortedMap<Integer, BigDecimal> slots,
        Optional<BigDecimal> price) {

    /** Decimals of a delivery price, USDC per coin. */
    static final int DECIMALS = 6;

    /** The averaging window before 08:00 UTC, milliseconds. */
    static final long WINDOW_MS = 30 * 60_000L;

    static final Settlement NONE =
            new Settlement(0, BigDecimal.ZERO, new TreeMap<>(), Optional.empty());

    Settlement {
        slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    }

    boolean priceIs(BigDecimal other) {
        return price.isPresent() && price.get().compareTo(other) == 0;
    }

    Settlement sampled(int slot, BigDecimal indexUsdc) {
        if (slots.containsKey(slot) || price.isPresent()) {
            throw new BrokenInvariant("slot " + slot + " is sampled or the price is set");
        }
        SortedMap<Integer, BigDecimal> later = new TreeMap<>(slots);
        later.put(slot, indexUsdc);
        return new Settlement(count + 1, sumUsdc.add(indexUsdc), later, price);
    }

    Settlement priced(Expiry expiry, BigDecimal priceUsdc) {
        if (price.isPresent()) {
            throw new BrokenInvariant(expiry + " has its price " + price.get());
        }
        return new Settlement(count, sumUsdc, new TreeMap<>(), Optional.of(priceUsdc));
    }

    /** The mean of the samples, rounded half-even to {@link #DECIMALS}; there must be one. */
    BigDecimal averageUsdc() {
        return sumUsdc.divide(BigDecimal.valueOf(count), DECIMALS, RoundingMode.HALF_EVEN);
    }
}
