package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.rpc.json.JsonText;
import io.dolim.api.session.Scope;
import io.dolim.book.Account;
import io.dolim.book.PricingView;
import io.dolim.book.trade.AccountId;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What an account holds. */
final class PositionMethods {

    private final Desk desk;
    private final Floor floor;

    PositionMethods(Desk desk, Floor floor) {
        this.desk = desk;
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.scoped(
                        "private/get_positions",
                        Scope.TRADE_READ,
                        this::selection,
                        this::positions),
                Method.scoped(
                        "private/get_position",
                        Scope.TRADE_READ,
                        params -> floor.asked().contract(params),
                        this::position),
                Method.scoped(
                        "private/get_account_summary",
                        Scope.ACCOUNT_READ,
                        params -> ReferenceMethods.underlyings(params, floor),
                        this::summary),
                Method.scoped(
                        "private/get_account_summaries",
                        Scope.ACCOUNT_READ,
                        params -> params.flag("extended", false),
                        this::summaries),
                Method.scoped(
                        "private/get_subaccounts",
                        Scope.ACCOUNT_READ,
                        params -> params.flag("with_portfolio", false),
                        this::subaccounts));
    }

    private List<Underlying> selection(Params params) {
        return ReferenceMethods.underlyings(params, floor);
    }

    private CompletionStage<Reply> positions(Caller caller, List<Underlying> selected) {
        return summarise(caller)
                .thenApply(
                        summary ->
                                summary.ready()
                                        ? new Result(json -> positions(json, selected, summary))
                                        : Refusals.retry("the account is starting"));
    }

    /** One position; flat is an answer too, with a direction that is neither side. */
    private CompletionStage<Reply> position(Caller caller, OptionContract contract) {
        return whenReady(
                caller,
                summary ->
                        json ->
                                position(
                                        json,
                                        contract,
                                        summary.positions().getOrDefault(contract, 0L),
                                        floor.board().latest(contract.underlying())));
    }

    private CompletionStage<Reply> whenReady(
            Caller caller, Function<Account.Summary, JsonText.Writable> written) {
        return summarise(caller)
                .thenApply(
                        summary ->
                                summary.ready()
                                        ? new Result(written.apply(summary))
                                        : Refusals.retry("the account is starting"));
    }

    /** Whose account it is, and its one balance. */
    private CompletionStage<Reply> summaries(Caller caller, boolean extended) {
        return whenReady(
                caller,
                summary ->
                        json -> {
                            json.writeStartObject();
                            identity(json, caller.account());
                            json.writeArrayFieldStart("summaries");
                            summary(json, summary);
                            json.writeEndArray();
                            json.writeEndObject();
                        });
    }

    /** The account itself: it has no others below it. */
    private CompletionStage<Reply> subaccounts(Caller caller, boolean withPortfolio) {
        return whenReady(
                caller,
                summary ->
                        json -> {
                            json.writeStartArray();
                            json.writeStartObject();
                            identity(json, caller.account());
                            json.writeBooleanField("is_password", true);
                            json.writeBooleanField("login_enabled", true);
                            json.writeBooleanField("receive_notifications", false);
                            if (withPortfolio) {
                                json.writeObjectFieldStart("portfolio");
                                json.writeFieldName("usdc");
                                summary(json, summary);
                                json.writeEndObject();
                            }
                            json.writeEndObject();
                            json.writeEndArray();
                        });
    }

    /** The id is a number with Deribit; ours are names, of which it is made. */
    private static void identity(JsonGenerator json, String account) throws IOException {
        json.writeNumberField("id", account.hashCode() & Integer.MAX_VALUE);
        json.writeStringField("username", account);
        json.writeStringField("system_name", account);
        json.writeStringField("email", "");
        json.writeStringField("type", "main");
    }

    private CompletionStage<Account.Summary> summarise(Caller caller) {
        return desk.askAccount(new AccountId(caller.account()), Account.Summarise::new);
    }

    private void positions(JsonGenerator json, List<Underlying> selected, Account.Summary summary)
            throws IOException {
        Map<Underlying, Optional<PricingView>> views = new TreeMap<>();
        json.writeStartArray();
        for (var held : summary.positions().entrySet()) {
            Underlying underlying = held.getKey().underlying();
            if (selected.contains(underlying) && held.getValue() != 0) {
                Optional<PricingView> view =
                        views.computeIfAbsent(underlying, floor.board()::latest);
                position(json, held.getKey(), held.getValue(), view);
            }
        }
        json.writeEndArray();
    }

    private void position(
            JsonGenerator json, OptionContract contract, long lots, Optional<PricingView> view)
            throws IOException {
        ContractSpec spec = floor.spec(contract);
        Optional<DisplayedQuotes.Row> row =
                view.flatMap(PricingView::displayed).flatMap(shown -> shown.row(contract));
        double coins = spec.coins(lots).doubleValue();
        json.writeStartObject();
        json.writeStringField("instrument_name", contract.name());
        json.writeStringField("kind", "option");
        json.writeStringField("direction", lots > 0 ? "buy" : lots < 0 ? "sell" : "zero");
        json.writeNumberField("size", spec.coins(lots));
        json.writeNumberField("size_currency", spec.coins(lots));
        Wire.figure(json, "mark_price", row.map(DisplayedQuotes.Row::markUsdc).orElse(0.0), 6);
        Wire.figure(json, "index_price", view.map(one -> one.market().spotUsdc()).orElse(0.0), 4);
        Wire.figure(json, "delta", coins * row.map(r -> r.perCoin().deltaCoins()).orElse(0.0), 6);
        Wire.figure(json, "gamma", coins * row.map(r -> r.perCoin().gammaCoins()).orElse(0.0), 10);
        Wire.figure(
                json, "vega", coins * row.map(r -> r.perCoin().vegaUsdc() / 100).orElse(0.0), 6);
        Wire.figure(
                json, "theta", coins * row.map(r -> r.perCoin().thetaUsdc() / 365).orElse(0.0), 6);
        json.writeNumberField("average_price", 0);
        json.writeNumberField("floating_profit_loss", 0);
        json.writeNumberField("realized_profit_loss", 0);
        json.writeNumberField("total_profit_loss", 0);
        json.writeNumberField("initial_margin", 0);
        json.writeNumberField("maintenance_margin", 0);
        json.writeEndObject();
    }

    private CompletionStage<Reply> summary(Caller caller, List<Underlying> any) {
        return summarise(caller)
                .thenApply(
                        summary ->
                                summary.ready()
                                        ? new Result(json -> summary(json, summary))
                                        : Refusals.retry("the account is starting"));
    }

    private void summary(JsonGenerator json, Account.Summary summary) throws IOException {
        BigDecimal cash = summary.cash().toDecimal();
        double marks = 0.0;
        double delta = 0.0;
        for (var held : summary.positions().entrySet()) {
            Optional<DisplayedQuotes.Row> row =
                    floor.board()
                            .latest(held.getKey().underlying())
                            .flatMap(PricingView::displayed)
                            .flatMap(shown -> shown.row(held.getKey()));
            double coins = floor.spec(held.getKey()).coins(held.getValue()).doubleValue();
            marks += coins * row.map(DisplayedQuotes.Row::markUsdc).orElse(0.0);
            delta += coins * row.map(r -> r.perCoin().deltaCoins()).orElse(0.0);
        }
        json.writeStartObject();
        json.writeStringField("currency", "USDC");
        json.writeNumberField("balance", cash);
        json.writeNumberField("available_funds", summary.free().toDecimal());
        json.writeNumberField("available_withdrawal_funds", summary.free().toDecimal());
        json.writeNumberField("initial_margin", summary.cover().toDecimal());
        json.writeNumberField("maintenance_margin", summary.cover().toDecimal());
        json.writeNumberField("equity", cash.add(Wire.figure(marks, 6)));
        Wire.figure(json, "options_value", marks, 6);
        Wire.figure(json, "options_delta", delta, 6);
        Wire.figure(json, "delta_total", delta, 6);
        json.writeNumberField("margin_balance", cash);
        json.writeBooleanField("portfolio_margining_enabled", false);
        json.writeEndObject();
    }
}
