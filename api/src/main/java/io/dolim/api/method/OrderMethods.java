package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.OrderRequest;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.OrderId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a taker does with orders that rest, and asks about them. */
final class OrderMethods {

    private static final int MOST_ROWS = 1_000;
    private static final int ROWS = 20;
    private static final String[] KINDS = {
        "any", "option", "future", "spot", "option_combo", "future_combo"
    };
    private static final String[] TYPES = {
        "all",
        "limit",
        "trigger_all",
        "stop_all",
        "stop_limit",
        "stop_market",
        "take_all",
        "take_limit",
        "take_market",
        "trailing_all",
        "trailing_stop"
    };

    private final Floor floor;
    private final OrderCounter counter;

    OrderMethods(Floor floor, OrderCounter counter) {
        this.floor = floor;
        this.counter = counter;
    }

    List<Method<?>> methods() {
        return List.of(
                trading("private/cancel", this::known, this::cancel),
                trading("private/cancel_all", params -> selection(params, false), this::cancelAll),
                trading(
                        "private/cancel_all_by_currency",
                        params -> selection(params, false),
                        this::cancelAll),
                trading(
                        "private/cancel_all_by_instrument",
                        params -> selection(params, true),
                        this::cancelAll),
                trading("private/cancel_by_label", this::labelled, this::cancelAll),
                trading("private/edit", this::editOfOrder, this::edit),
                trading("private/edit_by_label", this::editOfLabel, this::edit),
                reading("private/get_order_state", this::known, this::state),
                reading("private/get_order_state_by_label", this::labelled, this::open),
                reading("private/get_open_orders", params -> selection(params, false), this::open),
                reading(
                        "private/get_open_orders_by_currency",
                        params -> selection(params, false),
                        this::open),
                reading(
                        "private/get_open_orders_by_instrument",
                        params -> selection(params, true),
                        this::open),
                reading("private/get_open_orders_by_label", this::labelled, this::open),
                reading(
                        "private/get_order_history_by_currency",
                        params -> page(params, false),
                        this::history),
                reading(
                        "private/get_order_history_by_instrument",
                        params -> page(params, true),
                        this::history));
    }

    private interface Reader<P> {
        P read(Params params);
    }

    private interface Asker<P> {
        CompletionStage<Reply> ask(AccountId account, P asked);
    }

    private static <P> Method<P> trading(String name, Reader<P> reader, Asker<P> asker) {
        return Method.scoped(
                        name,
                        Scope.TRADE_READ_WRITE,
                        reader::read,
                        (Caller caller, P asked) ->
                                asker.ask(new AccountId(caller.account()), asked))
                .matching();
    }

    private static <P> Method<P> reading(String name, Reader<P> reader, Asker<P> asker) {
        return Method.scoped(
                name,
                Scope.TRADE_READ,
                reader::read,
                (Caller caller, P asked) -> asker.ask(new AccountId(caller.account()), asked));
    }

    /** An order of a Book that is there; empty for a name that no order has. */
    private Optional<OrderId> known(Params params) {
        return OrderId.read(params.text("order_id", 128))
                .filter(id -> floor.specs().containsKey(id.underlying()));
    }

    private static Refusal unknown() {
        return Refusal.of(ErrorCode.ORDER_NOT_FOUND, "unknown")
                .with("rule", "no resting order of this account, or none that is still remembered");
    }

    private CompletionStage<Reply> cancel(AccountId account, Optional<OrderId> id) {
        return id.map(one -> counter.cancel(account, one))
                .orElseGet(() -> CompletableFuture.completedFuture(unknown()));
    }

    private CompletionStage<Reply> state(AccountId account, Optional<OrderId> id) {
        return CompletableFuture.completedFuture(
                id.flatMap(one -> counter.find(account, one))
                        .<Reply>map(order -> new Result(json -> write(json, order)))
                        .orElseGet(OrderMethods::unknown));
    }

    /**
     * Which orders are meant.
     *
     * @param limits whether limit orders are, which are all that rest here
     */
    private record Selection(
            List<Underlying> underlyings,
            Optional<OptionContract> contract,
            Optional<String> label,
            boolean limits) {

        boolean means(RestingOrder order) {
            return limits
                    && contract.map(order.terms().contract()::equals).orElse(true)
                    && label.map(order.terms().label()::equals).orElse(true);
        }

        OrderRequest.Selection asRequest() {
            return new OrderRequest.Selection(contract, label, Optional.empty());
        }
    }

    private Selection selection(Params params, boolean ofInstrument) {
        boolean options =
                !params.has("kind")
                        || List.of("any", "option").contains(params.oneOf("kind", KINDS));
        boolean limits =
                !params.has("type")
                        || List.of("all", "limit").contains(params.oneOf("type", TYPES));
        Optional<OptionContract> contract =
                ofInstrument ? Optional.of(floor.asked().contract(params)) : Optional.empty();
        List<Underlying> underlyings =
                contract.map(one -> List.of(one.underlying()))
                        .orElseGet(() -> ReferenceMethods.underlyings(params, floor));
        return new Selection(underlyings, contract, Optional.empty(), options && limits);
    }

    private Selection labelled(Params params) {
        return new Selection(
                ReferenceMethods.underlyings(params, floor),
                params.has("instrument_name")
                        ? Optional.of(floor.asked().contract(params))
                        : Optional.empty(),
                Optional.of(params.text("label", OrderForm.LONGEST_LABEL)),
                true);
    }

    private CompletionStage<Reply> cancelAll(AccountId account, Selection which) {
        return which.limits()
                ? counter.cancelAll(account, which.underlyings(), which.asRequest(), "user_request")
                : CompletableFuture.completedFuture(Result.of(0));
    }

    private CompletionStage<Reply> open(AccountId account, Selection which) {
        return CompletableFuture.completedFuture(
                list(
                        counter.open(account, which.underlyings()).stream()
                                .filter(which::means)
                                .toList()));
    }

    private record Page(Selection which, int count, int offset, boolean unfilled) {}

    private Page page(Params params, boolean ofInstrument) {
        return new Page(
                selection(params, ofInstrument),
                params.optionalWhole("count", 1, MOST_ROWS).orElse((long) ROWS).intValue(),
                params.optionalWhole("offset", 0, Integer.MAX_VALUE).orElse(0L).intValue(),
                params.flag("include_unfilled", true));
    }

    /** Newest first. */
    private CompletionStage<Reply> history(AccountId account, Page page) {
        List<RestingOrder> ended = new ArrayList<>();
        for (RestingOrder order : counter.ended(account, page.which().underlyings())) {
            if (page.which().means(order) && (page.unfilled() || order.fill().isPresent())) {
                ended.add(order);
            }
        }
        ended.sort(
                Comparator.comparingLong(RestingOrder::updatedMs)
                        .thenComparing(RestingOrder::id)
                        .reversed());
        int from = Math.min(page.offset(), ended.size());
        int to = (int) Math.min((long) from + page.count(), ended.size());
        return CompletableFuture.completedFuture(list(ended.subList(from, to)));
    }

    private Reply list(List<RestingOrder> orders) {
        List<RestingOrder> all = List.copyOf(orders);
        return new Result(
                json -> {
                    json.writeStartArray();
                    for (RestingOrder order : all) {
                        write(json, order);
                    }
                    json.writeEndArray();
                });
    }

    private void write(JsonGenerator json, RestingOrder order) throws java.io.IOException {
        OrderJson.order(json, order, counter.spec(order));
    }

    /**
     * Another amount or limit of an order.
     *
     * @param label whose only open order is meant, where no id is given
     * @param coins as wanted; empty: as it is
     */
    private record Edit(
            Optional<OrderId> id,
            Optional<Selection> label,
            Optional<BigDecimal> coins,
            Optional<BigDecimal> limit,
            OptionalLong untilNs,
            Params params) {}

    private Edit editOfOrder(Params params) {
        return edit(params, known(params), Optional.empty());
    }

    private Edit editOfLabel(Params params) {
        return edit(params, Optional.empty(), Optional.of(labelled(params)));
    }

    private Edit edit(Params params, Optional<OrderId> id, Optional<Selection> label) {
        OrderForm.refusePostOnly(params);
        return new Edit(
                id,
                label,
                params.optionalDecimal("amount"),
                params.optionalDecimal("price"),
                OrderForm.untilNs(params, floor),
                params);
    }

    private CompletionStage<Reply> edit(AccountId account, Edit edit) {
        List<RestingOrder> meant =
                edit.label().isPresent()
                        ? counter.open(account, edit.label().get().underlyings()).stream()
                                .filter(edit.label().get()::means)
                                .toList()
                        : edit.id().flatMap(id -> counter.find(account, id)).stream().toList();
        if (meant.size() > 1) {
            return CompletableFuture.completedFuture(
                    Refusal.of(ErrorCode.INVALID_ARGUMENTS, "label_names_several")
                            .with("orders", meant.size())
                            .with("rule", "a label groups orders: edit them by their order_id"));
        }
        if (meant.isEmpty()) {
            return CompletableFuture.completedFuture(unknown());
        }
        RestingOrder order = meant.getFirst();
        OptionContract contract = order.terms().contract();
        long lots =
                edit.coins().isPresent()
                        ? floor.asked().lots(edit.params(), contract, BigDecimal.ONE)
                        : Math.absExact(order.terms().lots());
        BigDecimal limit =
                edit.limit().isPresent()
                        ? OrderForm.price(edit.params(), floor.spec(contract))
                        : order.terms().limitUsdc();
        return counter.amend(
                order.id(),
                replyTo ->
                        new OrderRequest.Amend(
                                account,
                                order.id(),
                                Long.signum(order.terms().lots()) * lots,
                                limit,
                                edit.untilNs(),
                                replyTo));
    }
}
