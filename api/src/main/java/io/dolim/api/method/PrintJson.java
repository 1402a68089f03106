package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.prints.Candle;
import io.dolim.book.prints.DayFigures;
import io.dolim.book.prints.Print;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/** Writes what was traded as Deribit does. */
final class PrintJson {

    private static final int USDC_DECIMALS = 6;

    private PrintJson() {}

    /** A public trade. */
    static void write(JsonGenerator json, Print print) throws IOException {
        json.writeStartObject();
        members(json, print);
        json.writeEndObject();
    }

    /** Public trades, in their order. */
    static void write(JsonGenerator json, List<Print> prints) throws IOException {
        json.writeStartArray();
        for (Print print : prints) {
            write(json, print);
        }
        json.writeEndArray();
    }

    /** The members that everybody sees; not whose trade it was. */
    static void members(JsonGenerator json, Print print) throws IOException {
        json.writeStringField("trade_id", id(print));
        json.writeNumberField("trade_seq", print.trade().number());
        json.writeStringField("instrument_name", print.contract().name());
        json.writeNumberField("timestamp", print.epochMs());
        json.writeStringField("direction", print.isBought() ? "buy" : "sell");
        json.writeNumberField("price", print.priceUsdc());
        json.writeNumberField("amount", print.coins());
        json.writeNumberField("contracts", Math.absExact(print.lots()));
        json.writeNumberField("tick_direction", tick(print.tick()));
        Wire.figure(json, "mark_price", print.markUsdc(), USDC_DECIMALS);
        Wire.figure(json, "iv", print.ivAnnual() * 100, 2);
        Wire.figure(json, "index_price", print.indexUsdc(), 4);
        if (!print.isAlone()) {
            json.writeStringField("block_trade_id", print.trade().toString());
            json.writeNumberField("block_trade_leg_count", print.legs());
        }
    }

    /** As in {@code BTC-17}; legs of a package are {@code BTC-17.1}, {@code BTC-17.2}: no two have the same. */
    static String id(Print print) {
        return print.isAlone() ? print.trade().toString() : print.trade() + "." + print.leg();
    }

    private static int tick(Print.Tick tick) {
        return switch (tick) {
            case PLUS -> 0;
            case ZERO_PLUS -> 1;
            case MINUS -> 2;
            case ZERO_MINUS -> 3;
        };
    }

    /** {@code "stats"} of a ticker. */
    static void stats(JsonGenerator json, DayFigures day) throws IOException {
        json.writeObjectFieldStart("stats");
        volume(json, day);
        json.writeNumberField("low", day.lowUsdc().orElse(BigDecimal.ZERO));
        json.writeNumberField("high", day.highUsdc().orElse(BigDecimal.ZERO));
        Wire.figure(json, "price_change", day.changePercent().orElse(0.0), 4);
        json.writeEndObject();
    }

    /** Coins, and what was paid for them under the two names that clients read. */
    static void volume(JsonGenerator json, DayFigures day) throws IOException {
        BigDecimal paid = Wire.figure(day.volumeUsdc().doubleValue(), USDC_DECIMALS);
        json.writeNumberField("volume", day.volumeCoins());
        json.writeNumberField("volume_usd", paid);
        json.writeNumberField("volume_notional", paid);
    }

    /** One candle as the {@code chart.trades} channel says it. */
    static void candle(JsonGenerator json, Candle candle) throws IOException {
        json.writeStartObject();
        json.writeNumberField("tick", candle.beginMs());
        json.writeNumberField("open", candle.open());
        json.writeNumberField("high", candle.high());
        json.writeNumberField("low", candle.low());
        json.writeNumberField("close", candle.close());
        json.writeNumberField("volume", candle.volumeCoins());
        json.writeNumberField("cost", cost(candle));
        json.writeEndObject();
    }

    /** USDC that was paid in a candle. */
    static BigDecimal cost(Candle candle) {
        return Wire.figure(candle.costUsdc().doubleValue(), USDC_DECIMALS);
    }
}
