package io.dolim.book.order;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.ContractSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The orders of one Book: all that rest, and the latest that ended of each account. A value.
 *
 * @param placed how many there ever were
 * @param open by their numbers
 * @param ended of each account, oldest first
 */
public record RestingOrders(
        long placed,
        SortedMap<Long, RestingOrder> open,
        SortedMap<AccountId, List<RestingOrder>> ended) {

    /** Ended orders that are remembered of an account; part of the state, so not configurable. */
    public static final int RECENT = 128;

    /** Before the first. */
    public static final RestingOrders NONE = new RestingOrders(0, new TreeMap<>(), new TreeMap<>());

    /** Guards the maps, which nobody else has. */
    public RestingOrders {
        open = Collections.unmodifiableSortedMap(open);
        ended = Collections.unmodifiableSortedMap(ended);
    }

    /** An order that rests. */
    public Optional<RestingOrder> open(OrderId id) {
        return Optional.ofNullable(open.get(id.number())).filter(one -> one.id().equals(id));
    }

    /** An order of an account, open or remembered. */
    public Optional<RestingOrder> find(AccountId account, OrderId id) {
        return open(id).filter(one -> one.account().equals(account))
                .or(() -> ended(account).stream().filter(o -> o.id().equals(id)).findFirst());
    }

    /** An order by what its taker called it, open or remembered. */
    public Optional<RestingOrder> sentAs(AccountId account, ClientOrderId requestId) {
        return open(account).stream()
                .filter(one -> one.requestId().equals(requestId))
                .findFirst()
                .or(
                        () ->
                                ended(account).stream()
                                        .filter(one -> one.requestId().equals(requestId))
                                        .findFirst());
    }

    /** What rests of an account, oldest first. */
    public List<RestingOrder> open(AccountId account) {
        return open.values().stream().filter(one -> one.account().equals(account)).toList();
    }

    /** What is remembered of an account, oldest first. */
    public List<RestingOrder> ended(AccountId account) {
        return ended.getOrDefault(account, List.of());
    }

    /** With a new one. @throws BrokenInvariant when it has not the next number */
    public RestingOrders with(RestingOrder order) {
        if (order.id().number() != placed + 1) {
            throw new BrokenInvariant("order " + order.id() + " is not number " + (placed + 1));
        }
        SortedMap<Long, RestingOrder> later = new TreeMap<>(open);
        later.put(order.id().number(), order);
        return new RestingOrders(placed + 1, later, ended);
    }

    /** With another amount and limit. @throws BrokenInvariant when it does not rest */
    public RestingOrders amended(OrderId id, long lots, BigDecimal limitUsdc, long epochMs) {
        SortedMap<Long, RestingOrder> later = new TreeMap<>(open);
        later.put(id.number(), resting(id).amended(lots, limitUsdc, epochMs));
        return new RestingOrders(placed, later, ended);
    }

    /** After an end that is no fill. @throws BrokenInvariant when it does not rest */
    public RestingOrders ended(OrderId id, RestingOrder.Status as, String why, long epochMs) {
        return moved(resting(id).ended(as, why, epochMs));
    }

    /**
     * After a trade.
     *
     * @throws BrokenInvariant when it fills an order otherwise than the order allows
     */
    public RestingOrders traded(Trade trade, ContractSpec spec) {
        Optional<RestingOrder> order =
                OrderId.read(trade.orderId().text())
                        .flatMap(this::open)
                        .filter(one -> one.account().equals(trade.account()));
        if (order.isEmpty()) {
            return this;
        }
        OrderTerms terms = order.get().terms();
        if (!trade.legs().equals(terms.legs()) || !terms.allows(trade.price(), spec)) {
            throw new BrokenInvariant(trade + " is not what " + order.get() + " allows");
        }
        return moved(order.get().filled(trade));
    }

    private RestingOrder resting(OrderId id) {
        return open(id).orElseThrow(() -> new BrokenInvariant("order " + id + " does not rest"));
    }

    private RestingOrders moved(RestingOrder order) {
        SortedMap<Long, RestingOrder> left = new TreeMap<>(open);
        left.remove(order.id().number());
        List<RestingOrder> own = ended(order.account());
        List<RestingOrder> later =
                new ArrayList<>(own.subList(own.size() < RECENT ? 0 : 1, own.size()));
        later.add(order);
        SortedMap<AccountId, List<RestingOrder>> all = new TreeMap<>(ended);
        all.put(order.account(), List.copyOf(later));
        return new RestingOrders(placed, left, all);
    }
}
