package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.BookEvent;
import io.dolim.book.Recorded;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.QuoteLines;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** G1 over releases: a trade is priced again under the version that it carries. */
class ReplayedVersionTest {

    private static final ContractSpec SPEC =
            new ContractSpec(Made.BTC, new BigDecimal("0.01"), new BigDecimal("0.1"), 1, 10_000);
    private static final long CAPITAL = 1_000_000;
    private static final double SPOT = 80_000;
    private static final double CALM_VOL = 0.1;

    /** Shorts pay: hedging a far call on a calm market costs more than it is worth. */
    private static final double FUNDING_ANNUAL = -0.5;

    private final Made made = new Made();

    @BeforeEach
    void aPool() {
        made.paidIn(CAPITAL);
        made.listed(Made.CALL);
        double years = DayCount.years(Made.BEGIN_MS, Made.CALL.expiry().epochMs());
        SviSlice slice =
                new SviSlice(
                        Made.CALL.expiry().epochMs(),
                        years,
                        SPOT,
                        1,
                        SviSmile.flat(CALM_VOL * CALM_VOL * years),
                        List.of(),
                        0);
        MarketSnapshot market =
                new MarketSnapshot(
                        Made.BTC,
                        Made.BEGIN_MS,
                        SPOT,
                        new VolSurface(Made.BEGIN_MS, List.of(slice)),
                        SPOT,
                        Uncertainty.NONE,
                        OptionalDouble.of(FUNDING_ANNUAL));
        made.recorded(Recorded.ofEmptyPool(market, SPEC, CAPITAL, 0.99 * CAPITAL));
    }

    @Test
    void whatVersionTwoBoughtForNothingItBuysAgain() {
        QuoteLines lines =
                assertInstanceOf(Replayed.Different.class, sold("2"), () -> "not priced").lines();

        assertEquals(Usdc.ZERO, lines.total());
        double value = -lines.mark().toDouble();
        double costs = lines.hedgeCost().plus(lines.capitalCharge()).toDouble();
        assertTrue(costs > value && value > 0, lines::toString);
    }

    @Test
    void versionThreeDoesNot() {
        Replayed.Outcome outcome = sold("3");

        assertEquals(
                "costs_exceed_value",
                assertInstanceOf(Replayed.Refused.class, outcome, outcome::toString).rule());
    }

    @Test
    void theFirstAndUnknownOnesAreNotPriced() {
        for (String version : List.of("1", "4", "02", "")) {
            assertEquals(
                    "pricing_version=" + version + " must be 2 to 3",
                    assertInstanceOf(Replayed.Unpriced.class, sold(version)).why());
        }
    }

    @Test
    void whatCannotBePricedIsStillShownInItsPool() {
        sold("1");
        Past past = new Past();
        made.log().forEach(past::apply);
        BookEvent.TradeExecuted trade = past.lastTrade().orElseThrow();
        Requote requote = new Requote(Map.of());

        Requote.Requoted again = requote.of(past, trade, Past.Trades.ALL);
        assertEquals(Optional.empty(), again.quote());
        assertNotEquals(
                again.view().measures(),
                requote.after(past, trade, Past.Trades.ALL, Usdc.ZERO).capacity().measures());
    }

    private Replayed.Outcome sold(String version) {
        made.traded(Made.ALICE, 0, Made.CALL, -10, version);
        Replayed all = new Replayed(Map.of());
        return made.log().stream()
                .map(written -> all.next(written, true))
                .flatMap(Optional::stream)
                .reduce((_, last) -> last)
                .orElseThrow();
    }
}
