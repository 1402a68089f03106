package io.dolim.book;

import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Book owes one account since the first day.
 *
 * @param cash the sum of all postings in USDC
 * @param lots by contract, signed, none of them zero
 * @param recent the latest trades, oldest first
 * @param evicted whether there are older ones
 */
record Holding(
        Usdc cash, SortedMap<OptionContract, Long> lots, List<Trade> recent, boolean evicted) {

    /** Trades that are remembered by order id; part of the state, so not configurable. */
    static final int RECENT = 128;

    static final Holding NONE = new Holding(Usdc.ZERO, new TreeMap<>(), List.of(), false);

    Holding {
        lots = Collections.unmodifiableSortedMap(lots);
        recent = List.copyOf(recent);
    }

    Optional<Trade> trade(ClientOrderId orderId) {
        return recent.stream().filter(t -> t.orderId().equals(orderId)).findFirst();
    }

    /** Whether an order id stands for another wish than the one with this body. */
    static boolean contradicts(Trade trade, BodyHash body) {
        return !trade.body().equals(body);
    }

    Holding withCash(Usdc change) {
        return new Holding(cash.plus(change), lots, recent, evicted);
    }

    Holding withLots(OptionContract contract, long change) {
        return new Holding(cash, added(lots, contract, change), recent, evicted);
    }

    Holding withTrade(Trade trade) {
        boolean full = recent.size() == RECENT;
        List<Trade> later = new ArrayList<>(recent.subList(full ? 1 : 0, recent.size()));
        later.add(trade);
        return new Holding(cash, lots, later, evicted || full);
    }

    static SortedMap<OptionContract, Long> added(
            SortedMap<OptionContract, Long> lots, OptionContract contract, long change) {
        SortedMap<OptionContract, Long> later = new TreeMap<>(lots);
        long sum = Math.addExact(later.getOrDefault(contract, 0L), change);
        if (sum == 0) {
            later.remove(contract);
        } else {
            later.put(contract, sum);
        }
        return later;
    }
}
