package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.prints.Delivery;
import io.dolim.book.prints.Settled;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What expiries were settled at, and the instruments that turned into cash. */
final class SettlementMethods {

    private static final int MOST = 1000;
    private static final int USUAL_PRICES = 10;
    private static final int USUAL_SETTLEMENTS = 20;

    private final Floor floor;

    SettlementMethods(Floor floor) {
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/get_delivery_prices",
                        this::prices,
                        Method.now((caller, asked) -> prices(asked))),
                Method.open(
                        "public/get_last_settlements_by_currency",
                        params ->
                                settlements(
                                        params,
                                        ReferenceMethods.underlyings(params, floor),
                                        Optional.empty()),
                        Method.now((caller, asked) -> settlements(asked))),
                Method.open(
                        "public/get_last_settlements_by_instrument",
                        this::ofInstrument,
                        Method.now((caller, asked) -> settlements(asked))));
    }

    private record Prices(Underlying underlying, int offset, int count) {}

    private Prices prices(Params params) {
        return new Prices(
                ReferenceMethods.underlyingOfIndex(params, floor),
                params.optionalWhole("offset", 0, Integer.MAX_VALUE).map(Long::intValue).orElse(0),
                params.optionalWhole("count", 1, MOST).map(Long::intValue).orElse(USUAL_PRICES));
    }

    private Reply prices(Prices asked) {
        List<Delivery> all = floor.prints().deliveries(asked.underlying);
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeNumberField("records_total", all.size());
                    json.writeArrayFieldStart("data");
                    for (Delivery one : page(all, asked.offset, asked.count)) {
                        json.writeStartObject();
                        json.writeStringField("date", one.expiry().date().toString());
                        json.writeNumberField("delivery_price", one.priceUsdc());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static <T> List<T> page(List<T> all, int offset, int count) {
        int from = Math.min(offset, all.size());
        return all.subList(from, from + Math.min(count, all.size() - from));
    }

    /** @param offset where a {@code continuation} of before goes on */
    private record Settlements(
            List<Underlying> underlyings,
            Optional<OptionContract> contract,
            boolean deliveries,
            long untilMs,
            int offset,
            int count) {}

    private Settlements ofInstrument(Params params) {
        OptionContract contract = floor.knownContract(params);
        return settlements(params, List.of(contract.underlying()), Optional.of(contract));
    }

    private static Settlements settlements(
            Params params, List<Underlying> underlyings, Optional<OptionContract> contract) {
        String type =
                params.has("type")
                        ? params.oneOf("type", "settlement", "delivery", "bankruptcy")
                        : "delivery";
        return new Settlements(
                underlyings,
                contract,
                type.equals("delivery"),
                params.optionalWhole("search_start_timestamp", 0, Long.MAX_VALUE)
                        .orElse(Long.MAX_VALUE),
                params.has("continuation")
                        ? params.parsed(
                                "continuation",
                                SettlementMethods::offset,
                                "must be one that was answered")
                        : 0,
                params.optionalWhole("count", 1, MOST)
                        .map(Long::intValue)
                        .orElse(USUAL_SETTLEMENTS));
    }

    private static Optional<Integer> offset(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private Reply settlements(Settlements asked) {
        List<Settled> all = new ArrayList<>();
        if (asked.deliveries) {
            for (Underlying underlying : asked.underlyings) {
                all.addAll(floor.prints().settled(underlying));
            }
        }
        all.removeIf(
                one ->
                        one.epochMs() > asked.untilMs
                                || asked.contract
                                        .filter(wanted -> !wanted.equals(one.contract()))
                                        .isPresent());
        all.sort(Comparator.comparingLong(Settled::epochMs).reversed());
        List<Settled> page = page(all, asked.offset, asked.count);
        int next = asked.offset + page.size();
        return new Result(
                json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("settlements");
                    for (Settled one : page) {
                        write(json, one);
                    }
                    json.writeEndArray();
                    json.writeStringField(
                            "continuation", next < all.size() ? Integer.toString(next) : "none");
                    json.writeEndObject();
                });
    }

    private static void write(JsonGenerator json, Settled one) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "delivery");
        json.writeNumberField("timestamp", one.epochMs());
        json.writeStringField("instrument_name", one.contract().name());
        json.writeNumberField("index_price", one.indexUsdc());
        json.writeNumberField("mark_price", one.contract().payoff(one.indexUsdc()));
        json.writeNumberField("position", one.coins());
        json.writeNumberField("profit_loss", 0);
        json.writeNumberField("session_profit_loss", 0);
        json.writeEndObject();
    }
}
