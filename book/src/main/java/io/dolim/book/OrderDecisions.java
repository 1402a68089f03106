package io.dolim.book;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.Moment;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a Book does about the operator's orders; pure. */
final class OrderDecisions {

    private static final int MAX_REASON = 256;

    private OrderDecisions() {}

    /** What to do about an order. */
    sealed interface Verdict {}

    /** Nothing is done, and this is why. */
    record Refuse(Book.Refused refusal) implements Verdict {}

    /** Write this down; nothing when it is done already. */
    record Write(List<BookEvent> events) implements Verdict {}

    /** Ask the journal first what the state has forgotten. */
    record AskIndex(Book.AdjustTrade order) implements Verdict {}

    /** @param recalled what the journal says of an adjustment's trade and request, if it was asked */
    static Verdict of(
            BookState state,
            Book.Order order,
            Optional<TradeIndex.Recalled> recalled,
            SettlementDecisions settlements,
            Moment now) {
        return switch (order) {
            case Book.ListContracts list ->
                    BookDecisions.unlistable(state, list, now)
                            .map(OrderDecisions::refuse)
                            .orElseGet(() -> write(BookDecisions.list(state, list, now)));
            case Book.DelistContracts delist -> write(BookDecisions.delist(state, delist, now));
            case Book.SettleAt settle -> settle(state, settle, settlements, now);
            case Book.AdjustTrade adjust -> adjust(state, adjust, recalled, now);
        };
    }

    /** A larger price of a coin is a slip of units. */
    private static final BigDecimal LARGEST_PRICE_USDC = new BigDecimal("1e8");

    private static Verdict settle(
            BookState state, Book.SettleAt order, SettlementDecisions settlements, Moment now) {
        if (state.settlement(order.expiry()).priceIs(order.priceUsdc())) {
            return write(List.of());
        }
        if (order.priceUsdc().signum() < 0
                || order.priceUsdc().compareTo(LARGEST_PRICE_USDC) > 0
                || order.priceUsdc().stripTrailingZeros().scale() > Settlement.DECIMALS
                || isTooLong(order.why())) {
            return refuse(Book.Refused.of(RefusalReason.AMOUNT_OUT_OF_BOUNDS, new TreeMap<>()));
        }
        return settlements
                .settleAt(state, order, now.epochMs())
                .map(event -> write(List.of(event)))
                .orElseGet(
                        () -> refuse(Book.Refused.of(RefusalReason.CONTRADICTS, new TreeMap<>())));
    }

    private static Verdict adjust(
            BookState state,
            Book.AdjustTrade order,
            Optional<TradeIndex.Recalled> recalled,
            Moment now) {
        if (state.adjustments().contains(order.requestId())
                || recalled.filter(TradeIndex.Recalled::adjusted).isPresent()) {
            return write(List.of());
        }
        if (isTooLong(order.why())) {
            return refuse(Book.Refused.of(RefusalReason.AMOUNT_OUT_OF_BOUNDS, new TreeMap<>()));
        }
        Optional<Book.Refused> unadjustable = AdjustmentRules.unadjustable(state, order);
        if (unadjustable.isPresent()) {
            return refuse(unadjustable.get());
        }
        if (recalled.isEmpty() && AdjustmentRules.isForgotten(state, order)) {
            return new AskIndex(order);
        }
        return AdjustmentRules.stranger(state, order, recalled)
                .map(OrderDecisions::refuse)
                .orElseGet(() -> write(List.of(adjusted(order, now))));
    }

    private static BookEvent adjusted(Book.AdjustTrade order, Moment now) {
        return new BookEvent.TradeAdjusted(
                order.requestId(),
                order.by(),
                order.why(),
                order.trade(),
                now.epochMs(),
                order.postings());
    }

    private static boolean isTooLong(String why) {
        return why.length() > MAX_REASON;
    }

    private static Verdict refuse(Book.Refused refusal) {
        return new Refuse(refusal);
    }

    private static Verdict write(List<BookEvent> events) {
        return new Write(events);
    }
}
