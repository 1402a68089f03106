package io.dolim.book;

import io.dolim.book.order.RestingOrder;
import java.util.List;

/** Answer to an {@link OrderRequest}: exactly one. */
public sealed interface OrderReply
        permits OrderReply.Told, Book.Refused, Book.Conflict, Book.Retry, Book.OutcomeUnknown {

    /**
     * Done, now or when it was asked for first.
     *
     * @param orders that it concerns, as they are now
     */
    record Told(List<RestingOrder> orders) implements OrderReply {
        /** Copies the orders. */
        public Told {
            orders = List.copyOf(orders);
        }
    }
}
