package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.rpc.json.JsonText;
import io.dolim.api.session.Scope;
import io.dolim.book.Book;
import io.dolim.book.Latch;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.AllocationTerms;
import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may do. Each call is an audited event with the key that made it; lifting a stop
 * takes two keys.
 */
final class OperatorMethods {

    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_VERSION = 200;

    private final Desk desk;

    OperatorMethods(Desk desk) {
        this.desk = desk;
    }

    List<Method<?>> methods() {
        return List.of(
                operator(
                        "operator/halt",
                        OperatorMethods::reason,
                        (caller, reason) ->
                                capacity(to -> new Capacity.Halt(principal(caller), reason, to))),
                operator(
                        "operator/reduce_only",
                        OperatorMethods::reason,
                        (caller, reason) ->
                                capacity(
                                        to ->
                                                new Capacity.ReduceOnly(
                                                        principal(caller), reason, to))),
                operator(
                        "operator/resume",
                        OperatorMethods::reason,
                        (caller, reason) ->
                                capacity(to -> new Capacity.Resume(principal(caller), reason, to))),
                operator(
                        "operator/set",
                        OperatorMethods::setting,
                        (caller, set) ->
                                capacity(
                                        to ->
                                                new Capacity.Set(
                                                        principal(caller),
                                                        set.key,
                                                        set.value,
                                                        to))),
                operator(
                        "operator/allocate",
                        OperatorMethods::allocation,
                        (caller, asked) ->
                                capacity(
                                        to ->
                                                new Capacity.Allocate(
                                                        principal(caller),
                                                        asked.terms,
                                                        asked.why,
                                                        to))),
                operator(
                        "operator/choose_scenarios",
                        params -> params.text("version", LONGEST_VERSION),
                        (caller, version) ->
                                capacity(
                                        to ->
                                                new Capacity.ChooseScenarios(
                                                        principal(caller), version, to))),
                operator(
                        "operator/pay_in",
                        OperatorMethods::payment,
                        (caller, pay) ->
                                capacity(
                                        to ->
                                                new Capacity.PayIn(
                                                        principal(caller),
                                                        pay.amount,
                                                        pay.id,
                                                        to))),
                operator(
                        "operator/pay_out",
                        OperatorMethods::payment,
                        (caller, pay) ->
                                capacity(
                                        to ->
                                                new Capacity.PayOut(
                                                        principal(caller),
                                                        pay.amount,
                                                        pay.id,
                                                        to))),
                operator(
                        "operator/reset_mmp",
                        this::reset,
                        (caller, reset) ->
                                capacity(
                                        to ->
                                                new Capacity.ResetProtection(
                                                        principal(caller),
                                                        reset.underlying,
                                                        reset.why,
                                                        to))),
                operator("operator/lift_latch", this::lift, this::lift),
                operator("operator/settle", this::settlement, this::settle),
                operator("operator/adjust_trade", this::adjustment, this::adjust));
    }

    private static <P> Method<P> operator(
            String name, Function<Params, P> parser, io.dolim.api.rpc.Handler<P> handler) {
        return Method.scoped(name, Scope.OPERATOR, parser, handler).strictly().matching();
    }

    private static String principal(Caller caller) {
        return caller.authority()
                .map(authority -> authority.key().value())
                .orElseThrow(() -> new IllegalStateException("an operator without authority"));
    }

    private static String reason(Params params) {
        return params.text("reason", LONGEST_REASON);
    }

    private record Payment(Usdc amount, String id) {}

    private static Payment payment(Params params) {
        return new Payment(
                MoneyMethods.usdc(params, "amount"), MoneyMethods.requestId(params).text());
    }

    private record Setting(String key, double value) {}

    private record Allocate(AllocationTerms terms, String why) {}

    private static Allocate allocation(Params params) {
        double hedging = params.decimal("hedging_share").doubleValue();
        double reserve = params.decimal("reserve_share").doubleValue();
        double factor = params.decimal("over_collateralisation").doubleValue();
        try {
            return new Allocate(new AllocationTerms(hedging, reserve, factor), reason(params));
        } catch (IllegalArgumentException broken) {
            throw params.refuse("allocation", String.valueOf(broken.getMessage()));
        }
    }

    private static Setting setting(Params params) {
        return new Setting(params.text("key", 64), params.decimal("value").doubleValue());
    }

    private CompletionStage<Reply> capacity(
            Function<ActorRef<Capacity.OperatorReply>, Capacity.Command> order) {
        return desk.askCapacity(order)
                .thenApply(
                        reply ->
                                switch (reply) {
                                    case Capacity.Done done -> done(done);
                                    case Capacity.Rejected no ->
                                            Refusal.of(ErrorCode.BAD_REQUEST, "rejected")
                                                    .with("rule", no.reason());
                                });
    }

    private record Reset(Underlying underlying, String why) {}

    private Reset reset(Params params) {
        Underlying underlying = underlying(params);
        known(desk.books().get(underlying), underlying);
        return new Reset(underlying, reason(params));
    }

    private record Lift(ActorRef<Latch.Command> latch, Underlying underlying, String why) {}

    private Lift lift(Params params) {
        Underlying underlying = underlying(params);
        return new Lift(
                known(desk.latches().get(underlying), underlying), underlying, reason(params));
    }

    private CompletionStage<Reply> lift(Caller caller, Lift asked) {
        return desk.<Latch.Reply>askLatch(
                        asked.latch, to -> new Latch.Lift(principal(caller), asked.why, to))
                .thenApply(
                        reply ->
                                switch (reply) {
                                    case LIFTED -> done("lifted");
                                    case NOT_TRIPPED ->
                                            Refusal.of(ErrorCode.BAD_REQUEST, "contradicts")
                                                    .with("underlying", asked.underlying.code())
                                                    .with("rule", "the latch is not tripped");
                                    case BUSY -> Refusals.retry("queue_full");
                                    case UNKNOWN -> Refusals.unknown();
                                });
    }

    private record Settlement(
            ActorRef<Book.Command> book, Expiry expiry, BigDecimal price, String why) {}

    private Settlement settlement(Params params) {
        return new Settlement(
                book(params),
                params.parsed(
                        "expiry",
                        text -> Wire.reading(Expiry::parse, text),
                        "must read like 5FEB26"),
                params.decimal("price"),
                reason(params));
    }

    private CompletionStage<Reply> settle(Caller caller, Settlement asked) {
        return ordered(
                asked.book,
                to ->
                        new Book.SettleAt(
                                principal(caller), asked.why, asked.expiry, asked.price, to));
    }

    private record Adjustment(
            ActorRef<Book.Command> book,
            RequestId requestId,
            TradeId trade,
            AccountId account,
            Usdc toTaker,
            String why) {}

    private Adjustment adjustment(Params params) {
        BigDecimal amount = params.decimal("amount");
        return new Adjustment(
                book(params),
                MoneyMethods.requestId(params),
                params.parsed(
                        "trade_id",
                        text -> Wire.reading(TradeId::parse, text),
                        "must read like BTC-17"),
                params.parsed(
                        "account",
                        text -> Wire.reading(AccountId::new, text),
                        "must be an account"),
                Wire.reading(Usdc::of, amount)
                        .filter(usdc -> usdc.signum() != 0)
                        .orElseThrow(
                                () ->
                                        params.refuse(
                                                "amount",
                                                "must be USDC with at most six decimals, not zero")),
                reason(params));
    }

    private CompletionStage<Reply> adjust(Caller caller, Adjustment asked) {
        List<Posting> postings =
                List.of(
                        Posting.cash(Posting.taker(asked.account), asked.toTaker),
                        Posting.cash(Posting.POOL, asked.toTaker.negated()));
        return ordered(
                asked.book,
                to ->
                        new Book.AdjustTrade(
                                asked.requestId,
                                principal(caller),
                                asked.why,
                                asked.trade,
                                postings,
                                to));
    }

    private ActorRef<Book.Command> book(Params params) {
        Underlying underlying = underlying(params);
        return known(desk.books().get(underlying), underlying);
    }

    private static Underlying underlying(Params params) {
        return params.parsed(
                "underlying", text -> Wire.reading(Underlying::new, text), "must be an underlying");
    }

    private <T> T known(@Nullable T found, Underlying underlying) {
        if (found == null) {
            throw new Refused(
                    Refusals.instrument(
                            underlying.code(), "this pool quotes " + desk.books().keySet()));
        }
        return found;
    }

    private CompletionStage<Reply> ordered(
            ActorRef<Book.Command> book, Function<ActorRef<Book.Ordered>, Book.Command> order) {
        return desk.askBook(book, order)
                .thenApply(
                        reply ->
                                switch (reply) {
                                    case Book.Done done -> done("done");
                                    case Book.Refused no -> Refusals.of(no);
                                    case Book.Retry retry -> Refusals.retry(retry.why());
                                    case Book.OutcomeUnknown unknown -> Refusals.unknown();
                                });
    }

    private static Reply done(String what) {
        return state(what, json -> {});
    }

    /** Who does not act on new rules yet is named, and nobody when all do. */
    private static Reply done(Capacity.Done done) {
        return state(
                done.what(),
                json -> {
                    json.writeArrayFieldStart("unacknowledged");
                    for (Capacity.Party party : done.unacknowledged()) {
                        json.writeString(party.toString());
                    }
                    json.writeEndArray();
                });
    }

    private static Reply state(String what, JsonText.Writable more) {
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("state", what);
                    more.write(json);
                    json.writeEndObject();
                });
    }
}
