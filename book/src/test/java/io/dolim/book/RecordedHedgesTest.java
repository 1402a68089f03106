package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.Content;
import io.dolim.capacity.FrozenHedges;
import io.dolim.capacity.HedgeReport;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A frozen view says what hedges it counted, and a view that counts none says what it always did. */
class RecordedHedgesTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final long START_MS = 1_770_000_000_000L;
    private static final FrozenHedges HEDGES =
            new FrozenHedges(new TreeMap<>(Map.of(BTC, report())), 0.1 + 0.2);

    @Test
    void whatAViewCountsIsReadAgain() {
        SortedMap<String, String> lines = lines(inputs(HEDGES), "frozen.3");

        assertEquals(HEDGES, RecordedHedges.read(lines));
        assertEquals("0x1.3333333333334p-2", lines.get("hedge_add_on"));
        assertEquals("3 41 -12.345678 0x1.8p0", lines.get("hedge.BTC"));
        assertEquals(
                "-1.25 -81250.000000 500000.500000 0x1.999999999999ap-4 0x1.999999999999ap-5 true",
                lines.get("hedge_at.BTC.one-2"));
    }

    @Test
    void withoutHedgesItIsAsBefore() {
        SortedMap<String, String> lines = lines(inputs(FrozenHedges.NONE), "frozen.2");

        assertTrue(lines.keySet().stream().noneMatch(key -> key.startsWith("hedge")));
        assertEquals(FrozenHedges.NONE, RecordedHedges.read(lines));
    }

    @Test
    void aLineThatIsCutOffIsRefused() {
        SortedMap<String, String> lines = lines(inputs(HEDGES), "frozen.3");
        lines.put("hedge_at.BTC.one-2", "-1.25 -81250");
        String why =
                assertThrows(IllegalArgumentException.class, () -> RecordedHedges.read(lines))
                        .getMessage();
        assertEquals("hedge=-1.25 -81250 must have 6 words", why);
    }

    private static HedgeReport report() {
        SortedMap<String, HedgeReport.AtVenue> byVenue = new TreeMap<>();
        byVenue.put("one-2", at("-1.25", "-81250", "500000.5", true));
        byVenue.put("two", at("0.00001", "0.65", "0", false));
        return new HedgeReport(BTC, 3, 41, usdc("-12.345678"), 1.5, byVenue);
    }

    private static HedgeReport.AtVenue at(
            String coins, String cost, String posted, boolean standing) {
        return new HedgeReport.AtVenue(
                new BigDecimal(coins), usdc(cost), usdc(posted), 0.1, 0.05, standing);
    }

    private static Usdc usdc(String amount) {
        return Usdc.of(new BigDecimal(amount));
    }

    private static SortedMap<String, String> lines(PricingInputs inputs, String kind) {
        Content frozen =
                inputs.parts().stream()
                        .filter(part -> part.kind().equals(kind))
                        .findFirst()
                        .orElseThrow();
        SortedMap<String, String> lines = new TreeMap<>();
        new String(frozen.bytes(), StandardCharsets.US_ASCII)
                .lines()
                .forEach(
                        line ->
                                lines.put(
                                        line.substring(0, line.indexOf('=')),
                                        line.substring(line.indexOf('=') + 1)));
        return lines;
    }

    private static MarketSnapshot market() {
        long expiryMs = START_MS + 30L * 86_400_000L;
        SviSlice slice =
                new SviSlice(
                        expiryMs,
                        DayCount.years(START_MS, expiryMs),
                        60_000.0,
                        1.0,
                        SviSmile.flat(0.03),
                        List.of(),
                        0.0);
        return new MarketSnapshot(
                BTC,
                START_MS,
                60_000.0,
                new VolSurface(START_MS, List.of(slice)),
                60_000.0,
                Uncertainty.NONE);
    }

    private static PricingInputs inputs(FrozenHedges hedges) {
        return Recorded.ofHedges(market(), Samples.SPEC, 10_000_000, 1e7, -1.25, hedges);
    }
}
