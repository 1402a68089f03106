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

    /**
     * @param refusal why nothing is done
     * @param events what to write down; empty when it is done already
     */
    record Verdict(Optional<Book.Refused> refusal, List<BookEvent> events) {}

    static Verdict of(
            BookState state, Book.Order order, SettlementDecisions settlements, Moment now) {
        return switch (order) {
            case Book.ListContracts list ->
                    BookDecisions.unlistable(state, list, now)
                            .map(OrderDecisions::refuse)
                            .orElseGet(() -> write(BookDecisions.list(state, list, now)));
            case Book.DelistContracts delist -> write(BookDecisions.delist(state, delist, now));
            case Book.SettleAt settle -> settle(state, settle, settlements, now);
            case Book.AdjustTrade adjust -> adjust(state, adjust, now);
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

    private static Verdict adjust(BookState state, Book.AdjustTrade order, Moment now) {
        if (state.adjustments().contains(order.requestId())) {
            return write(List.of());
        }
        if (isTooLong(order.why())) {
            return refuse(Book.Refused.of(RefusalReason.AMOUNT_OUT_OF_BOUNDS, new TreeMap<>()));
        }
        return BookDecisions.unadjustable(state, order)
                .map(OrderDecisions::refuse)
                .orElseGet(
                        () ->
                                write(
                                        List.of(
                                                new BookEvent.TradeAdjusted(
                                                        order.requestId(),
                                                        order.by(),
                                                        order.why(),
                                                        order.trade(),
                                                        now.epochMs(),
                                                        order.postings()))));
    }

    private static boolean isTooLong(String why) {
        return why.length() > MAX_REASON;
    }

    private static Verdict refuse(Book.Refused refusal) {
        return new Verdict(Optional.of(refusal), List.of());
    }

    private static Verdict write(List<BookEvent> events) {
        return new Verdict(Optional.empty(), events);
    }
}
