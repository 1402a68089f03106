package io.dolim.book;

import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a Book knows of an account: cumulative totals, never differences, so that sending twice is
 * harmless. A hold of this incarnation whose number is at most {@code highestIssued} and which is
 * not pending has ended: its trade is in the totals or it was let go. Holds of earlier incarnations
 * have all ended.
 *
 * @param bookIncarnation of the sender; greater after each start
 * @param accountIncarnation which start of the account the Book knew when it sent this; empty when
 *     it knew of none. To any other start the report is stale: the Book may still write what the former
 *     one granted
 * @param sequence the Book's last persisted sequence number, which the totals contain
 * @param highestIssued greatest hold number this incarnation has sent, 0 for none
 * @param pending numbers of this account's holds that have not ended
 * @param cash what trades and settlements of this Book brought the account since the first day
 * @param positions lots by contract, signed, none of them zero
 * @param coinsPerLot size of a lot of this Book's contracts
 * @param recentTrades the latest trades with their order ids, oldest first, bounded
 * @param evicted whether older trades exist, which only the journal's tags remember
 */
public record AccountReport(
        Underlying underlying,
        long bookIncarnation,
        OptionalLong accountIncarnation,
        long sequence,
        long highestIssued,
        SortedSet<Long> pending,
        Usdc cash,
        SortedMap<OptionContract, Long> positions,
        BigDecimal coinsPerLot,
        List<Trade> recentTrades,
        boolean evicted) {
    /** Whether the Book knew of this start of the account. */
    boolean isFor(long incarnation) {
        return accountIncarnation.isPresent() && accountIncarnation.getAsLong() == incarnation;
    }

    /** Copies the collections. */
    public AccountReport {
        pending = Collections.unmodifiableSortedSet(new TreeSet<>(pending));
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
        recentTrades = List.copyOf(recentTrades);
    }
}
