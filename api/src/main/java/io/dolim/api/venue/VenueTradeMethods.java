package io.dolim.api.venue;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Refused;
import io.dolim.api.rpc.Reply;
import io.dolim.api.session.Scope;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Orders at a simulated venue: {@code private/buy} and {@code private/sell}, immediate or cancel. */
final class VenueTradeMethods {

    private final ExchangeFloor floor;
    private final VenueParams params;
    private final AtomicLong unlabelled = new AtomicLong();

    VenueTradeMethods(ExchangeFloor floor, VenueParams params) {
        this.floor = floor;
        this.params = params;
    }

    List<Method<?>> methods() {
        return List.of(side("private/buy", 1), side("private/sell", -1));
    }

    private Method<?> side(String name, int sign) {
        return Method.<Asked>scoped(
                        name,
                        Scope.TRADE_READ_WRITE,
                        asked -> asked(asked, sign),
                        (_, asked) ->
                                floor.order(exchange -> reply(asked, exchange.trade(asked.order))))
                .matching();
    }

    private record Asked(PerpetualSpec spec, VenueOrder order, boolean market) {}

    private Asked asked(Params asked, int sign) {
        PerpetualSpec spec = params.perpetual(asked);
        long lots = VenueParams.lots(asked, "amount", spec);
        if (lots <= 0) {
            throw new Refused(
                    Refusal.of(ErrorCode.QTY_TOO_LOW, "amount_too_low")
                            .with("amount", asked.decimal("amount"))
                            .with("min_trade_amount", spec.coinsPerLot()));
        }
        boolean market =
                asked.has("type") && asked.oneOf("type", "limit", "market").equals("market");
        if (!market || asked.has("time_in_force")) {
            asked.oneOf("time_in_force", "immediate_or_cancel");
        }
        BigDecimal limit = market ? Matching.farthest(spec, sign > 0) : price(asked);
        String label =
                asked.optionalText("label", VenueOrder.LONGEST_LABEL)
                        .orElseGet(() -> "unlabelled-" + unlabelled.incrementAndGet());
        boolean reduceOnly = asked.flag("reduce_only", false);
        return new Asked(
                spec,
                new VenueOrder(spec.underlying(), sign * lots, limit, reduceOnly, label),
                market);
    }

    private static BigDecimal price(Params asked) {
        BigDecimal price = asked.decimal("price");
        if (price.signum() <= 0) {
            throw new Refused(
                    Refusal.of(ErrorCode.INVALID_PRICE, "invalid_price").with("price", price));
        }
        return price;
    }

    private static Reply reply(Asked asked, ExchangeAnswer answer) {
        return switch (answer) {
            case ExchangeAnswer.Taken taken -> written(asked, taken.order());
            case ExchangeAnswer.Refused no -> refusal(no);
            case ExchangeAnswer.Moved moved ->
                    throw new IllegalStateException("an order is no transfer: " + moved);
        };
    }

    private static Reply written(Asked asked, ExchangeOrder order) {
        return VenueBody.of(
                json -> {
                    json.writeStartObject();
                    json.writeObjectFieldStart("order");
                    VenueJson.order(json, asked.spec, order, asked.market);
                    json.writeEndObject();
                    json.writeArrayFieldStart("trades");
                    for (VenueFill fill : order.fills()) {
                        VenueJson.trade(json, asked.spec, fill);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    /** A refusal of the exchange in Deribit's codes. */
    static Refusal refusal(ExchangeAnswer.Refused no) {
        ErrorCode code =
                switch (no.reason()) {
                    case DOWN -> ErrorCode.SYSTEM_MAINTENANCE;
                    case UNKNOWN_INSTRUMENT -> ErrorCode.INVALID_OR_UNSUPPORTED_INSTRUMENT;
                    case NO_INDEX -> ErrorCode.RETRY;
                    case PRICE_WRONG_TICK -> ErrorCode.PRICE_WRONG_TICK;
                    case INVALID_AMOUNT -> ErrorCode.INVALID_AMOUNT;
                    case LABEL_USED, NOTHING_TO_REDUCE -> ErrorCode.INVALID_ARGUMENTS;
                    case REJECTED, LEDGER_FULL -> ErrorCode.MATCHING_ENGINE_QUEUE_FULL;
                    case NOT_ENOUGH_FUNDS -> ErrorCode.NOT_ENOUGH_FUNDS;
                };
        return Refusal.of(code, no.reason().name().toLowerCase(Locale.ROOT))
                .with("detail", TextNode.valueOf(no.detail()));
    }
}
