package io.dolim.api.method;

import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.prints.PrintPage;
import io.dolim.book.prints.PrintQuery;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What was traded: the trades tape by instrument and by currency. */
final class LastTradesMethods {

    private static final int USUAL = 10;
    private static final int MOST = 1000;
    private static final int LONGEST_ID = 32;

    private final Floor floor;

    LastTradesMethods(Floor floor) {
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/get_last_trades_by_instrument",
                        this::ofInstrument,
                        Method.now((caller, query) -> trades(query))),
                Method.open(
                        "public/get_last_trades_by_instrument_and_time",
                        this::ofInstrument,
                        Method.now((caller, query) -> trades(query))),
                Method.open(
                        "public/get_last_trades_by_currency",
                        this::ofCurrency,
                        Method.now((caller, query) -> trades(query))),
                Method.open(
                        "public/get_last_trades_by_currency_and_time",
                        this::ofCurrency,
                        Method.now((caller, query) -> trades(query))));
    }

    PrintQuery ofInstrument(Params params) {
        OptionContract contract = floor.knownContract(params);
        Optional<Long> from = params.optionalWhole("start_seq", 0, Long.MAX_VALUE);
        long until = params.optionalWhole("end_seq", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        return ordered(
                params,
                PrintQuery.of(contract, count(params)).numbered(from.orElse(0L), until),
                from.isPresent());
    }

    PrintQuery ofCurrency(Params params) {
        List<Underlying> underlyings = ReferenceMethods.underlyings(params, floor);
        boolean hasOptions = ReferenceMethods.meansOptions(params);
        Optional<Long> from = number(params, "start_id", underlyings);
        long until = number(params, "end_id", underlyings).orElse(Long.MAX_VALUE);
        return ordered(
                params,
                PrintQuery.of(
                                hasOptions ? new TreeSet<>(underlyings) : new TreeSet<>(),
                                count(params))
                        .numbered(from.orElse(0L), until),
                from.isPresent());
    }

    private static int count(Params params) {
        return params.optionalWhole("count", 1, MOST).map(Long::intValue).orElse(USUAL);
    }

    /** Whoever says where to begin reads on from there; all others want the newest. */
    private static PrintQuery ordered(Params params, PrintQuery query, boolean hasBegin) {
        Optional<Long> from = params.optionalWhole("start_timestamp", 0, Long.MAX_VALUE);
        long until =
                params.optionalWhole("end_timestamp", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        PrintQuery between = query.between(from.orElse(0L), until);
        String sorting =
                params.has("sorting") ? params.oneOf("sorting", "asc", "desc", "default") : "";
        boolean oldestFirst =
                switch (sorting) {
                    case "asc" -> true;
                    case "desc" -> false;
                    default -> hasBegin || from.isPresent();
                };
        return oldestFirst ? between.fromTheOldest() : between;
    }

    private static Optional<Long> number(Params params, String name, List<Underlying> underlyings) {
        if (!params.has(name)) {
            return Optional.empty();
        }
        return Optional.of(
                params.parsed(
                        name,
                        text ->
                                text.length() > LONGEST_ID
                                        ? Optional.empty()
                                        : Wire.reading(TradeId::parse, text)
                                                .filter(
                                                        id ->
                                                                underlyings.equals(
                                                                        List.of(id.underlying())))
                                                .map(TradeId::number),
                        "must be the id of a trade of one currency, as in BTC-17"));
    }

    private Reply trades(PrintQuery query) {
        if (!floor.prints().isWhole()) {
            return Refusals.retry("trades are being read from the journal");
        }
        PrintPage page = floor.prints().find(query);
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeFieldName("trades");
                    PrintJson.write(json, page.prints());
                    json.writeBooleanField("has_more", page.more());
                    json.writeEndObject();
                });
    }
}
