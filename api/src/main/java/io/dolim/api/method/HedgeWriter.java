package io.dolim.api.method;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dolim.capacity.HedgeFigures;
import java.io.IOException;

/** What the pool has at venues on the wire, {@code hedge} of the pool's summary and of its risk alike. */
final class HedgeWriter {

    private static final int DECIMALS = 6;

    private HedgeWriter() {}

    static void write(JsonGenerator json, HedgeFigures hedges) throws IOException {
        json.writeObjectFieldStart("hedge");
        json.writeObjectFieldStart("net_delta");
        for (var each : hedges.netDeltaCoins().entrySet()) {
            figure(json, each.getKey().code(), each.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("positions");
        for (var coin : hedges.positions().entrySet()) {
            json.writeObjectFieldStart(coin.getKey().code());
            for (var each : coin.getValue().entrySet()) {
                position(json, each.getKey(), each.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("venue_cash");
        for (var each : hedges.venueCash().entrySet()) {
            cash(json, each.getKey(), each.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("posted", hedges.postedUsdc().toDecimal());
        figure(json, "capital_add_on", hedges.addOnUsdc());
        json.writeEndObject();
    }

    private static void position(JsonGenerator json, String venue, HedgeFigures.Position at)
            throws IOException {
        json.writeObjectFieldStart(venue);
        figure(json, "coins", at.coins());
        figure(json, "cost", at.costUsdc());
        figure(json, "mark", at.markUsdc());
        figure(json, "posted", at.postedUsdc());
        json.writeBooleanField("standing", at.standing());
        json.writeEndObject();
    }

    private static void cash(JsonGenerator json, String venue, HedgeFigures.VenueCash cash)
            throws IOException {
        json.writeObjectFieldStart(venue);
        figure(json, "largest_call", cash.callUsdc());
        if (cash.scenario().isPresent()) {
            json.writeStringField("scenario", cash.scenario().get());
        }
        figure(json, "transferable", cash.transferableUsdc());
        json.writeBooleanField("covered", cash.covered());
        json.writeEndObject();
    }

    private static void figure(JsonGenerator json, String name, double value) throws IOException {
        Wire.figure(json, name, value, DECIMALS);
    }
}
