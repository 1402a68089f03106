package io.dolim.api.method;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.dolim.capacity.HedgeFigures;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What lies at venues, as the protocol's page says it. */
class HedgeWriterTest {

    private static final Underlying BTC = new Underlying("BTC");

    @Test
    void aPoolThatNothingHedgesHasItsDeltaAlone() throws IOException {
        HedgeFigures bare =
                new HedgeFigures(
                        new TreeMap<>(Map.of(BTC, -1.5)),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        Usdc.ZERO,
                        0);
        assertEquals(
                "{\"hedge\":{\"net_delta\":{\"BTC\":-1.5},\"positions\":{},\"venue_cash\":{},"
                        + "\"posted\":0.000000,\"capital_add_on\":0}}",
                json(bare));
    }

    @Test
    void positionsStandByCoinAndVenueAndCallsByVenue() throws IOException {
        SortedMap<String, HedgeFigures.Position> at = new TreeMap<>();
        at.put("one", new HedgeFigures.Position(2.5, 160_000, 2_500, 20_000, true));
        at.put("two", new HedgeFigures.Position(-1, -65_000, 0, 7_000.5, false));
        HedgeFigures hedges =
                new HedgeFigures(
                        new TreeMap<>(Map.of(BTC, 1.0)),
                        new TreeMap<>(Map.of(BTC, at)),
                        new TreeMap<>(
                                Map.of(
                                        "one",
                                        new HedgeFigures.VenueCash(
                                                1_234.5, Optional.of("cascade-up"), 500, false),
                                        "two",
                                        new HedgeFigures.VenueCash(
                                                0, Optional.empty(), 500, true))),
                        Usdc.ofWhole(27_000),
                        12);
        assertEquals(
                "{\"hedge\":{\"net_delta\":{\"BTC\":1},\"positions\":{\"BTC\":{"
                        + "\"one\":{\"coins\":2.5,\"cost\":160000,\"mark\":2500,"
                        + "\"posted\":20000,\"standing\":true},"
                        + "\"two\":{\"coins\":-1,\"cost\":-65000,\"mark\":0,"
                        + "\"posted\":7000.5,\"standing\":false}}},\"venue_cash\":{"
                        + "\"one\":{\"largest_call\":1234.5,\"scenario\":\"cascade-up\","
                        + "\"transferable\":500,\"covered\":false},"
                        + "\"two\":{\"largest_call\":0,\"transferable\":500,"
                        + "\"covered\":true}},\"posted\":27000.000000,\"capital_add_on\":12}}",
                json(hedges));
    }

    private static String json(HedgeFigures hedges) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
            json.writeStartObject();
            HedgeWriter.write(json, hedges);
            json.writeEndObject();
        }
        return text.toString();
    }
}
