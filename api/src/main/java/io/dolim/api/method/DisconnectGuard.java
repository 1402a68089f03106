package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.SessionListener;
import io.dolim.book.order.OrderBoard;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.OrderId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Who wants his orders to end with his connection, and which orders a connection has placed. Lives with the
 * process, as connections do. Safe on any thread.
 */
final class DisconnectGuard implements SessionListener {

    /** Orders of one connection that are remembered; more forgets those that rest no more. */
    private static final int MANY = 1_000;

    private final OrderBoard board;
    private final BiConsumer<AccountId, SortedSet<OrderId>> cancel;
    private final Map<Long, Line> lines = new ConcurrentHashMap<>();
    private final Map<AccountId, Boolean> ofAccounts = new ConcurrentHashMap<>();

    /** @param cancel ends these orders, and does not wait */
    DisconnectGuard(OrderBoard board, BiConsumer<AccountId, SortedSet<OrderId>> cancel) {
        this.board = board;
        this.cancel = cancel;
    }

    /** One account's use of one connection. */
    static final class Line {
        private final AccountId account;
        private final SortedSet<OrderId> placed = new TreeSet<>();
        private boolean enabled;
        private boolean closed;

        private Line(AccountId account, boolean enabled) {
            this.account = account;
            this.enabled = enabled;
        }
    }

    /** The caller's line; empty over HTTP, where there is no connection to lose. */
    Optional<Line> line(Caller caller) {
        AccountId account = new AccountId(caller.account());
        return caller.session()
                .map(
                        session ->
                                lines.compute(
                                        session.id(),
                                        (_, line) ->
                                                line != null && line.account.equals(account)
                                                        ? line
                                                        : new Line(account, enabled(account))));
    }

    /** Whether new connections of an account begin enabled. */
    boolean enabled(AccountId account) {
        return ofAccounts.getOrDefault(account, false);
    }

    boolean enabled(Line line) {
        synchronized (line) {
            return line.enabled;
        }
    }

    void enable(AccountId account, boolean wanted) {
        ofAccounts.put(account, wanted);
    }

    void enable(Line line, boolean wanted) {
        synchronized (line) {
            line.enabled = wanted;
        }
    }

    /** An order rests that this line placed; one whose connection is gone already is cancelled. */
    void placed(Line line, OrderId id) {
        synchronized (line) {
            if (!line.closed) {
                if (line.placed.size() >= MANY) {
                    line.placed.removeIf(one -> board.open(one).isEmpty());
                }
                line.placed.add(id);
                return;
            }
            if (!line.enabled) {
                return;
            }
        }
        cancel.accept(line.account, new TreeSet<>(List.of(id)));
    }

    @Override
    public void closed(Caller caller) {
        Line line = lines.remove(caller.connection());
        if (line == null) {
            return;
        }
        SortedSet<OrderId> orders;
        synchronized (line) {
            line.closed = true;
            orders = line.enabled ? new TreeSet<>(line.placed) : new TreeSet<>();
        }
        if (!orders.isEmpty()) {
            cancel.accept(line.account, orders);
        }
    }
}
