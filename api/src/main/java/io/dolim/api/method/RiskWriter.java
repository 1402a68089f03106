package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.book.Book;
import io.dolim.capacity.Allocation;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Contributions;
import io.dolim.capacity.GammaVega;
import io.dolim.capacity.Measures;
import io.dolim.capacity.NamedLoss;
import io.dolim.capacity.Profiles;
import io.dolim.capacity.RiskReport;
import io.dolim.capacity.Shortfall;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.Series;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The pool's risk on the wire: {@code public/get_pool_risk} and {@code pool.risk} alike. */
final class RiskWriter {

    private static final int DECIMALS = 6;

    /** Of a normal error, 95 % lies within so many. */
    private static final double DEVIATIONS = 1.96;

    private RiskWriter() {}

    static void write(JsonGenerator json, RiskReport report, Floor floor) throws IOException {
        CapacityView view = report.view();
        json.writeStartObject();
        view(json, view, floor);
        measures(json, view.measures());
        shortfall(json, view.measures().shortfall());
        contributions(json, report.contributions());
        if (view.allocation().isPresent()) {
            allocation(json, view.allocation().get(), view.measures());
        }
        HedgeWriter.write(json, report.hedges());
        profiles(json, report.profiles());
        efficiency(json, report);
        json.writeArrayFieldStart("worst_scenarios");
        for (NamedLoss loss : report.worst()) {
            scenario(json, loss);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void view(JsonGenerator json, CapacityView view, Floor floor)
            throws IOException {
        long ageNs = floor.monotonicNs().getAsLong() - view.openedAt().monotonicNs();
        json.writeObjectFieldStart("view");
        json.writeNumberField("number", view.viewNumber());
        json.writeNumberField("revision", view.revision());
        json.writeStringField("scenarios", view.pricer().scenarios().version());
        json.writeNumberField("age_ms", ageNs / 1_000_000L);
        json.writeEndObject();
        json.writeObjectFieldStart("cut");
        for (var book : view.bookSequences().entrySet()) {
            json.writeNumberField(Book.persistenceId(book.getKey()), book.getValue());
        }
        json.writeEndObject();
        json.writeStringField("mode", view.mode().name().toLowerCase(Locale.ROOT));
    }

    private static void measures(JsonGenerator json, Measures measures) throws IOException {
        figure(json, "equity", measures.equity());
        json.writeObjectFieldStart("haircuts");
        figure(json, ScenarioSet.CASH, measures.cashHaircut());
        json.writeEndObject();
        figure(json, "risk_weighted_equity", measures.capital());
        figure(json, "worst_loss", measures.worstUndamped());
        figure(json, "worst_damped_loss", measures.worstDamped());
        figure(json, "hedging_buffer", measures.hedgingBuffer());
        figure(json, "rac", measures.rac());
        figure(json, "rac_floor", measures.racFloor());
        figure(json, "liquidation_threshold", measures.liquidationThresholdUsdc());
        figure(json, "utilisation", measures.strain());
    }

    private static void shortfall(JsonGenerator json, Shortfall shortfall) throws IOException {
        double error = shortfall.standardError();
        figure(json, "var", shortfall.valueAtRisk());
        figure(json, "es", shortfall.expected());
        figure(json, "es_standard_error", error);
        json.writeArrayFieldStart("es_interval");
        json.writeNumber(Wire.figure(shortfall.expected() - DEVIATIONS * error, DECIMALS));
        json.writeNumber(Wire.figure(shortfall.expected() + DEVIATIONS * error, DECIMALS));
        json.writeEndArray();
        SortedMap<String, Double> byFamily = new TreeMap<>();
        shortfall
                .byFamily()
                .forEach(
                        (family, part) ->
                                byFamily.put(family.name().toLowerCase(Locale.ROOT), part));
        figures(json, "es_by_family", byFamily);
        SortedMap<String, Double> byUnderlying = new TreeMap<>();
        shortfall
                .byUnderlying()
                .forEach((underlying, part) -> byUnderlying.put(underlying.code(), part));
        figures(json, "es_by_underlying", byUnderlying);
    }

    private static void contributions(JsonGenerator json, Contributions parts) throws IOException {
        SortedMap<String, Double> byExpiry = new TreeMap<>();
        parts.byExpiry().forEach((series, part) -> byExpiry.put(series.toString(), part));
        figures(json, "es_by_expiry", byExpiry);
        SortedMap<String, Double> byInstrument = new TreeMap<>();
        parts.byInstrument().forEach((contract, part) -> byInstrument.put(contract.name(), part));
        figures(json, "es_by_instrument", byInstrument);
        figures(json, "es_by_venue", parts.byVenue());
        figure(json, "es_of_collateral", parts.collateral());
    }

    private static void allocation(JsonGenerator json, Allocation parts, Measures measures)
            throws IOException {
        json.writeObjectFieldStart("allocation");
        json.writeNumberField("equity", parts.equity().toDecimal());
        json.writeNumberField("pending", parts.pending().toDecimal());
        json.writeNumberField("reserve", parts.reserve().toDecimal());
        json.writeNumberField("hedging", parts.hedging().toDecimal());
        json.writeNumberField("writing", parts.writing().toDecimal());
        json.writeNumberField("at_venues", parts.atVenues().toDecimal());
        figure(json, "reserve_share", parts.terms().reserveShare());
        figure(json, "hedging_share", parts.terms().hedgingShare());
        json.writeEndObject();
        json.writeObjectFieldStart("over_collateralisation");
        figure(json, "factor", parts.terms().overCollateralisation());
        figure(json, "required", parts.requiredUsdc(measures));
        json.writeEndObject();
        figure(json, "es_rac", parts.shortfallRacUsdc(measures));
    }

    private static void profiles(JsonGenerator json, Profiles profiles) throws IOException {
        json.writeObjectFieldStart("gamma_vega");
        for (var coin : byCoin(profiles.byExpiry()).entrySet()) {
            json.writeObjectFieldStart(coin.getKey().code());
            for (var each : coin.getValue().entrySet()) {
                GammaVega net = each.getValue();
                json.writeObjectFieldStart(each.getKey().expiry().toString());
                figure(json, "gamma_usdc", net.gammaUsdc());
                figure(json, "vega", net.vegaUsdc());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("vega_by_delta");
        numbers(json, "edges", profiles.deltaEdges());
        for (var coin : byCoin(profiles.vegaByDelta()).entrySet()) {
            json.writeObjectFieldStart(coin.getKey().code());
            for (var each : coin.getValue().entrySet()) {
                numbers(json, each.getKey().expiry().toString(), each.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void efficiency(JsonGenerator json, RiskReport report) throws IOException {
        json.writeObjectFieldStart("efficiency");
        figure(json, "notional", report.profiles().notionalUsdc());
        figure(json, "premium", report.profiles().premiumUsdc());
        if (report.notionalPerRac().isPresent()) {
            figure(json, "notional_per_rac", report.notionalPerRac().getAsDouble());
        }
        if (report.premiumPerShortfall().isPresent()) {
            figure(json, "premium_per_es", report.premiumPerShortfall().getAsDouble());
        }
        json.writeEndObject();
    }

    private static void scenario(JsonGenerator json, NamedLoss loss) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", loss.scenario().name());
        json.writeStringField("family", loss.scenario().family().name().toLowerCase(Locale.ROOT));
        figure(json, "probability", loss.probability());
        figure(json, "pnl", loss.profitUsdc());
        figure(json, "damped_pnl", loss.dampedUsdc());
        json.writeObjectFieldStart("moves");
        for (var move : loss.scenario().moves().entrySet()) {
            json.writeObjectFieldStart(move.getKey().code());
            figure(json, "spot", Elementary.expm1(move.getValue().logSpot()));
            figure(json, "volatility", move.getValue().volShock());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static <V> SortedMap<Underlying, SortedMap<Series, V>> byCoin(
            SortedMap<Series, V> bySeries) {
        SortedMap<Underlying, SortedMap<Series, V>> byCoin = new TreeMap<>();
        bySeries.forEach(
                (series, value) ->
                        byCoin.computeIfAbsent(series.underlying(), _ -> new TreeMap<>())
                                .put(series, value));
        return byCoin;
    }

    private static void figure(JsonGenerator json, String name, double value) throws IOException {
        Wire.figure(json, name, value, DECIMALS);
    }

    private static void figures(JsonGenerator json, String name, Map<String, Double> all)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (var each : all.entrySet()) {
            figure(json, each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, String name, List<Double> all)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (double each : all) {
            json.writeNumber(Wire.figure(each, DECIMALS));
        }
        json.writeEndArray();
    }
}
