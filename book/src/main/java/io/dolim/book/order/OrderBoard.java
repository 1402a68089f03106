package io.dolim.book.order;

import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Where Books hang up their orders, each its own, before they answer: who was answered finds here what
 * he was told. Everybody reads, on any thread, without asking an actor.
 */
public final class OrderBoard {

    private final ConcurrentSkipListMap<Underlying, RestingOrders> orders =
            new ConcurrentSkipListMap<>();
    private final CopyOnWriteArrayList<Consumer<News>> listeners = new CopyOnWriteArrayList<>();

    /**
     * What a Book has just written.
     *
     * @param orders all of them, after it
     * @param changed those that it changed, as they are now
     * @param trade the trade, if it is one
     */
    public record News(
            Underlying underlying,
            RestingOrders orders,
            List<RestingOrder> changed,
            Optional<Trade> trade) {

        /** Copies the changes. */
        public News {
            changed = List.copyOf(changed);
        }
    }

    /** Hangs up a Book's orders and calls every listener on this thread. */
    public void publish(News news) {
        orders.put(news.underlying(), news.orders());
        listeners.forEach(listener -> listener.accept(news));
    }

    /** The orders of an underlying; none before its Book has recovered. */
    public RestingOrders of(Underlying underlying) {
        RestingOrders known = orders.get(underlying);
        return known == null ? RestingOrders.NONE : known;
    }

    /** An order that rests. */
    public Optional<RestingOrder> open(OrderId id) {
        return of(id.underlying()).open(id);
    }

    /**
     * Calls a listener with all news from now on, on the Book's thread: it must not block and not throw.
     *
     * @return ends the subscription
     */
    public AutoCloseable subscribe(Consumer<News> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
