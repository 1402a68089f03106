package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.dolim.book.BookEvent;
import io.dolim.book.Recorded;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.FrozenHedges;
import io.dolim.capacity.HedgeReport;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** G1: a trade that was priced on a hedged pool is priced again on it. */
class HedgedReplayTest {

    private static final ContractSpec SPEC =
            new ContractSpec(Made.BTC, new BigDecimal("0.01"), new BigDecimal("0.1"), 1, 10_000);
    private static final long CAPITAL = 1_000_000;
    private static final double SPOT = 80_000;

    private static final FrozenHedges HEDGES =
            new FrozenHedges(
                    new TreeMap<>(
                            Map.of(
                                    Made.BTC,
                                    new HedgeReport(
                                            Made.BTC,
                                            1,
                                            9,
                                            Usdc.ofWhole(-321),
                                            0.5,
                                            new TreeMap<>(
                                                    Map.of(
                                                            "one",
                                                            at("3.25", true),
                                                            "two",
                                                            at("-1", false)))))),
                    17.5);

    @Test
    void itsPoolHasTheHedgesOfTheTime() {
        Requote.Requoted again = traded(HEDGES);
        Requote.Requoted bare = traded(FrozenHedges.NONE);
        CapacityView view = again.view();
        CapacityView without = bare.view();

        assertEquals(HEDGES, view.inputs().hedges());
        assertEquals(FrozenHedges.NONE, without.inputs().hedges());
        assertEquals(
                without.unhedgedDeltaCoins(Made.BTC) + 3.25, view.unhedgedDeltaCoins(Made.BTC));
        assertEquals(without.cash().plus(Usdc.ofWhole(-321)), view.cash());
        // bought a thousand below the spot; the short in doubt has lost a thousand
        double gained = 3_250 - 1_000 - 321;
        assertEquals(without.measures().equity() + gained, view.measures().equity(), 1e-6);
        assertEquals(
                without.measures().capital() + gained + 0.005 * 321 - 17.5,
                view.measures().capital(),
                1e-6);
        assertNotEquals(bare.quote(), again.quote(), "hedging costs by another delta");
    }

    @Test
    void inAPoolWithOtherTradesTheyAreTheSame() {
        Made made = made(HEDGES);
        Past past = new Past();
        made.log().forEach(past::apply);
        BookEvent.TradeExecuted trade = past.lastTrade().orElseThrow();

        CapacityView after =
                new Requote(Map.of()).after(past, trade, Past.Trades.ALL, Usdc.ZERO).capacity();

        assertEquals(HEDGES, after.inputs().hedges());
    }

    private static Requote.Requoted traded(FrozenHedges hedges) {
        Past past = new Past();
        made(hedges).log().forEach(past::apply);
        BookEvent.TradeExecuted trade = past.lastTrade().orElseThrow();
        return new Requote(Map.of()).of(past, trade, Past.Trades.ALL);
    }

    private static Made made(FrozenHedges hedges) {
        Made made = new Made();
        made.paidIn(CAPITAL);
        made.listed(Made.CALL);
        made.recorded(Recorded.ofHedges(market(), SPEC, CAPITAL, 0.99 * CAPITAL, 3.25, hedges));
        made.traded(Made.ALICE, 0, Made.CALL, 10, "3");
        return made;
    }

    private static HedgeReport.AtVenue at(String coins, boolean standing) {
        BigDecimal quantity = new BigDecimal(coins);
        return new HedgeReport.AtVenue(
                quantity,
                Usdc.of(quantity.multiply(BigDecimal.valueOf(79_000))),
                Usdc.ofWhole(60_000),
                0.1,
                0.05,
                standing);
    }

    private static MarketSnapshot market() {
        double years = DayCount.years(Made.BEGIN_MS, Made.CALL.expiry().epochMs());
        SviSlice slice =
                new SviSlice(
                        Made.CALL.expiry().epochMs(),
                        years,
                        SPOT,
                        1,
                        SviSmile.flat(0.36 * years),
                        List.of(),
                        0);
        return new MarketSnapshot(
                Made.BTC,
                Made.BEGIN_MS,
                SPOT,
                new VolSurface(Made.BEGIN_MS, List.of(slice)),
                SPOT,
                Uncertainty.NONE);
    }
}
