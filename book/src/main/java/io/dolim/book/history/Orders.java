package io.dolim.book.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.BookEvent;
import io.dolim.book.Tags;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.quoting.money.Usdc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The orders that were accepted, each with what became of it: its trade, and what was adjusted since.
 * An order that is refused leaves no event, so that a journal knows none. Not safe for threads.
 */
public final class Orders {

    private final Optional<AccountId> account;
    private final Optional<String> instrument;
    private final SequencedMap<String, Order> orders = new LinkedHashMap<>();

    private record Order(
            Written written, BookEvent.TradeExecuted trade, int adjustments, Usdc adjusted) {}

    /**
     * @param account of this one only
     * @param instrument with a leg in this one only
     */
    public Orders(Optional<AccountId> account, Optional<String> instrument) {
        this.account = account;
        this.instrument = instrument;
    }

    /** The tags under which all that matters is found, to be read one after the other. */
    public List<String> tags() {
        return account.map(one -> List.of(Tags.account(one)))
                .orElseGet(() -> List.of(tradesTag(account, instrument), Tags.ADJUSTMENTS));
    }

    /** The one tag under which the trades of an account or an instrument are found, or all. */
    public static String tradesTag(Optional<AccountId> account, Optional<String> instrument) {
        return account.map(Tags::account)
                .or(() -> instrument.map(Tags::instrument))
                .orElse(Tags.TRADES);
    }

    /** Takes the next event under one of the tags. */
    public void next(Written written) {
        switch (written.event()) {
            case BookEvent.TradeExecuted trade
                    when Statements.trade(written, account, instrument).isPresent() ->
                    orders.put(
                            trade.trade().id().toString(), new Order(written, trade, 0, Usdc.ZERO));
            case BookEvent.TradeAdjusted adjusted ->
                    orders.computeIfPresent(
                            adjusted.trade().toString(),
                            (_, order) ->
                                    new Order(
                                            order.written(),
                                            order.trade(),
                                            order.adjustments() + 1,
                                            order.adjusted().plus(change(order, adjusted))));
            default -> {}
        }
    }

    /** What an adjustment brought the order's account. */
    private static Usdc change(Order order, BookEvent.TradeAdjusted adjusted) {
        Usdc sum = Usdc.ZERO;
        for (Posting posting : adjusted.postings()) {
            if (posting.isCash()
                    && posting.isTaker()
                    && posting.account().equals(order.trade().trade().account())) {
                sum = sum.plus(new Usdc(posting.amount()));
            }
        }
        return sum;
    }

    /** A row an order, oldest first. */
    public List<ObjectNode> rows() {
        return orders.values().stream().map(Orders::row).toList();
    }

    private static ObjectNode row(Order order) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("order", order.written().order())
                .put("time_ms", order.trade().trade().epochMs())
                .put("account", order.trade().trade().account().toString())
                .put("client_order_id", order.trade().trade().orderId().toString())
                .put("outcome", order.adjustments() == 0 ? "filled" : "filled and adjusted")
                .put("trade", order.trade().trade().id().toString())
                .put("legs", Statements.legs(order.trade().trade()))
                .put("price", order.trade().trade().price().toDecimal())
                .put("adjustments", order.adjustments())
                .put("adjusted", order.adjusted().toDecimal());
    }
}
