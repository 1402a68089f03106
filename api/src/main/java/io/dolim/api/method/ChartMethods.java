package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.api.rpc.Method;
import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Reply;
import io.dolim.api.rpc.Result;
import io.dolim.book.history.Resolution;
import io.dolim.book.prints.Candle;
import io.dolim.quoting.instrument.OptionContract;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Candles of an instrument's trades. */
final class ChartMethods {

    /** As many as Deribit answers at once. */
    private static final int MOST = 5_000;

    private static final int USUAL = 1_000;

    private final Floor floor;

    ChartMethods(Floor floor) {
        this.floor = floor;
    }

    List<Method<?>> methods() {
        return List.of(
                Method.open(
                        "public/get_tradingview_chart_data",
                        this::chart,
                        Method.now((caller, chart) -> candles(chart))));
    }

    private record Chart(
            OptionContract contract, Resolution resolution, Optional<Long> from, long until) {}

    private Chart chart(Params params) {
        return new Chart(
                floor.knownContract(params),
                params.parsed(
                        "resolution",
                        ChartMethods::resolution,
                        "must be one of 1, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1D"),
                params.optionalWhole("start_timestamp", 0, Long.MAX_VALUE / 2),
                params.optionalWhole("end_timestamp", 0, Long.MAX_VALUE / 2)
                        .orElse(Long.MAX_VALUE / 2));
    }

    /** As Deribit writes it: minutes without a unit, or 1D. */
    static Optional<Resolution> resolution(String text) {
        return text.matches("[0-9]{1,3}|1D")
                ? Wire.reading(Resolution::parse, text)
                : Optional.empty();
    }

    /** The newest of what is asked for where it is too much; nothing of the time to come. */
    private Reply candles(Chart chart) {
        if (!floor.prints().isWhole()) {
            return Refusals.retry("trades are being read from the journal");
        }
        long step = chart.resolution.length().toMillis();
        long until = Math.min(chart.until, floor.nowMs(chart.contract.underlying()));
        long from = Math.max(chart.from.orElse(until - USUAL * step), until - MOST * step);
        List<Candle> candles =
                floor.prints().candles(chart.contract, chart.resolution, from, until);
        return new Result(json -> write(json, candles));
    }

    private static void write(JsonGenerator json, List<Candle> candles) throws IOException {
        json.writeStartObject();
        json.writeStringField("status", candles.isEmpty() ? "no_data" : "ok");
        json.writeArrayFieldStart("ticks");
        for (Candle candle : candles) {
            json.writeNumber(candle.beginMs());
        }
        json.writeEndArray();
        column(json, "open", candles, Candle::open);
        column(json, "high", candles, Candle::high);
        column(json, "low", candles, Candle::low);
        column(json, "close", candles, Candle::close);
        column(json, "volume", candles, Candle::volumeCoins);
        column(json, "cost", candles, PrintJson::cost);
        json.writeEndObject();
    }

    private static void column(
            JsonGenerator json,
            String name,
            List<Candle> candles,
            Function<Candle, BigDecimal> figure)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Candle candle : candles) {
            json.writeNumber(figure.apply(candle));
        }
        json.writeEndArray();
    }
}
