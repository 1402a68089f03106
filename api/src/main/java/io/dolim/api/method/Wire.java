package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.QuoteLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Function;

/** Small pieces of JSON that several methods write alike. */
final class Wire {

    private Wire() {}

    /** What a reader that throws makes of a stranger's value; nothing when it refuses it. */
    static <A, T> Optional<T> reading(Function<A, T> reader, A value) {
        try {
            return Optional.of(reader.apply(value));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** A risk figure, rounded to so many decimals; 0 where it is no number, as clients expect. */
    static void figure(JsonGenerator json, String name, double value, int decimals)
            throws IOException {
        json.writeNumberField(name, figure(value, decimals));
    }

    /** A risk figure, rounded to so many decimals; 0 where it is no number. */
    static BigDecimal figure(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                : BigDecimal.ZERO;
    }

    /** {@code "price"} and {@code "lines"}. */
    static void priced(JsonGenerator json, QuoteLines lines) throws IOException {
        json.writeNumberField("price", lines.total().toDecimal());
        json.writeObjectFieldStart("lines");
        json.writeNumberField("mark", lines.mark().toDecimal());
        json.writeNumberField("spread", lines.spread().toDecimal());
        json.writeNumberField("hedge_cost", lines.hedgeCost().toDecimal());
        json.writeNumberField("capital_charge", lines.capitalCharge().toDecimal());
        json.writeNumberField("fee", lines.fee().toDecimal());
        json.writeNumberField("tick", lines.tick().toDecimal());
        json.writeEndObject();
    }

    /** One of {@code "legs"}. */
    static void leg(JsonGenerator json, ContractSpec spec, Leg leg) throws IOException {
        json.writeStartObject();
        json.writeStringField("instrument_name", leg.contract().name());
        json.writeStringField("direction", leg.lots() > 0 ? "buy" : "sell");
        json.writeNumberField("amount", spec.coins(Math.abs(leg.lots())));
        json.writeEndObject();
    }

    /** A trade as {@code accept_quote} answers it. */
    static void trade(JsonGenerator json, ContractSpec spec, Trade trade) throws IOException {
        json.writeStartObject();
        json.writeStringField("trade_id", trade.id().toString());
        json.writeStringField("client_order_id", trade.orderId().text());
        json.writeStringField("quote_id", trade.quoteId());
        json.writeArrayFieldStart("legs");
        for (Leg leg : trade.legs().legs()) {
            leg(json, spec, leg);
        }
        json.writeEndArray();
        priced(json, trade.lines());
        json.writeNumberField("timestamp", trade.epochMs());
        json.writeEndObject();
    }
}
