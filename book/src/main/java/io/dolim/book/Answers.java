package io.dolim.book;

import io.dolim.book.Book.AcceptQuote;
import io.dolim.book.trade.Trade;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Exactly one answer for each request, also over a crash. What an earlier incarnation left unanswered is
 * answered by the journal where it knows, else it is to be sent again. Belongs to one Book's
 * incarnation.
 */
final class Answers {

    private static final Book.Retry RESTARTED = new Book.Retry("book_restarted");

    private final Outstanding<Book.Request> outstanding;
    private final BiConsumer<AcceptQuote, Book.Reply> count;
    private final long lostTo;

    /** @param count hears each acceptance that is decided now */
    Answers(Outstanding<Book.Request> outstanding, BiConsumer<AcceptQuote, Book.Reply> count) {
        this.outstanding = outstanding;
        this.count = count;
        lostTo = outstanding.last();
    }

    /** Answers what is decided now. */
    void decided(AcceptQuote accept, Book.Reply reply) {
        if (told(accept, reply)) {
            count.accept(accept, reply);
        }
    }

    /** Answers what was decided before. */
    void again(AcceptQuote accept, Trade trade) {
        told(accept, known(accept, trade));
    }

    private boolean told(AcceptQuote accept, Book.Reply reply) {
        boolean first = outstanding.settle(accept);
        if (first) {
            accept.replyTo().tell(reply);
        }
        return first;
    }

    void ordered(Book.Order order, Book.Ordered reply) {
        if (outstanding.settle(order)) {
            order.replyTo().tell(reply);
        }
    }

    void resting(OrderRequest request, OrderReply reply) {
        if (outstanding.settle(request)) {
            request.replyTo().tell(reply);
        }
    }

    /** Answers what a crash left unanswered. */
    void recovered(BookState state) {
        for (Book.Request request : outstanding.drainTo(lostTo)) {
            switch (request) {
                case AcceptQuote accept -> {
                    Optional<Trade> trade = state.trade(accept.account(), accept.orderId());
                    accept.replyTo()
                            .tell(trade.isPresent() ? known(accept, trade.get()) : RESTARTED);
                }
                case Book.Order order -> order.replyTo().tell(RESTARTED);
                case OrderRequest asked ->
                        asked.replyTo()
                                .tell(RestingDecisions.known(state, asked).orElse(RESTARTED));
            }
        }
    }

    private static Book.Reply known(AcceptQuote accept, Trade trade) {
        return Holding.contradicts(trade, accept.body())
                ? new Book.Conflict(accept.orderId())
                : new Book.Filled(trade);
    }
}
