package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.PricingView;
import io.dolim.book.prints.DayFigures;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line for each instrument: what is displayed of it, and what trading made of its day. */
final class BookSummaryMethods {

    private final Floor floor;

    BookSummaryMethods(Floor floor) {
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/get_book_summary_by_currency",
                        this::ofCurrency,
                        Method.now((caller, underlyings) -> summaries(underlyings))),
                Method.open(
                        "public/get_book_summary_by_instrument",
                        floor.asked()::contract,
                        Method.now((caller, contract) -> summary(contract))));
    }

    private List<Underlying> ofCurrency(Params params) {
        List<Underlying> underlyings = ReferenceMethods.underlyings(params, floor);
        return ReferenceMethods.meansOptions(params) ? underlyings : List.of();
    }

    private record Line(PricingView view, DisplayedQuotes.Row row) {}

    private Reply summaries(List<Underlying> underlyings) {
        List<Line> lines = new ArrayList<>();
        for (Underlying underlying : underlyings) {
            Optional<PricingView> view = floor.board().latest(underlying);
            view.flatMap(PricingView::displayed)
                    .ifPresent(
                            shown ->
                                    shown.rows()
                                            .values()
                                            .forEach(row -> lines.add(new Line(view.get(), row))));
        }
        return of(lines);
    }

    private Reply summary(OptionContract contract) {
        PricingView view = floor.view(contract.underlying());
        if (!view.stopped().isEmpty()) {
            return Refusals.stopped(view);
        }
        Optional<DisplayedQuotes.Row> row = view.displayed().flatMap(shown -> shown.row(contract));
        if (row.isEmpty()) {
            return view.listed().contains(contract)
                    ? Refusals.noMarket(contract.underlying())
                    : Refusals.instrument(contract.name(), "must be listed");
        }
        return of(List.of(new Line(view, row.get())));
    }

    private Reply of(List<Line> lines) {
        return new Result(
                json -> {
                    json.writeStartArray();
                    for (Line line : lines) {
                        write(json, line.view, line.row);
                    }
                    json.writeEndArray();
                });
    }

    private void write(JsonGenerator json, PricingView view, DisplayedQuotes.Row row)
            throws IOException {
        DayFigures day = floor.prints().day(row.contract(), view.market().timeMs());
        BigDecimal bid = TickerWriter.price(row.bid());
        BigDecimal ask = TickerWriter.price(row.ask());
        boolean hasBoth = bid.signum() > 0 && ask.signum() > 0;
        BigDecimal mid =
                hasBoth
                        ? bid.add(ask).divide(BigDecimal.TWO, MathContext.DECIMAL64)
                        : BigDecimal.ZERO;
        json.writeStartObject();
        json.writeStringField("instrument_name", row.contract().name());
        json.writeStringField("base_currency", row.contract().underlying().code());
        json.writeStringField("quote_currency", "USDC");
        json.writeNumberField("creation_timestamp", view.market().timeMs());
        json.writeNumberField("bid_price", bid);
        json.writeNumberField("ask_price", ask);
        json.writeNumberField("mid_price", mid);
        Wire.figure(json, "mark_price", row.markUsdc(), 6);
        Wire.figure(json, "mark_iv", row.markVol() * 100, 2);
        TickerWriter.underlying(json, view, row);
        PrintJson.volume(json, day);
        json.writeNumberField("open_interest", day.openCoins());
        json.writeNumberField("last", day.lastUsdc().orElse(BigDecimal.ZERO));
        json.writeNumberField("low", day.lowUsdc().orElse(BigDecimal.ZERO));
        json.writeNumberField("high", day.highUsdc().orElse(BigDecimal.ZERO));
        Wire.figure(json, "price_change", day.changePercent().orElse(0.0), 4);
        json.writeEndObject();
    }
}
