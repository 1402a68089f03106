package io.dolim.book;

import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.order.RestingOrders;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a Book decides about resting orders; pure: state, request and moment in, an answer out. */
final class RestingDecisions {

    /** Orders that one write ends of those that are due. */
    static final int MOST_AT_ONCE = 64;

    private static final long DAY_MS = 86_400_000L;
    private static final long DAY_ENDS_MS = 8 * 3_600_000L;

    private final BookSettings settings;
    private final BookDecisions decisions;

    RestingDecisions(BookSettings settings, BookDecisions decisions) {
        this.settings = settings;
        this.decisions = decisions;
    }

    /** What to do about a request. */
    sealed interface Verdict {}

    /** Say this; nothing changes. */
    record Say(OrderReply reply) implements Verdict {}

    /** Ask the Account first whether it could take the order at its limit. */
    record Weigh(OrderTerms terms) implements Verdict {}

    /** Write this down, then tell these orders. */
    record Write(List<BookEvent> events, List<OrderId> told) implements Verdict {}

    /** @param weighed whether the Account has found it plausible */
    Verdict of(BookState state, OrderRequest request, boolean weighed, Moment now) {
        return switch (request) {
            case OrderRequest.Place place -> place(state, place, weighed, now);
            case OrderRequest.Amend amend -> amend(state, amend, weighed, now);
            case OrderRequest.Cancel cancel -> cancel(state, cancel, now);
            case OrderRequest.CancelAll all -> cancelAll(state, all, now);
            case OrderRequest.Reject reject -> reject(state, reject, now);
        };
    }

    /** What the journal says of a request that a crash left unanswered; empty when it says nothing. */
    static Optional<OrderReply> known(BookState state, OrderRequest request) {
        RestingOrders orders = state.resting();
        return switch (request) {
            case OrderRequest.Place place -> known(state, place);
            case OrderRequest.Amend amend ->
                    orders.find(amend.account(), amend.id())
                            .filter(one -> isAlready(one, amend.lots(), amend.limitUsdc()))
                            .map(RestingDecisions::told);
            case OrderRequest.Cancel cancel ->
                    orders.find(cancel.account(), cancel.id())
                            .filter(one -> one.status() == RestingOrder.Status.CANCELLED)
                            .map(RestingDecisions::told);
            case OrderRequest.CancelAll _, OrderRequest.Reject _ -> Optional.empty();
        };
    }

    private static Optional<OrderReply> known(BookState state, OrderRequest.Place place) {
        Optional<RestingOrder> before = state.resting().sentAs(place.account(), place.requestId());
        if (before.isPresent()) {
            return Optional.of(
                    before.get().body().equals(place.body())
                            ? told(before.get())
                            : new Book.Conflict(place.requestId()));
        }
        Optional<Trade> trade = state.trade(place.account(), place.requestId());
        return trade.map(_ -> new Book.Conflict(place.requestId()));
    }

    private Verdict place(BookState state, OrderRequest.Place place, boolean weighed, Moment now) {
        Optional<OrderReply> before = known(state, place);
        if (before.isPresent()) {
            return new Say(before.get());
        }
        Optional<Book.Refused> refused =
                reserved(place)
                        .or(() -> Conditions.late(place.untilNs(), now))
                        .or(() -> unfit(state, place.account(), place.terms(), now))
                        .or(() -> tooMany(state, place.account()));
        if (refused.isPresent()) {
            return new Say(refused.get());
        }
        if (!weighed) {
            return new Weigh(place.terms());
        }
        OrderId id = new OrderId(state.underlying(), state.resting().placed() + 1);
        BookEvent placed =
                new BookEvent.OrderPlaced(
                        id,
                        place.account(),
                        place.requestId(),
                        place.body(),
                        place.terms(),
                        now.epochMs(),
                        endsMs(place.terms(), now));
        return new Write(List.of(placed), List.of(id));
    }

    private static Optional<Book.Refused> reserved(OrderRequest.Place place) {
        return OrderId.read(place.requestId().text()).isPresent()
                ? Optional.of(Book.Refused.of(RefusalReason.RESERVED_ID, new TreeMap<>()))
                : Optional.empty();
    }

    private Optional<Book.Refused> unfit(
            BookState state, AccountId account, OrderTerms terms, Moment now) {
        Leg leg = terms.legs().legs().getFirst();
        if (!leg.contract().underlying().equals(state.underlying())) {
            return Optional.of(Book.Refused.of(RefusalReason.NOT_LISTED, new TreeMap<>()));
        }
        return decisions
                .unfit(state, leg, now)
                .or(
                        () ->
                                terms.reduceOnly()
                                        ? Conditions.increase(state, account, leg)
                                        : Optional.empty());
    }

    private Optional<Book.Refused> tooMany(BookState state, AccountId account) {
        RestingOrders orders = state.resting();
        int own = orders.open(account).size();
        if (own >= settings.maxOrdersOfAccount()) {
            return Optional.of(
                    tooMany("max-orders-of-account", own, settings.maxOrdersOfAccount()));
        }
        int all = orders.open().size();
        return all >= settings.maxOrders()
                ? Optional.of(tooMany("max-orders", all, settings.maxOrders()))
                : Optional.empty();
    }

    private static Book.Refused tooMany(String key, int used, int allowed) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("used", (double) used);
        numbers.put("allowed", (double) allowed);
        return new Book.Refused(RefusalReason.TOO_MANY_ORDERS, "dolim.book.book." + key, numbers);
    }

    /** With its contract's trading, or at the next end of a day. */
    private long endsMs(OrderTerms terms, Moment now) {
        long closesMs = closesMs(terms.contract());
        long dayEndsMs =
                (Math.floorDiv(now.epochMs() - DAY_ENDS_MS, DAY_MS) + 1) * DAY_MS + DAY_ENDS_MS;
        return switch (terms.force()) {
            case GOOD_TIL_CANCELLED -> closesMs;
            case GOOD_TIL_DAY -> Math.min(closesMs, dayEndsMs);
        };
    }

    private long closesMs(OptionContract contract) {
        return contract.expiry().epochMs() - settings.closeBefore().toMillis();
    }

    private Verdict amend(BookState state, OrderRequest.Amend amend, boolean weighed, Moment now) {
        Optional<RestingOrder> found = state.resting().find(amend.account(), amend.id());
        Optional<Book.Refused> closed = closed(found);
        if (closed.isPresent()) {
            return new Say(closed.get());
        }
        RestingOrder order = found.orElseThrow();
        if (isAlready(order, amend.lots(), amend.limitUsdc())) {
            return new Say(told(order));
        }
        OrderTerms terms = order.terms().with(amend.lots(), amend.limitUsdc());
        Optional<Book.Refused> refused =
                Conditions.late(amend.untilNs(), now)
                        .or(() -> unfit(state, amend.account(), terms, now));
        if (refused.isPresent()) {
            return new Say(refused.get());
        }
        return weighed
                ? new Write(
                        List.of(
                                new BookEvent.OrderAmended(
                                        amend.id(),
                                        amend.account(),
                                        amend.lots(),
                                        amend.limitUsdc(),
                                        now.epochMs())),
                        List.of(amend.id()))
                : new Weigh(terms);
    }

    private static boolean isAlready(RestingOrder order, long lots, BigDecimal limitUsdc) {
        return order.terms().lots() == lots && order.terms().limitUsdc().compareTo(limitUsdc) == 0;
    }

    private static Optional<Book.Refused> closed(Optional<RestingOrder> found) {
        if (found.isEmpty()) {
            return Optional.of(Book.Refused.of(RefusalReason.UNKNOWN, new TreeMap<>()));
        }
        return found.get().isOpen()
                ? Optional.empty()
                : Optional.of(
                        new Book.Refused(
                                RefusalReason.ORDER_CLOSED,
                                found.get().status().code(),
                                new TreeMap<>()));
    }

    private static Verdict cancel(BookState state, OrderRequest.Cancel cancel, Moment now) {
        Optional<RestingOrder> found = state.resting().find(cancel.account(), cancel.id());
        return closed(found)
                .<Verdict>map(Say::new)
                .orElseGet(() -> end(found.stream().toList(), "user_request", now));
    }

    private static Verdict cancelAll(BookState state, OrderRequest.CancelAll all, Moment now) {
        List<RestingOrder> meant =
                state.resting().open(all.account()).stream()
                        .filter(one -> all.which().means(one.id(), one.terms()))
                        .toList();
        return end(meant, all.why(), now);
    }

    private static Verdict end(List<RestingOrder> orders, String why, Moment now) {
        return ended(orders, RestingOrder.Status.CANCELLED, why, now);
    }

    private static Verdict ended(
            List<RestingOrder> orders, RestingOrder.Status as, String why, Moment now) {
        if (orders.isEmpty()) {
            return new Say(new OrderReply.Told(List.of()));
        }
        List<BookEvent> events = new ArrayList<>();
        for (RestingOrder order : orders) {
            events.add(
                    new BookEvent.OrderEnded(order.id(), order.account(), as, why, now.epochMs()));
        }
        return new Write(events, orders.stream().map(RestingOrder::id).toList());
    }

    private static Verdict reject(BookState state, OrderRequest.Reject reject, Moment now) {
        List<RestingOrder> meant =
                state
                        .resting()
                        .open(reject.id())
                        .filter(one -> one.account().equals(reject.account()))
                        .stream()
                        .toList();
        return ended(meant, RestingOrder.Status.REJECTED, reject.why(), now);
    }

    /** Ends what is due: some at once. */
    List<BookEvent> due(BookState state, Moment now) {
        List<BookEvent> events = new ArrayList<>();
        for (RestingOrder order : state.resting().open().values()) {
            Optional<String> why = whyDue(state, order, now);
            if (why.isPresent()) {
                events.add(
                        new BookEvent.OrderEnded(
                                order.id(),
                                order.account(),
                                RestingOrder.Status.CANCELLED,
                                why.get(),
                                now.epochMs()));
            }
            if (events.size() == MOST_AT_ONCE) {
                break;
            }
        }
        return events;
    }

    private static Optional<String> whyDue(BookState state, RestingOrder order, Moment now) {
        OptionContract contract = order.terms().contract();
        if (now.epochMs() >= order.endsMs()
                || state.settlement(contract.expiry()).price().isPresent()) {
            return Optional.of("expired");
        }
        return state.listed().containsKey(contract)
                ? Optional.empty()
                : Optional.of("instrument_delisted");
    }

    private static OrderReply told(RestingOrder order) {
        return new OrderReply.Told(List.of(order));
    }
}
