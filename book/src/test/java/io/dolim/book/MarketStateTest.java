package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.OptionQuote;
import io.dolim.quoting.market.PremiumRules;
import io.dolim.quoting.surface.KeptSmiles;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What becomes of the surface in force when a chain comes. */
class MarketStateTest {

    private static final FeedGuard GUARD =
            new FeedGuard(BTC, GuardRules.standard(new TreeSet<>(List.of("venue")), 1));
    private static final KeptSmiles KEEP = new KeptSmiles(0.0005, 60_000);

    @Test
    void smilesThatExplainAChainStayOnItsForwardsAndItsIndex() {
        MarketState first = after(MarketState.initial(BTC, PremiumRules.standard()), 0, 60_000, 0);
        MarketState second = after(first, 1_000, 60_006, 1e-5);
        assertEquals(smiles(first), smiles(second));
        assertEquals(START_MS, fit(second).surface().fixedAtMs());
        assertEquals(START_MS + 1_000, fit(second).chainMs());
        MarketSnapshot market = second.snapshot(GUARD, START_MS + 1_000).orElseThrow();
        for (SviSlice slice : fit(second).surface().slices()) {
            assertEquals(60_006, slice.forward(), 1e-4);
        }
        assertEquals(60_006, market.spotUsdc());
        assertEquals(60_006, market.spotAtFitUsdc());
    }

    @Test
    void aChainBeyondTheBoundIsFittedAtOnceAndNothingIsKeptForLong() {
        MarketState first = after(MarketState.initial(BTC, PremiumRules.standard()), 0, 60_000, 0);
        for (double move : new double[] {0.002, -0.002}) {
            MarketState moved = after(first, 1_000, 60_000, move);
            assertNotEquals(smiles(first), smiles(moved));
            assertEquals(START_MS + 1_000, fit(moved).surface().fixedAtMs());
            SviSlice last = fit(moved).surface().slices().getLast();
            double before = fit(first).surface().slices().getLast().volAtLogMoneyness(0);
            assertEquals(move, last.volAtLogMoneyness(0) - before, 1e-4);
        }
        assertEquals(START_MS, fit(after(first, 60_000, 60_000, 0)).surface().fixedAtMs());
        assertEquals(START_MS + 60_001, fit(after(first, 60_001, 60_000, 0)).surface().fixedAtMs());
    }

    private static MarketState.Fit fit(MarketState state) {
        return state.fit().orElseThrow();
    }

    private static List<SviSmile> smiles(MarketState state) {
        return fit(state).surface().slices().stream().map(SviSlice::smile).toList();
    }

    /** A chain of all expiries, its volatilities moved. */
    private static MarketState after(MarketState state, long afterMs, double spot, double move) {
        long now = START_MS + afterMs;
        MarketState heard = state;
        for (FeedEvent event : TestFeed.chain(now, spot)) {
            FeedEvent told =
                    event instanceof FeedEvent.ChainQuotes chain ? moved(chain, move) : event;
            heard = heard.on(GUARD, told, now).state();
        }
        return heard.refitted(now, 60_000, KEEP);
    }

    private static FeedEvent moved(FeedEvent.ChainQuotes chain, double by) {
        return new FeedEvent.ChainQuotes(
                chain.underlying(),
                chain.source(),
                chain.timeMs(),
                chain.expiry(),
                chain.forwardUsdc(),
                chain.quotes().stream()
                        .map(
                                quote ->
                                        new OptionQuote(
                                                quote.strike(),
                                                quote.type(),
                                                quote.forwardUsdc(),
                                                quote.bidUsdc(),
                                                quote.askUsdc(),
                                                moved(quote.bidVol(), by),
                                                moved(quote.askVol(), by),
                                                quote.markVol() + by))
                        .toList());
    }

    private static OptionalDouble moved(OptionalDouble vol, double by) {
        return vol.isPresent() ? OptionalDouble.of(vol.getAsDouble() + by) : vol;
    }
}
