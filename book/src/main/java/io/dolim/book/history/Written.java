package io.dolim.book.history;

import io.dolim.book.AccountEvent;
import io.dolim.book.BookEvent;
import io.dolim.book.LatchEvent;
import io.dolim.book.tape.Taped;
import io.dolim.capacity.CapacityEvent;
import io.dolim.capacity.journal.StoredEvent;
import java.util.OptionalLong;

/**
 * An event in its place.
 *
 * @param order its number in the one log of all writers, rising
 * @param epochMs when it was decided, milliseconds since 1970, by the clock that writers are handed; an event that
 *     does not say has the time of the one before
 */
public record Written(
        long order, String persistenceId, long sequence, long epochMs, StoredEvent event) {

    /** When the writer says that it was; empty when the event does not say. */
    public static OptionalLong said(StoredEvent event) {
        return switch (event) {
            case BookEvent.TradeExecuted e -> OptionalLong.of(e.trade().epochMs());
            case BookEvent.InstrumentListed e -> OptionalLong.of(e.epochMs());
            case BookEvent.InstrumentDelisted e -> OptionalLong.of(e.epochMs());
            case BookEvent.SettlementSampled e -> OptionalLong.of(e.epochMs());
            case BookEvent.DeliveryPriceSet e -> OptionalLong.of(e.epochMs());
            case BookEvent.ExpirySettled e -> OptionalLong.of(e.epochMs());
            case BookEvent.TradeAdjusted e -> OptionalLong.of(e.epochMs());
            case BookEvent.OrderPlaced e -> OptionalLong.of(e.epochMs());
            case BookEvent.OrderAmended e -> OptionalLong.of(e.epochMs());
            case BookEvent.OrderEnded e -> OptionalLong.of(e.epochMs());
            case AccountEvent.Deposited e -> OptionalLong.of(e.epochMs());
            case AccountEvent.Withdrawn e -> OptionalLong.of(e.epochMs());
            case LatchEvent e -> OptionalLong.of(e.epochMs());
            case CapacityEvent.CapitalPaidIn e -> OptionalLong.of(e.atMs());
            case CapacityEvent.CapitalPaidOut e -> OptionalLong.of(e.atMs());
            case CapacityEvent.ModeSet e -> OptionalLong.of(e.atMs());
            case CapacityEvent.ResumeProposed e -> OptionalLong.of(e.atMs());
            case CapacityEvent.LimitSet e -> OptionalLong.of(e.atMs());
            case CapacityEvent.ScenarioSetChosen e -> OptionalLong.of(e.atMs());
            case CapacityEvent.AllocationSet e -> OptionalLong.of(e.atMs());
            case CapacityEvent.ParametersConfigured e -> OptionalLong.of(e.atMs());
            case CapacityEvent.ProtectionTripped e -> OptionalLong.of(e.atMs());
            case CapacityEvent.ProtectionLifted e -> OptionalLong.of(e.atMs());
            case Taped e -> OptionalLong.of(e.epochMs());
            default -> OptionalLong.empty();
        };
    }
}
