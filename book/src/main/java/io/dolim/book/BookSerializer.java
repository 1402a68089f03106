package io.dolim.book;

import io.dolim.capacity.journal.StoredEventSerializer;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores the events and snapshots of Books, Accounts and Latches; the manifests stand in {@code doc/events.md}. */
public final class BookSerializer extends StoredEventSerializer {

    /** Its number in the journal, fixed for ever. */
    public static final int IDENTIFIER = 7102;

    /** Made by Pekko. */
    public BookSerializer() {
        super(IDENTIFIER, manifests());
    }

    private static SortedMap<String, Class<?>> manifests() {
        SortedMap<String, Class<?>> classes = new TreeMap<>();
        classes.put("instrument-listed.1", BookEvent.InstrumentListed.class);
        classes.put("instrument-delisted.1", BookEvent.InstrumentDelisted.class);
        classes.put("input-recorded.1", BookEvent.InputRecorded.class);
        classes.put("trade-executed.1", TradeExecuted1.class);
        classes.put("trade-executed.2", BookEvent.TradeExecuted.class);
        classes.put("settlement-sampled.1", BookEvent.SettlementSampled.class);
        classes.put("delivery-price-set.1", BookEvent.DeliveryPriceSet.class);
        classes.put("expiry-settled.1", BookEvent.ExpirySettled.class);
        classes.put("trade-adjusted.1", BookEvent.TradeAdjusted.class);
        classes.put("deposited.1", AccountEvent.Deposited.class);
        classes.put("withdrawn.1", AccountEvent.Withdrawn.class);
        classes.put("latch-tripped.1", LatchEvent.LatchTripped.class);
        classes.put("latch-lifted.1", LatchEvent.LatchLifted.class);
        classes.put("guard-turned.1", LatchEvent.GuardTurned.class);
        classes.put("book-state.1", BookState.class);
        classes.put("account-state.1", AccountState.class);
        return classes;
    }
}
