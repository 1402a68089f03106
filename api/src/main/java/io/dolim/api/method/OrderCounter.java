package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.Book;
import io.dolim.book.OrderReply;
import io.dolim.book.OrderRequest;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.order.RestingOrders;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Books about resting orders, has those looked at that are new, and reads what hangs on the board. */
final class OrderCounter {

    private static final Logger LOG = LoggerFactory.getLogger(OrderCounter.class);

    /** A Book that is not there in so many seconds has halted the process. */
    private static final int MOST_ATTEMPTS = 60;

    private final Desk desk;
    private final Floor floor;
    private final OrderQueues queues;
    private final TradeMeters meters;
    private final DisconnectGuard guard;

    OrderCounter(Desk desk, Floor floor, OrderQueues queues, TradeMeters meters) {
        this.desk = desk;
        this.floor = floor;
        this.queues = queues;
        this.meters = meters;
        this.guard = new DisconnectGuard(desk.orders(), (who, ids) -> cancelLost(who, ids, 1));
    }

    /** Who wants his orders to end with his connection. */
    DisconnectGuard guard() {
        return guard;
    }

    /** Lets an order rest; one that the pool's price is at already is filled in the same answer. */
    CompletionStage<Reply> place(Caller caller, OrderForm form) {
        AccountId account = new AccountId(caller.account());
        Optional<DisconnectGuard.Line> line = guard.line(caller);
        Underlying underlying = form.leg().contract().underlying();
        ClientOrderId requestId =
                form.orderId()
                        .orElseGet(() -> new ClientOrderId("order." + floor.quoteIds().get()));
        return ask(
                        underlying,
                        replyTo ->
                                new OrderRequest.Place(
                                        account,
                                        requestId,
                                        BodyHash.of(form.body()),
                                        form.terms(),
                                        form.untilNs(),
                                        replyTo))
                .thenCompose(
                        reply -> {
                            remember(line, reply);
                            return tried(underlying, reply);
                        });
    }

    private void remember(Optional<DisconnectGuard.Line> line, OrderReply reply) {
        if (line.isPresent() && reply instanceof OrderReply.Told told) {
            told.orders().forEach(order -> guard.placed(line.get(), order.id()));
        }
    }

    /** Takes back orders whose connection is lost; a Book that cannot yet is asked again. */
    private void cancelLost(AccountId account, SortedSet<OrderId> ids, int attempt) {
        OrderRequest.Selection which =
                new OrderRequest.Selection(Optional.empty(), Optional.empty(), Optional.of(ids));
        List<Underlying> underlyings = ids.stream().map(OrderId::underlying).distinct().toList();
        var _ =
                cancelAll(account, underlyings, which, "cancel_on_disconnect")
                        .whenComplete(
                                (reply, failure) -> {
                                    if (failure == null && reply instanceof Result) {
                                        return;
                                    }
                                    if (attempt == MOST_ATTEMPTS) {
                                        LOG.error(
                                                "account={} orders={} rest although their"
                                                        + " connection is lost",
                                                account,
                                                ids);
                                        return;
                                    }
                                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                                            .execute(() -> cancelLost(account, ids, attempt + 1));
                                });
    }

    /** Asks for another amount or limit of one. */
    CompletionStage<Reply> amend(OrderId id, Function<ActorRef<OrderReply>, OrderRequest> amend) {
        return ask(id.underlying(), amend).thenCompose(reply -> tried(id.underlying(), reply));
    }

    /** Takes one back, and answers it. */
    CompletionStage<Reply> cancel(AccountId account, OrderId id) {
        return ask(id.underlying(), replyTo -> new OrderRequest.Cancel(account, id, replyTo))
                .thenApply(
                        reply ->
                                reply instanceof OrderReply.Told told && told.orders().size() == 1
                                        ? new Result(
                                                json ->
                                                        OrderJson.order(
                                                                json,
                                                                told.orders().getFirst(),
                                                                spec(told.orders().getFirst())))
                                        : refusal(id.underlying(), reply));
    }

    /** Takes many back, in all these Books, and answers how many; refused as the first Book that refuses. */
    CompletionStage<Reply> cancelAll(
            AccountId account,
            List<Underlying> underlyings,
            OrderRequest.Selection which,
            String why) {
        List<CompletionStage<OrderReply>> asked = new ArrayList<>();
        for (Underlying underlying : underlyings) {
            asked.add(
                    ask(
                            underlying,
                            replyTo -> new OrderRequest.CancelAll(account, which, why, replyTo)));
        }
        return Desk.all(asked)
                .thenApply(
                        replies -> {
                            long cancelled = 0;
                            for (OrderReply reply : replies) {
                                if (!(reply instanceof OrderReply.Told told)) {
                                    return refusal(underlyings.getFirst(), reply);
                                }
                                cancelled += told.orders().size();
                            }
                            return Result.of(cancelled);
                        });
    }

    /** What rests of an account, in the order in which it was placed. */
    List<RestingOrder> open(AccountId account, List<Underlying> underlyings) {
        return of(underlyings, orders -> orders.open(account));
    }

    /** What is remembered of what rested. */
    List<RestingOrder> ended(AccountId account, List<Underlying> underlyings) {
        return of(underlyings, orders -> orders.ended(account));
    }

    Optional<RestingOrder> find(AccountId account, OrderId id) {
        return desk.orders().of(id.underlying()).find(account, id);
    }

    ContractSpec spec(RestingOrder order) {
        return floor.spec(order.terms().contract());
    }

    private List<RestingOrder> of(
            List<Underlying> underlyings, Function<RestingOrders, List<RestingOrder>> which) {
        List<RestingOrder> all = new ArrayList<>();
        underlyings.forEach(one -> all.addAll(which.apply(desk.orders().of(one))));
        return all;
    }

    private CompletionStage<OrderReply> ask(
            Underlying underlying, Function<ActorRef<OrderReply>, OrderRequest> question) {
        return queues.counted(
                underlying, () -> desk.askBook(desk.knownBook(underlying), question::apply));
    }

    private CompletionStage<Reply> tried(Underlying underlying, OrderReply reply) {
        if (!(reply instanceof OrderReply.Told told) || told.orders().size() != 1) {
            return CompletableFuture.completedFuture(refusal(underlying, reply));
        }
        RestingOrder order = told.orders().getFirst();
        if (!order.isOpen()) {
            return CompletableFuture.completedFuture(answer(order));
        }
        return desk.tryOrder(order.id())
                .handle((tried, late) -> answer(find(order.account(), order.id()).orElse(order)));
    }

    /** {@code {order, trades}}. */
    private Reply answer(RestingOrder order) {
        ContractSpec spec = spec(order);
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("order");
                    OrderJson.order(json, order, spec);
                    json.writeArrayFieldStart("trades");
                    OrderJson.fill(json, order, spec);
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private Refusal refusal(Underlying underlying, OrderReply reply) {
        return switch (reply) {
            case Book.Refused refused -> {
                meters.refused(underlying, "order", refused.reason().code());
                yield Refusals.of(refused);
            }
            case Book.Conflict conflict -> Refusals.conflict(conflict.orderId().text());
            case Book.Retry retry -> Refusals.retry(retry.why());
            case Book.OutcomeUnknown _ -> Refusals.unknown();
            case OrderReply.Told _ -> Refusals.unknown();
        };
    }
}
