package io.dolim.book.order;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * An order that rests, or rested. It is filled whole, by one trade, or not at all.
 *
 * @param requestId under which its taker sent it: sent again, it is answered and not placed again
 * @param body hash of what he sent
 * @param placedMs when it was taken, the Book's wall clock
 * @param endsMs when it ends by itself, at the latest
 * @param updatedMs when it last changed
 * @param amendments how often its taker changed it
 * @param why why it ended, a short word; empty while it is open and once it is filled
 * @param fill the trade that filled it
 */
public record RestingOrder(
        OrderId id,
        AccountId account,
        ClientOrderId requestId,
        BodyHash body,
        OrderTerms terms,
        long placedMs,
        long endsMs,
        long updatedMs,
        long amendments,
        Status status,
        String why,
        Optional<Fill> fill) {

    /** Where it stands. */
    public enum Status {
        /** It rests. */
        OPEN,
        /** A trade filled it. */
        FILLED,
        /** Its taker ended it, or its time did. */
        CANCELLED,
        /** The pool's price came, and the account could not take it. */
        REJECTED;

        /** The name on the wire. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What it was filled by.
     *
     * @param price what the taker paid in all; negative: received
     * @param fee of it
     */
    public record Fill(TradeId trade, Usdc price, Usdc fee, long epochMs) {}

    /** One that has just been taken. */
    public static RestingOrder placed(
            OrderId id,
            AccountId account,
            ClientOrderId requestId,
            BodyHash body,
            OrderTerms terms,
            long placedMs,
            long endsMs) {
        return new RestingOrder(
                id,
                account,
                requestId,
                body,
                terms,
                placedMs,
                endsMs,
                placedMs,
                0,
                Status.OPEN,
                "",
                Optional.empty());
    }

    /** Whether it rests. */
    public boolean isOpen() {
        return status == Status.OPEN;
    }

    RestingOrder amended(long lots, BigDecimal limitUsdc, long epochMs) {
        return new RestingOrder(
                id,
                account,
                requestId,
                body,
                terms.with(lots, limitUsdc),
                placedMs,
                endsMs,
                epochMs,
                Math.addExact(amendments, 1),
                status,
                why,
                fill);
    }

    RestingOrder filled(Trade trade) {
        return ended(
                Status.FILLED,
                "",
                trade.epochMs(),
                Optional.of(
                        new Fill(trade.id(), trade.price(), trade.lines().fee(), trade.epochMs())));
    }

    RestingOrder ended(Status as, String reason, long epochMs) {
        return ended(as, reason, epochMs, fill);
    }

    private RestingOrder ended(Status as, String reason, long epochMs, Optional<Fill> by) {
        return new RestingOrder(
                id,
                account,
                requestId,
                body,
                terms,
                placedMs,
                endsMs,
                epochMs,
                amendments,
                as,
                reason,
                by);
    }
}
