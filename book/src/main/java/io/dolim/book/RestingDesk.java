package io.dolim.book;

import io.dolim.book.order.OrderBoard;
import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.capacity.ReservationId;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/**
 * Requests about resting orders that wait for their Account to say whether it could take them, and what is
 * told to all once orders have changed. Belongs to one Book's incarnation.
 */
final class RestingDesk {

    private final RestingDecisions decisions;
    private final Duration answerWithin;
    private final Book.Ports ports;
    private final RoomRule room;
    private final Answers answers;
    private final Way way;
    private final TreeMap<ReservationId, Waiting> waiting = new TreeMap<>();

    private record Waiting(OrderRequest request, long deadlineNs) {}

    /**
     * How a Book's incarnation writes, and whom it asks.
     *
     * @param names new ones, of holds that are only asked about
     * @param replies what its Accounts say
     * @param settle goes on with what else is due
     */
    record Way(
            EffectFactories<BookEvent, BookState> effects,
            Supplier<ReservationId> names,
            ActorRef<Account.HoldReply> replies,
            Runnable settle) {}

    RestingDesk(
            RestingDecisions decisions,
            Duration answerWithin,
            Book.Ports ports,
            Answers answers,
            Way way) {
        this.decisions = decisions;
        this.answerWithin = answerWithin;
        this.ports = ports;
        this.room = new RoomRule(ports.room());
        this.answers = answers;
        this.way = way;
    }

    Effect<BookEvent, BookState> onRequest(BookState state, OrderRequest request) {
        return onRequest(state, request, false);
    }

    /** Goes on with a request that an Account has judged; empty when the answer is to another's question. */
    Optional<Effect<BookEvent, BookState>> onWeighed(BookState state, Account.HoldReply reply) {
        Waiting was = waiting.remove(reply.id());
        if (was == null) {
            return Optional.empty();
        }
        Optional<OrderReply> refusal = refusal(was.request(), reply);
        if (refusal.isEmpty()) {
            return Optional.of(onRequest(state, was.request(), true));
        }
        answers.resting(was.request(), refusal.get());
        return Optional.of(way.effects().none());
    }

    private Effect<BookEvent, BookState> onRequest(
            BookState state, OrderRequest request, boolean weighed) {
        Moment now = ports.clock().get();
        switch (decisions.of(state, request, weighed, now)) {
            case RestingDecisions.Say say -> answers.resting(request, say.reply());
            case RestingDecisions.Weigh weigh -> weigh(state, request, weigh.terms(), now);
            case RestingDecisions.Write write when !room.fits(write.events()) ->
                    answers.resting(request, new Book.Retry(JournalRoom.RULE));
            case RestingDecisions.Write write -> {
                return way.effects()
                        .persist(write.events())
                        .thenRun((BookState after) -> written(after, request, write.told()));
            }
        }
        return way.effects().none();
    }

    /** In this order: who is answered finds on the board what he is told. */
    private void written(BookState after, OrderRequest request, List<OrderId> ids) {
        List<RestingOrder> changed = named(after, request.account(), ids);
        publish(after, changed, Optional.empty());
        answers.resting(request, new OrderReply.Told(changed));
    }

    /** Lets go who waits too long, and ends orders that are due; empty when nothing is to be written. */
    Optional<Effect<BookEvent, BookState>> onTick(BookState state) {
        Moment now = ports.clock().get();
        letGo(was -> was.deadlineNs() - now.monotonicNs() < 0)
                .forEach(late -> answers.resting(late, new Book.Retry("not_answered_in_time")));
        List<BookEvent> due = decisions.due(state, now);
        return due.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        way.effects()
                                .persist(due)
                                .thenRun(
                                        (BookState after) -> {
                                            ended(after, due);
                                            way.settle().run();
                                        }));
    }

    /** Asks an Account whether it could pay and cover a trade at the limit, as if nothing else rested. */
    private void weigh(BookState state, OrderRequest request, OrderTerms terms, Moment now) {
        ReservationId id = way.names().get();
        waiting.put(id, new Waiting(request, now.monotonicNs() + answerWithin.toNanos()));
        BigDecimal most = terms.mostUsdc(state.spec(terms.contract()));
        Account.Hold hold =
                new Account.Hold(
                        id,
                        asOrderId(request, id),
                        BodyHash.of(request.account() + "|" + id),
                        terms.legs(),
                        state.coinsPerLot().orElseThrow(),
                        Usdc.of(most.setScale(6, RoundingMode.CEILING)),
                        way.replies());
        ports.accounts().tell(new Accounts.Deliver(request.account(), new Account.Weigh(hold)));
    }

    private static ClientOrderId asOrderId(OrderRequest request, ReservationId id) {
        return request instanceof OrderRequest.Place place
                ? place.requestId()
                : new ClientOrderId("weighed." + id.number());
    }

    private static Optional<OrderReply> refusal(OrderRequest request, Account.HoldReply reply) {
        return switch (reply) {
            case Account.HoldGranted _, Account.Unused _ -> Optional.empty();
            case Account.AlreadyTraded traded ->
                    Optional.of(new Book.Conflict(traded.trade().orderId()));
            case Account.OrderIdReused reused ->
                    Optional.of(new Book.Conflict(asOrderId(request, reused.id())));
            case Account.HoldRefused refused ->
                    Optional.of(Book.Refused.of(refused.reason(), refused.numbers()));
            case Account.HoldLater later -> Optional.of(new Book.Retry(later.why()));
        };
    }

    /** An Account's start: what its last one was asked is answered no more. */
    void accountStarted(AccountId account) {
        letGo(was -> was.request().account().equals(account))
                .forEach(one -> answers.resting(one, new Book.Retry("account_restarted")));
    }

    private List<OrderRequest> letGo(Predicate<Waiting> which) {
        List<OrderRequest> gone = new ArrayList<>();
        for (Map.Entry<ReservationId, Waiting> each : List.copyOf(waiting.entrySet())) {
            if (which.test(each.getValue())) {
                waiting.remove(each.getKey());
                gone.add(each.getValue().request());
            }
        }
        return gone;
    }

    private void publish(BookState after, List<RestingOrder> changed, Optional<Trade> trade) {
        ports.orders()
                .publish(new OrderBoard.News(after.underlying(), after.resting(), changed, trade));
    }

    /** Hangs up what the journal says. */
    void recovered(BookState state) {
        publish(state, List.of(), Optional.empty());
    }

    /** Tells all of a trade, and of the order that it filled. */
    void traded(BookState after, Trade trade) {
        List<RestingOrder> filled =
                OrderId.read(trade.orderId().text())
                        .flatMap(id -> after.resting().find(trade.account(), id))
                        .stream()
                        .toList();
        publish(after, filled, Optional.of(trade));
    }

    private void ended(BookState after, List<BookEvent> events) {
        List<RestingOrder> changed = new ArrayList<>();
        for (BookEvent event : events) {
            if (event instanceof BookEvent.OrderEnded ended) {
                changed.addAll(named(after, ended.account(), List.of(ended.id())));
            }
        }
        publish(after, changed, Optional.empty());
    }

    /** As they are now; what is forgotten already is left out. */
    private static List<RestingOrder> named(BookState state, AccountId account, List<OrderId> ids) {
        Function<OrderId, Optional<RestingOrder>> find = id -> state.resting().find(account, id);
        return ids.stream().map(find).flatMap(Optional::stream).toList();
    }
}
