package io.dolim.book;

import io.dolim.book.hedge.HedgeEvent;
import io.dolim.book.hedge.HedgeState;
import io.dolim.book.tape.Taped;
import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.capacity.journal.StoredForm;
import java.util.SortedMap;
import java.util.TreeMap;

/** Stores the events and snapshots of Books, Accounts, Latches, Hedgers and tapes; the manifests stand in {@code doc/events.md}. */
public final class BookSerializer extends StoredEventSerializer {

    /** Its number in the journal, fixed for ever. */
    public static final int IDENTIFIER = 7102;

    /** Made by Pekko. */
    public BookSerializer() {
        super(IDENTIFIER, manifests());
    }

    private static SortedMap<String, StoredForm> manifests() {
        SortedMap<String, StoredForm> forms = new TreeMap<>();
        forms.put("instrument-listed.1", StoredForm.named(BookEvent.InstrumentListed.class));
        forms.put("instrument-delisted.1", StoredForm.named(BookEvent.InstrumentDelisted.class));
        forms.put("input-recorded.1", StoredForm.earlier(InputRecorded1.class));
        forms.put("inputs-recorded.1", StoredForm.deflated(BookEvent.InputsRecorded.class));
        forms.put("trade-executed.1", StoredForm.earlier(TradeExecuted1.class));
        forms.put("trade-executed.2", StoredForm.earlier(BookEvent.TradeExecuted.class));
        forms.put("trade-executed.3", StoredForm.compact(BookEvent.TradeExecuted.class));
        forms.put("settlement-sampled.1", StoredForm.named(BookEvent.SettlementSampled.class));
        forms.put("delivery-price-set.1", StoredForm.named(BookEvent.DeliveryPriceSet.class));
        forms.put("expiry-settled.1", StoredForm.named(BookEvent.ExpirySettled.class));
        forms.put("trade-adjusted.1", StoredForm.named(BookEvent.TradeAdjusted.class));
        forms.put("order-placed.1", StoredForm.named(BookEvent.OrderPlaced.class));
        forms.put("order-amended.1", StoredForm.named(BookEvent.OrderAmended.class));
        forms.put("order-ended.1", StoredForm.named(BookEvent.OrderEnded.class));
        forms.put("deposited.1", StoredForm.named(AccountEvent.Deposited.class));
        forms.put("withdrawn.1", StoredForm.named(AccountEvent.Withdrawn.class));
        forms.put("latch-tripped.1", StoredForm.named(LatchEvent.LatchTripped.class));
        forms.put("latch-lifted.1", StoredForm.named(LatchEvent.LatchLifted.class));
        forms.put("guard-turned.1", StoredForm.named(LatchEvent.GuardTurned.class));
        forms.put("hedging-begun.1", StoredForm.named(HedgeEvent.HedgingBegun.class));
        forms.put("policy-chosen.1", StoredForm.named(HedgeEvent.PolicyChosen.class));
        forms.put("signal-raised.1", StoredForm.named(HedgeEvent.SignalRaised.class));
        forms.put("job-withdrawn.1", StoredForm.named(HedgeEvent.JobWithdrawn.class));
        forms.put("job-claimed.1", StoredForm.named(HedgeEvent.JobClaimed.class));
        forms.put("lease-released.1", StoredForm.named(HedgeEvent.LeaseReleased.class));
        forms.put("lease-ended.1", StoredForm.named(HedgeEvent.LeaseEnded.class));
        forms.put("fill-reported.1", StoredForm.named(HedgeEvent.FillReported.class));
        forms.put("report-refuted.1", StoredForm.named(HedgeEvent.ReportRefuted.class));
        forms.put("fill-booked.1", StoredForm.named(HedgeEvent.FillBooked.class));
        forms.put("payment-booked.1", StoredForm.named(HedgeEvent.PaymentBooked.class));
        forms.put("venue-stood.1", StoredForm.named(HedgeEvent.VenueStood.class));
        forms.put("ledger-adopted.1", StoredForm.named(HedgeEvent.LedgerAdopted.class));
        forms.put("hedging-stopped.1", StoredForm.named(HedgeEvent.HedgingStopped.class));
        forms.put("hedging-resumed.1", StoredForm.named(HedgeEvent.HedgingResumed.class));
        forms.put("keeper-forgiven.1", StoredForm.named(HedgeEvent.KeeperForgiven.class));
        forms.put("taped.1", StoredForm.compact(Taped.class));
        forms.put("book-state.1", StoredForm.earlier(BookState2.class));
        forms.put("book-state.2", StoredForm.namedDeflated(BookState2.class));
        forms.put("book-state.3", StoredForm.namedDeflated(BookState.class));
        forms.put("account-state.1", StoredForm.named(AccountState.class));
        forms.put("hedge-state.1", StoredForm.named(HedgeState.class));
        return forms;
    }
}
