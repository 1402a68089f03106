package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.quote.Leg;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** {@code {order, trades}} as Deribit answers an order that took at once or not at all. */
final class OrderReply {

    private OrderReply() {}

    static Reply filled(
            Trade trade, Leg leg, Optional<BigDecimal> limit, String label, ContractSpec spec) {
        BigDecimal coins = spec.coins(Math.abs(leg.lots()));
        BigDecimal price =
                trade.price()
                        .toDecimal()
                        .abs()
                        .divide(coins, 12, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeObjectFieldStart("order");
                    order(json, trade.orderId().text(), leg, limit, label, coins, trade.epochMs());
                    json.writeStringField("order_state", "filled");
                    json.writeNumberField("filled_amount", coins);
                    json.writeNumberField("average_price", price);
                    json.writeEndObject();
                    json.writeArrayFieldStart("trades");
                    trade(json, trade, leg, label, coins, price);
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    static Reply unfilled(
            String orderId,
            Leg leg,
            BigDecimal limit,
            String label,
            ContractSpec spec,
            long timestampMs) {
        BigDecimal coins = spec.coins(Math.abs(leg.lots()));
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeObjectFieldStart("order");
                    order(json, orderId, leg, Optional.of(limit), label, coins, timestampMs);
                    json.writeStringField("order_state", "cancelled");
                    json.writeStringField("cancel_reason", "price_beyond_limit");
                    json.writeNumberField("filled_amount", 0);
                    json.writeNumberField("average_price", 0);
                    json.writeEndObject();
                    json.writeArrayFieldStart("trades");
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void order(
            JsonGenerator json,
            String orderId,
            Leg leg,
            Optional<BigDecimal> limit,
            String label,
            BigDecimal coins,
            long timestampMs)
            throws IOException {
        json.writeStringField("order_id", orderId);
        json.writeStringField("instrument_name", leg.contract().name());
        json.writeStringField("direction", direction(leg));
        json.writeStringField("order_type", limit.isPresent() ? "limit" : "market");
        if (limit.isPresent()) {
            json.writeNumberField("price", limit.get());
        } else {
            json.writeStringField("price", "market_price");
        }
        json.writeNumberField("amount", coins);
        json.writeStringField("label", label);
        json.writeStringField("time_in_force", "immediate_or_cancel");
        json.writeBooleanField("post_only", false);
        json.writeBooleanField("reduce_only", false);
        json.writeBooleanField("api", true);
        json.writeBooleanField("replaced", false);
        json.writeNumberField("creation_timestamp", timestampMs);
        json.writeNumberField("last_update_timestamp", timestampMs);
    }

    private static void trade(
            JsonGenerator json,
            Trade trade,
            Leg leg,
            String label,
            BigDecimal coins,
            BigDecimal price)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("trade_id", trade.id().toString());
        json.writeNumberField("trade_seq", trade.id().number());
        json.writeStringField("order_id", trade.orderId().text());
        json.writeStringField("instrument_name", leg.contract().name());
        json.writeStringField("direction", direction(leg));
        json.writeStringField("label", label);
        json.writeNumberField("amount", coins);
        json.writeNumberField("price", price);
        json.writeNumberField("fee", trade.lines().fee().toDecimal());
        json.writeStringField("fee_currency", "USDC");
        json.writeStringField("liquidity", "T");
        json.writeStringField("state", "filled");
        json.writeNumberField("timestamp", trade.epochMs());
        json.writeEndObject();
    }

    private static String direction(Leg leg) {
        return leg.lots() > 0 ? "buy" : "sell";
    }
}
