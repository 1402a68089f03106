package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Caller;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.api.session.Scope;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.prints.Print;
import io.dolim.book.prints.PrintPage;
import io.dolim.book.prints.PrintQuery;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.OrderId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** What an account traded, from the trades tape: as much of it as that remembers. */
final class UserTradeMethods {

    private static final int MOST = 1_000;

    private final Floor floor;
    private final OrderCounter counter;
    private final LastTradesMethods queries;

    UserTradeMethods(Floor floor, OrderCounter counter) {
        this.floor = floor;
        this.counter = counter;
        this.queries = new LastTradesMethods(floor);
    }

    List<Method<?>> methods() {
        return List.of(
                reading("private/get_user_trades_by_currency", queries::ofCurrency),
                reading("private/get_user_trades_by_currency_and_time", queries::ofCurrency),
                reading("private/get_user_trades_by_instrument", queries::ofInstrument),
                reading("private/get_user_trades_by_instrument_and_time", queries::ofInstrument),
                reading("private/get_user_trades_by_order", this::ofOrder));
    }

    private Method<PrintQuery> reading(String name, Function<Params, PrintQuery> reader) {
        return Method.scoped(
                name, Scope.TRADE_READ, reader, Method.now((caller, q) -> trades(caller, q)));
    }

    private PrintQuery ofOrder(Params params) {
        ClientOrderId order =
                params.parsed(
                        "order_id",
                        text -> Wire.reading(ClientOrderId::new, text),
                        "must be an order_id");
        PrintQuery query = PrintQuery.of(new TreeSet<>(floor.specs().keySet()), MOST).of(order);
        return params.has("sorting")
                        && params.oneOf("sorting", "asc", "desc", "default").equals("asc")
                ? query.fromTheOldest()
                : query;
    }

    private Reply trades(Caller caller, PrintQuery query) {
        if (!floor.prints().isWhole()) {
            return Refusals.retry("trades are being read from the journal");
        }
        PrintPage page = floor.prints().find(query.of(new AccountId(caller.account())));
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("trades");
                    for (Print print : page.prints()) {
                        write(json, print, counter);
                    }
                    json.writeEndArray();
                    json.writeBooleanField("has_more", page.more());
                    json.writeEndObject();
                });
    }

    /** A trade as its taker sees it. */
    static void write(JsonGenerator json, Print print, OrderCounter counter) throws IOException {
        Optional<RestingOrder> order =
                OrderId.read(print.orderId().text())
                        .flatMap(id -> counter.find(print.account(), id));
        json.writeStartObject();
        PrintJson.members(json, print);
        json.writeStringField("order_id", print.orderId().text());
        json.writeStringField("order_type", order.isPresent() ? "limit" : "market");
        json.writeStringField("label", order.map(one -> one.terms().label()).orElse(""));
        json.writeNumberField("fee", print.fee().toDecimal());
        json.writeStringField("fee_currency", "USDC");
        // the pool is the only maker
        json.writeStringField("liquidity", "T");
        json.writeStringField("state", "filled");
        json.writeBooleanField("post_only", false);
        json.writeBooleanField(
                "reduce_only", order.map(one -> one.terms().reduceOnly()).orElse(false));
        json.writeBooleanField("api", true);
        json.writeBooleanField("self_trade", false);
        json.writeEndObject();
    }
}
