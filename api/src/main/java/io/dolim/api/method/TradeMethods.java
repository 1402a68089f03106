package io.dolim.api.method;

import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.Book;
import io.dolim.book.Conditions;
import io.dolim.book.PricingView;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.QuoteToken;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What trades: the acceptance of a firm quote, and orders that take the pool's price at once. */
final class TradeMethods {

    private static final Logger LOG = LoggerFactory.getLogger(TradeMethods.class);
    private static final int LONGEST_TOKEN = QuoteToken.MAX_LENGTH;

    /** No token: the Book finds an old trade of an order id, and refuses to make a new one. */
    private static final String FILLS_NOTHING = "none";

    private final Desk desk;
    private final Floor floor;
    private final OrderQueues orders;
    private final OpenQuotes open;
    private final TradeMeters meters;
    private final OrderCounter counter;

    TradeMethods(
            Desk desk,
            Floor floor,
            OrderQueues orders,
            OpenQuotes open,
            TradeMeters meters,
            OrderCounter counter) {
        this.counter = counter;
        this.desk = desk;
        this.floor = floor;
        this.orders = orders;
        this.open = open;
        this.meters = meters;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.scoped(
                                "private/accept_quote",
                                Scope.TRADE_READ_WRITE,
                                TradeMethods::acceptance,
                                this::accept)
                        .strictly()
                        .matching(),
                order("private/buy", 1),
                order("private/sell", -1));
    }

    private record Acceptance(String token, ClientOrderId orderId) {}

    private static Acceptance acceptance(Params params) {
        return new Acceptance(params.text("token", LONGEST_TOKEN), OrderForm.orderId(params));
    }

    private CompletionStage<Reply> accept(Caller caller, Acceptance asked) {
        Optional<Underlying> underlying =
                QuoteToken.addressee(asked.token)
                        .filter(addressee -> desk.book(addressee).isPresent());
        if (underlying.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Refusal.of(ErrorCode.INVALID_ARGUMENTS, "token_malformed")
                            .with("rule", "must be the token of a request_quote, as it was given"));
        }
        return ask(
                underlying.get(),
                new AccountId(caller.account()),
                asked.token,
                asked.orderId,
                BodyHash.of(asked.token),
                Conditions.NONE,
                this::accepted,
                Refusals::of);
    }

    private Reply accepted(Trade trade) {
        ContractSpec spec = spec(trade);
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("trade");
                    Wire.trade(json, spec, trade);
                    json.writeEndObject();
                });
    }

    private Method<OrderForm> order(String name, int sign) {
        return Method.scoped(
                        name,
                        Scope.TRADE_READ_WRITE,
                        params -> OrderForm.read(params, sign, floor),
                        this::take)
                .matching();
    }

    private CompletionStage<Reply> take(Caller caller, OrderForm order) {
        AccountId account = new AccountId(caller.account());
        Underlying underlying = order.leg().contract().underlying();
        if (order.rests().isPresent()) {
            return counter.place(caller, order);
        }
        Optional<PricingView> view = floor.board().latest(underlying);
        if (view.isEmpty()) {
            return untaken(order, account, Refusals.noMarket(underlying));
        }
        Quote quote =
                view.get().quote(OptionPackage.of(order.leg()), floor.monotonicNs().getAsLong());
        return switch (quote) {
            case Quote.Refused refused -> untaken(order, account, Refusals.of(refused));
            case Quote.Quoted quoted -> take(account, order, view.get(), quoted);
        };
    }

    private CompletionStage<Reply> take(
            AccountId account, OrderForm order, PricingView view, Quote.Quoted quoted) {
        String quoteId = floor.quoteIds().get();
        ContractSpec spec = view.quoter().spec();
        if (order.limit()
                .filter(limit -> beyond(spec, order.leg(), quoted.price(), limit))
                .isPresent()) {
            return untaken(order, account, unfilled(order, spec, quoteId));
        }
        ClientOrderId orderId = order.orderId().orElse(new ClientOrderId("order." + quoteId));
        return ask(
                view.underlying(),
                account,
                floor.seal().seal(QuoteMethods.promise(floor, view, quoted, account)),
                orderId,
                BodyHash.of(order.body()),
                order.conditions(),
                trade -> OrderReply.filled(trade, order.leg(), order.limit(), order.label(), spec),
                Refusals::of);
    }

    /**
     * An order that takes nothing now. An order id that has traded is answered as it was, whatever the
     * market or the pool is now: the Book is asked with a token that fills nothing.
     */
    private CompletionStage<Reply> untaken(OrderForm order, AccountId account, Reply now) {
        if (order.orderId().isEmpty()) {
            return CompletableFuture.completedFuture(now);
        }
        ContractSpec spec = floor.spec(order.leg().contract());
        return ask(
                order.leg().contract().underlying(),
                account,
                FILLS_NOTHING,
                order.orderId().get(),
                BodyHash.of(order.body()),
                order.conditions(),
                trade -> OrderReply.filled(trade, order.leg(), order.limit(), order.label(), spec),
                refused ->
                        refused.reason() == RefusalReason.TOKEN_MALFORMED
                                ? now
                                : Refusals.of(refused));
    }

    private Reply unfilled(OrderForm order, ContractSpec spec, String quoteId) {
        return OrderReply.unfilled(
                "order." + quoteId,
                order.leg(),
                order.limit().orElseThrow(),
                order.label(),
                spec,
                floor.wallMs().getAsLong());
    }

    private CompletionStage<Reply> ask(
            Underlying underlying,
            AccountId account,
            String token,
            ClientOrderId orderId,
            BodyHash body,
            Conditions conditions,
            Function<Trade, Reply> filled,
            Function<Book.Refused, Reply> refused) {
        return orders.<Book.Reply>counted(
                        underlying,
                        () ->
                                desk.askBook(
                                        desk.knownBook(underlying),
                                        replyTo ->
                                                new Book.AcceptQuote(
                                                        token,
                                                        account,
                                                        orderId,
                                                        body,
                                                        conditions,
                                                        replyTo)))
                .thenApply(
                        reply ->
                                switch (reply) {
                                    case Book.Filled done -> {
                                        meters.filled(done.trade());
                                        open.filled(account, done.trade().quoteId());
                                        yield filled.apply(done.trade());
                                    }
                                    case Book.Refused no -> {
                                        refused(underlying, account, orderId, no);
                                        yield refused.apply(no);
                                    }
                                    case Book.Conflict conflict ->
                                            Refusals.conflict(conflict.orderId().text());
                                    case Book.Retry retry -> Refusals.retry(retry.why());
                                    case Book.OutcomeUnknown unknown -> Refusals.unknown();
                                });
    }

    private void refused(
            Underlying underlying, AccountId account, ClientOrderId orderId, Book.Refused no) {
        meters.refused(underlying, "order", no.reason().code());
        LOG.atInfo()
                .addKeyValue("account", account)
                .addKeyValue("order", orderId)
                .addKeyValue("reason", no.reason().code())
                .addKeyValue("rule", no.rule())
                .log("order refused");
    }

    /** Whether the pool's total is worse for the taker than his limit allows. */
    private static boolean beyond(ContractSpec spec, Leg leg, Usdc price, BigDecimal limit) {
        BigDecimal most = spec.coins(leg.lots()).multiply(limit);
        return price.toDecimal().compareTo(most) > 0;
    }

    private ContractSpec spec(Trade trade) {
        Underlying underlying = trade.legs().underlying();
        return Optional.ofNullable(floor.specs().get(underlying))
                .orElseThrow(() -> new IllegalStateException("no contracts on " + underlying));
    }
}
