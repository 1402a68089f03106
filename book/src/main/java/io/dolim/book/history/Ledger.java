package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.Posting;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one Book's pool came to what it holds, a little way back, and what trades that were taken out
 * have of it. What is asked for lies few events back, so only these are walked. Not safe for threads.
 */
final class Ledger {

    private final Deque<Change> changes = new ArrayDeque<>();
    private final TakenOut takenOut = new TakenOut();
    private long forgotten;

    /** What an event brought the pool. */
    record Change(long sequence, SortedMap<OptionContract, Long> lots, Usdc cash) {

        /** Copies the lots. */
        Change {
            lots = Collections.unmodifiableSortedMap(new TreeMap<>(lots));
        }

        static Change of(long sequence, List<Posting> postings) {
            SortedMap<OptionContract, Long> lots = new TreeMap<>();
            Usdc cash = Usdc.ZERO;
            for (Posting posting : postings) {
                if (posting.ledger().equals(Posting.POOL)) {
                    if (posting.isCash()) {
                        cash = cash.plus(new Usdc(posting.amount()));
                    } else {
                        lots.merge(
                                OptionContract.parse(posting.asset()),
                                posting.amount(),
                                Math::addExact);
                    }
                }
            }
            return new Change(sequence, lots, cash);
        }
    }

    /** Takes the next event of the Book; whether it moved something. */
    boolean note(long sequence, BookEvent event, TakenOut.Takers takers) {
        List<Posting> postings =
                switch (event) {
                    case BookEvent.TradeExecuted trade -> trade.postings();
                    case BookEvent.ExpirySettled settled -> settled.postings();
                    case BookEvent.TradeAdjusted adjusted -> adjusted.postings();
                    case BookEvent.InputsRecorded _,
                            BookEvent.InstrumentListed _,
                            BookEvent.InstrumentDelisted _,
                            BookEvent.SettlementSampled _,
                            BookEvent.DeliveryPriceSet _,
                            BookEvent.OrderPlaced _,
                            BookEvent.OrderAmended _,
                            BookEvent.OrderEnded _ ->
                            List.of();
                };
        takenOut.note(sequence, event, takers);
        if (postings.isEmpty()) {
            return false;
        }
        remember(changes, Change.of(sequence, postings));
        return true;
    }

    private void remember(Deque<Change> all, Change one) {
        all.addLast(one);
        if (all.size() > Past.REACH) {
            forgotten = all.removeFirst().sequence();
        }
    }

    /** The last event that is forgotten; what the pool held before it is not known. */
    long forgotten() {
        return forgotten;
    }

    /** Takes from lots what came behind an event, and answers the cash that came. */
    Usdc since(long sequence, SortedMap<OptionContract, Long> lots) {
        return undone(changes, sequence, lots);
    }

    static Usdc undone(Deque<Change> changes, long sequence, SortedMap<OptionContract, Long> lots) {
        Usdc cash = Usdc.ZERO;
        Iterator<Change> newestFirst = changes.descendingIterator();
        while (newestFirst.hasNext()) {
            Change one = newestFirst.next();
            if (one.sequence() <= sequence) {
                return cash;
            }
            cash = cash.plus(one.cash());
            one.lots().forEach((contract, more) -> lots.merge(contract, -more, Math::addExact));
        }
        return cash;
    }

    /** What of it is by trades that were taken out. */
    TakenOut takenOut() {
        return takenOut;
    }
}
