package io.dolim.api.method;

import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.PricingView;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.util.List;
import java.util.Optional;

/** What is displayed of one instrument: ticker and book. */
final class PriceMethods {

    private static final int DEEPEST = 1000;

    private final Floor floor;

    PriceMethods(Floor floor) {
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/ticker",
                        floor.asked()::contract,
                        Method.now((caller, contract) -> ticker(contract))),
                Method.open(
                        "public/get_order_book",
                        this::bookOf,
                        Method.now((caller, asked) -> orderBook(asked))));
    }

    private record BookOf(OptionContract contract, int depth) {}

    private BookOf bookOf(Params params) {
        return new BookOf(
                floor.asked().contract(params),
                params.optionalWhole("depth", 1, DEEPEST).map(Long::intValue).orElse(DEEPEST));
    }

    private Reply ticker(OptionContract contract) {
        return displayed(contract, 0, false);
    }

    private Reply orderBook(BookOf asked) {
        return displayed(asked.contract, asked.depth, true);
    }

    private Reply displayed(OptionContract contract, int depth, boolean levels) {
        PricingView view = floor.view(contract.underlying());
        if (!view.stopped().isEmpty()) {
            return Refusals.stopped(view);
        }
        Optional<DisplayedQuotes> quotes = view.displayed();
        Optional<DisplayedQuotes.Row> row = quotes.flatMap(shown -> shown.row(contract));
        if (row.isEmpty()) {
            return view.listed().contains(contract)
                    ? Refusals.noMarket(contract.underlying())
                    : Refusals.instrument(contract.name(), "must be listed");
        }
        DisplayedQuotes.Levels book =
                levels
                        ? quotes.get().levels(contract)
                        : new DisplayedQuotes.Levels(List.of(), List.of());
        return new Result(
                json -> {
                    json.writeStartObject();
                    TickerWriter.write(json, view, row.get(), floor.day(view, row.get()));
                    if (levels) {
                        json.writeNumberField("change_id", view.number());
                        TickerWriter.levels(json, "bids", view, book.bids(), depth);
                        TickerWriter.levels(json, "asks", view, book.asks(), depth);
                    }
                    json.writeEndObject();
                });
    }
}
