package io.dolim.book;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A Book in figures.
 *
 * @param sequence events in its journal
 * @param entityHash hash of its journaled state
 * @param trades how many there were
 * @param listed contracts open for trading
 * @param poolLots what the pool holds
 * @param poolCash what trades and settlements brought the pool
 * @param fees what they brought in fees
 * @param deliveryPrices of the expiries that have one, USDC per coin
 * @param waiting expiries that are due and have too few samples: they wait for an operator
 * @param pendings requests that wait for Account or Capacity
 */
public record BookSummary(
        Underlying underlying,
        long sequence,
        String entityHash,
        long trades,
        SortedMap<OptionContract, ContractSpec> listed,
        SortedMap<OptionContract, Long> poolLots,
        Usdc poolCash,
        Usdc fees,
        SortedMap<Expiry, BigDecimal> deliveryPrices,
        List<Expiry> waiting,
        int pendings) {
    /** Copies the collections. */
    public BookSummary {
        listed = Collections.unmodifiableSortedMap(new TreeMap<>(listed));
        poolLots = Collections.unmodifiableSortedMap(new TreeMap<>(poolLots));
        deliveryPrices = Collections.unmodifiableSortedMap(new TreeMap<>(deliveryPrices));
        waiting = List.copyOf(waiting);
    }
}
