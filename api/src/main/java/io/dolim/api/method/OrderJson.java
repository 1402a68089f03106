package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.order.OrderTerms;
import io.dolim.book.order.RestingOrder;
import io.dolim.quoting.instrument.ContractSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Resting orders, and the trades that filled them, as Deribit writes both. */
final class OrderJson {

    private OrderJson() {}

    /** An order, as an object. */
    static void order(JsonGenerator json, RestingOrder order, ContractSpec spec)
            throws IOException {
        OrderTerms terms = order.terms();
        BigDecimal coins = spec.coins(Math.absExact(terms.lots()));
        boolean filled = order.fill().isPresent();
        json.writeStartObject();
        json.writeStringField("order_id", order.id().toString());
        json.writeStringField("order_state", order.status().code());
        json.writeStringField("order_type", "limit");
        json.writeStringField("time_in_force", terms.force().code());
        json.writeStringField("instrument_name", terms.contract().name());
        json.writeStringField("direction", direction(terms));
        json.writeNumberField("price", terms.limitUsdc());
        json.writeNumberField("amount", coins);
        json.writeNumberField("contracts", coins);
        json.writeNumberField("filled_amount", filled ? coins : BigDecimal.ZERO);
        json.writeNumberField("average_price", filled ? fillPrice(order, coins) : BigDecimal.ZERO);
        json.writeNumberField("max_show", coins);
        json.writeNumberField("creation_timestamp", order.placedMs());
        json.writeNumberField("last_update_timestamp", order.updatedMs());
        json.writeStringField("label", terms.label());
        json.writeStringField("client_order_id", order.requestId().text());
        json.writeBooleanField("api", true);
        json.writeBooleanField("web", false);
        json.writeBooleanField("post_only", false);
        json.writeBooleanField("reduce_only", terms.reduceOnly());
        json.writeBooleanField("replaced", order.amendments() > 0);
        json.writeBooleanField("is_liquidation", false);
        json.writeBooleanField("is_rebalance", false);
        json.writeBooleanField("risk_reducing", false);
        json.writeNumberField("valid_until", order.endsMs());
        if (!order.why().isEmpty()) {
            json.writeStringField(
                    order.status() == RestingOrder.Status.REJECTED
                            ? "reject_reason"
                            : "cancel_reason",
                    order.why());
        }
        json.writeEndObject();
    }

    /** The trade that filled an order, as an object; nothing while there is none. */
    static void fill(JsonGenerator json, RestingOrder order, ContractSpec spec) throws IOException {
        if (order.fill().isEmpty()) {
            return;
        }
        RestingOrder.Fill fill = order.fill().get();
        OrderTerms terms = order.terms();
        BigDecimal coins = spec.coins(Math.absExact(terms.lots()));
        json.writeStartObject();
        json.writeStringField("trade_id", fill.trade().toString());
        json.writeNumberField("trade_seq", fill.trade().number());
        json.writeStringField("order_id", order.id().toString());
        json.writeStringField("order_type", "limit");
        json.writeStringField("instrument_name", terms.contract().name());
        json.writeStringField("direction", direction(terms));
        json.writeStringField("label", terms.label());
        json.writeNumberField("amount", coins);
        json.writeNumberField("price", fillPrice(order, coins));
        json.writeNumberField("fee", fill.fee().toDecimal());
        json.writeStringField("fee_currency", "USDC");
        // the pool is the only maker: an order that rested takes its price too
        json.writeStringField("liquidity", "T");
        json.writeStringField("state", "filled");
        json.writeBooleanField("reduce_only", terms.reduceOnly());
        json.writeBooleanField("post_only", false);
        json.writeNumberField("timestamp", fill.epochMs());
        json.writeEndObject();
    }

    private static String direction(OrderTerms terms) {
        return terms.lots() > 0 ? "buy" : "sell";
    }

    private static BigDecimal fillPrice(RestingOrder order, BigDecimal coins) {
        return order.fill()
                .orElseThrow()
                .price()
                .toDecimal()
                .abs()
                .divide(coins, 12, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }
}
