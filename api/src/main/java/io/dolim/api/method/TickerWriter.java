package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.PricingView;
import io.dolim.book.prints.DayFigures;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes the members of a ticker, a quote, a side of a book: an empty side is 0, never null. */
final class TickerWriter {

    private TickerWriter() {}

    /** All members of Deribit's ticker for an option. */
    static void write(JsonGenerator json, PricingView view, DisplayedQuotes.Row row, DayFigures day)
            throws IOException {
        json.writeStringField("instrument_name", row.contract().name());
        json.writeNumberField("timestamp", view.market().timeMs());
        json.writeStringField("state", "open");
        best(json, view, row);
        Wire.figure(json, "bid_iv", iv(row.bid()), 2);
        Wire.figure(json, "ask_iv", iv(row.ask()), 2);
        Wire.figure(json, "mark_price", row.markUsdc(), 6);
        Wire.figure(json, "mark_iv", row.markVol() * 100, 2);
        Wire.figure(json, "index_price", view.market().spotUsdc(), 4);
        underlying(json, view, row);
        json.writeNumberField("open_interest", day.openCoins());
        json.writeNumberField("settlement_price", 0);
        json.writeNumberField("last_price", day.lastUsdc().orElse(BigDecimal.ZERO));
        json.writeNumberField("min_price", 0);
        json.writeNumberField("max_price", 0);
        json.writeObjectFieldStart("greeks");
        Wire.figure(json, "delta", row.perCoin().deltaCoins(), 6);
        Wire.figure(json, "gamma", row.perCoin().gammaCoins(), 10);
        Wire.figure(json, "vega", row.perCoin().vegaUsdc() / 100, 6);
        Wire.figure(json, "theta", row.perCoin().thetaUsdc() / 365, 6);
        Wire.figure(json, "rho", row.perCoin().rhoUsdc() / 100, 6);
        json.writeEndObject();
        PrintJson.stats(json, day);
    }

    /** What the option is written on, as tickers and summaries say it. */
    static void underlying(JsonGenerator json, PricingView view, DisplayedQuotes.Row row)
            throws IOException {
        Wire.figure(json, "underlying_price", row.forwardUsdc(), 4);
        json.writeStringField(
                "underlying_index",
                row.contract().underlying().code() + "_USDC-" + row.contract().expiry());
        Wire.figure(json, "estimated_delivery_price", view.market().spotUsdc(), 4);
        json.writeNumberField("interest_rate", 0);
    }

    /** The four members that a {@code quote} channel and a ticker share. */
    static void best(JsonGenerator json, PricingView view, DisplayedQuotes.Row row)
            throws IOException {
        BigDecimal size = view.quoter().spec().coins(view.quoter().spec().minLots());
        json.writeNumberField("best_bid_price", price(row.bid()));
        json.writeNumberField("best_bid_amount", row.bid().isPresent() ? size : BigDecimal.ZERO);
        json.writeNumberField("best_ask_price", price(row.ask()));
        json.writeNumberField("best_ask_amount", row.ask().isPresent() ? size : BigDecimal.ZERO);
    }

    /** {@code [[price, amount], …]}, best first. */
    static void levels(
            JsonGenerator json,
            String side,
            PricingView view,
            List<DisplayedQuotes.Level> levels,
            int depth)
            throws IOException {
        ContractSpec spec = view.quoter().spec();
        json.writeArrayFieldStart(side);
        for (DisplayedQuotes.Level level : levels.subList(0, Math.min(depth, levels.size()))) {
            json.writeStartArray();
            json.writeNumber(plain(level.usdc()));
            json.writeNumber(spec.coins(level.lots()));
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** A side's price; 0 where it is empty. */
    static BigDecimal price(Optional<DisplayedQuotes.Price> side) {
        return side.map(DisplayedQuotes.Price::usdc)
                .map(TickerWriter::plain)
                .orElse(BigDecimal.ZERO);
    }

    /** Without the zeros that a division left behind. */
    private static BigDecimal plain(BigDecimal price) {
        return price.stripTrailingZeros();
    }

    private static double iv(Optional<DisplayedQuotes.Price> side) {
        return side.flatMap(DisplayedQuotes.Price::vol).orElse(0.0) * 100;
    }
}
