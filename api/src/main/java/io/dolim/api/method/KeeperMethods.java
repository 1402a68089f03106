package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Handler;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.hedge.HedgeSummary;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.hedge.KeeperId;
import io.dolim.book.hedge.Lease;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.PolicyTerms;
import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** The keepers' board, and what an operator orders of hedging. Of a pool that hedges; absent where none does. */
final class KeeperMethods {

    private static final int LONGEST = 64;
    private static final int LONGEST_REASON = 200;

    private final Desk desk;

    KeeperMethods(Desk desk) {
        this.desk = desk;
    }

    List<Method<?>> methods() {
        if (desk.hedgers().isEmpty()) {
            return List.of();
        }
        return List.of(
                keeper("keeper/list_signals", this::hedged, (caller, asked) -> list(caller, asked)),
                keeper("keeper/claim", this::claim, this::claim).matching(),
                keeper("keeper/report_fill", this::fill, this::report).matching(),
                keeper("keeper/release", this::lease, this::release).matching(),
                operator(
                        "operator/choose_hedge_policy",
                        this::policy,
                        (caller, asked) -> choose(caller, asked)),
                operator(
                        "operator/stop_hedging",
                        this::why,
                        (caller, asked) ->
                                ordered(
                                        asked.hedged,
                                        to -> new Hedger.Stop(principal(caller), asked.text, to))),
                operator(
                        "operator/resume_hedging",
                        this::why,
                        (caller, asked) ->
                                ordered(
                                        asked.hedged,
                                        to ->
                                                new Hedger.Resume(
                                                        principal(caller), asked.text, to))),
                operator(
                        "operator/adopt_ledger",
                        params -> new Text(hedged(params), params.text("venue", LONGEST)),
                        (caller, asked) ->
                                ordered(
                                        asked.hedged,
                                        to -> new Hedger.Adopt(principal(caller), asked.text, to))),
                operator(
                        "operator/forgive_keeper",
                        params ->
                                new Text(
                                        hedged(params),
                                        params.parsed(
                                                        "keeper",
                                                        text -> Wire.reading(KeeperId::new, text),
                                                        "must be a keeper")
                                                .text()),
                        (caller, asked) ->
                                ordered(
                                        asked.hedged,
                                        to ->
                                                new Hedger.Forgive(
                                                        principal(caller),
                                                        new KeeperId(asked.text),
                                                        to))));
    }

    private record Hedged(Underlying underlying, ActorRef<Hedger.Command> hedger) {}

    private record Text(Hedged hedged, String text) {}

    private record Claim(Hedged hedged, long job, BigDecimal coins) {}

    private record Fill(
            Hedged hedged, long lease, String venue, String tradeId, int sign, BigDecimal coins) {}

    private record OfLease(Hedged hedged, long lease) {}

    private record Policy(Hedged hedged, PolicyTerms.Kind kind) {}

    private Hedged hedged(Params params) {
        Underlying underlying =
                params.parsed(
                        "underlying",
                        text -> Wire.reading(Underlying::new, text),
                        "must be an underlying");
        ActorRef<Hedger.Command> hedger = desk.hedgers().get(underlying);
        if (hedger == null) {
            throw new Refused(
                    Refusals.instrument(
                            underlying.code(), "this pool hedges " + desk.hedgers().keySet()));
        }
        return new Hedged(underlying, hedger);
    }

    private Text why(Params params) {
        return new Text(hedged(params), params.text("reason", LONGEST_REASON));
    }

    private Claim claim(Params params) {
        return new Claim(
                hedged(params),
                params.whole("signal_id", 1, Long.MAX_VALUE),
                positive(params, params.optionalDecimal("amount").orElse(BigDecimal.ZERO), 0));
    }

    private Fill fill(Params params) {
        return new Fill(
                hedged(params),
                params.whole("lease", 1, Long.MAX_VALUE),
                params.text("venue", LONGEST),
                params.text("trade_id", LONGEST),
                params.oneOf("direction", "buy", "sell").equals("buy") ? 1 : -1,
                positive(params, params.decimal("amount"), 1));
    }

    private OfLease lease(Params params) {
        return new OfLease(hedged(params), params.whole("lease", 1, Long.MAX_VALUE));
    }

    private Policy policy(Params params) {
        String word = params.oneOf("policy", "passive", "reactive", "proactive");
        return new Policy(hedged(params), PolicyTerms.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private static BigDecimal positive(Params params, BigDecimal amount, int least) {
        if (amount.signum() < least) {
            throw params.refuse("amount", "must be coins, above 0");
        }
        return amount;
    }

    private CompletionStage<Reply> list(Caller caller, Hedged asked) {
        KeeperId keeper = keeper(caller);
        return summary(asked)
                .thenApply(summary -> new Result(json -> HedgeJson.board(json, summary, keeper)));
    }

    private CompletionStage<Reply> claim(Caller caller, Claim asked) {
        return summary(asked.hedged)
                .thenCompose(
                        summary ->
                                this.<Hedger.Reply>ask(
                                        asked.hedged,
                                        to ->
                                                new Hedger.Claim(
                                                        keeper(caller),
                                                        asked.job,
                                                        signed(summary, asked),
                                                        to)))
                .thenApply(
                        reply ->
                                reply instanceof Hedger.Claimed claimed
                                        ? new Result(json -> claimed(json, asked.hedged, claimed))
                                        : outcome(reply));
    }

    /** A claim's lots, signed as its job; 0 for all. */
    private static long signed(HedgeSummary summary, Claim asked) {
        long lots = lots(summary.spec(), asked.coins);
        return summary.jobs().stream()
                .filter(job -> job.id() == asked.job)
                .findFirst()
                .map(job -> Long.signum(job.unclaimedLots()) * lots)
                .orElse(lots);
    }

    private CompletionStage<Reply> report(Caller caller, Fill asked) {
        KeeperId keeper = keeper(caller);
        return summary(asked.hedged)
                .thenCompose(
                        summary ->
                                ordered(
                                        asked.hedged,
                                        to ->
                                                new Hedger.ReportFill(
                                                        keeper,
                                                        asked.lease,
                                                        asked.venue,
                                                        asked.tradeId,
                                                        asked.sign
                                                                * lots(summary.spec(), asked.coins),
                                                        to)));
    }

    private CompletionStage<Reply> release(Caller caller, OfLease asked) {
        return ordered(asked.hedged, to -> new Hedger.Release(keeper(caller), asked.lease, to));
    }

    private CompletionStage<Reply> choose(Caller caller, Policy asked) {
        return summary(asked.hedged)
                .thenCompose(
                        summary ->
                                ordered(
                                        asked.hedged,
                                        to ->
                                                new Hedger.ChoosePolicy(
                                                        principal(caller),
                                                        summary.policy().as(asked.kind),
                                                        to)));
    }

    private static long lots(PerpetualSpec spec, BigDecimal coins) {
        try {
            return coins.divide(spec.coinsPerLot()).longValueExact();
        } catch (ArithmeticException notWhole) {
            throw new Refused(
                    Refusal.of(ErrorCode.INVALID_AMOUNT, "invalid_amount")
                            .with("amount", coins)
                            .with("rule", "must be a multiple of " + spec.coinsPerLot()));
        }
    }

    private static void claimed(JsonGenerator json, Hedged hedged, Hedger.Claimed claimed)
            throws IOException {
        Lease lease = claimed.lease();
        json.writeStartObject();
        json.writeStringField("underlying", hedged.underlying.code());
        json.writeNumberField("lease", lease.fence());
        json.writeStringField("label", claimed.label());
        json.writeStringField("direction", lease.lots() > 0 ? "buy" : "sell");
        json.writeNumberField("lots", Math.abs(lease.lots()));
        json.writeNumberField("limit_price", lease.limitUsdc());
        Wire.figure(json, "reward_share", lease.rewardShare(), 8);
        json.writeNumberField("reward_at_most", lease.reserved().toDecimal());
        json.writeNumberField("expires", lease.untilMs());
        json.writeEndObject();
    }

    private CompletionStage<HedgeSummary> summary(Hedged asked) {
        return ask(asked, to -> new Hedger.Query(false, to));
    }

    private <R> CompletionStage<R> ask(
            Hedged asked, Function<ActorRef<R>, Hedger.Command> question) {
        return desk.askHedger(asked.hedger, question);
    }

    private CompletionStage<Reply> ordered(
            Hedged asked, Function<ActorRef<Hedger.Reply>, Hedger.Command> order) {
        return this.<Hedger.Reply>ask(asked, order).thenApply(KeeperMethods::outcome);
    }

    private static Reply outcome(Hedger.Reply reply) {
        return switch (reply) {
            case Hedger.Refused no -> Refusals.of(no);
            case Hedger.OutcomeUnknown _ -> Refusals.unknown();
            case Hedger.Done _, Hedger.Claimed _ ->
                    new Result(
                            json -> {
                                json.writeStartObject();
                                json.writeStringField("state", "done");
                                json.writeEndObject();
                            });
        };
    }

    private static KeeperId keeper(Caller caller) {
        return new KeeperId(caller.account());
    }

    private static String principal(Caller caller) {
        return caller.authority()
                .map(authority -> authority.key().value())
                .orElseThrow(() -> new IllegalStateException("an operator without authority"));
    }

    private static <P> Method<P> keeper(
            String name, Function<Params, P> parser, Handler<P> handler) {
        return Method.scoped(name, Scope.KEEPER, parser, handler).strictly();
    }

    private static <P> Method<P> operator(
            String name, Function<Params, P> parser, Handler<P> handler) {
        return Method.scoped(name, Scope.OPERATOR, parser, handler).strictly().matching();
    }
}
