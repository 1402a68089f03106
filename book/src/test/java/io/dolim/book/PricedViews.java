package io.dolim.book;

import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Input of the tests: pricing views with a flat smile on a spot that a test chooses; whatever is asked for capacity is nothing. */
final class PricedViews {

    private PricedViews() {}

    static PricingView of(long number, Moment now, double spotUsdc, double unhedgedCoins) {
        return of(number, now, spotUsdc, unhedgedCoins, List.of());
    }

    static PricingView of(
            long number, Moment now, double spotUsdc, double unhedgedCoins, List<String> stopped) {
        MarketSnapshot market =
                new MarketSnapshot(
                        Samples.BTC,
                        now.epochMs(),
                        spotUsdc,
                        surface(now, spotUsdc),
                        spotUsdc,
                        Uncertainty.NONE);
        Map<Underlying, PricingMarket> markets = Map.of(Samples.BTC, market);
        return new PricingView(
                number,
                now.monotonicNs(),
                market,
                Optional.of(
                        new TestPool(now, Samples.SPEC, new TreeMap<>(markets), 3, unhedgedCoins)),
                stopped,
                new TreeSet<>(Engine.contracts(Samples.BTC)),
                Optional.empty(),
                new Quoter(Samples.SPEC, QuoteRules.standard()),
                MarketRules.standard(
                        Samples.SPEC,
                        GuardRules.standard(new TreeSet<>(List.of("venue")), 1),
                        Optional.empty()));
    }

    private static VolSurface surface(Moment now, double spotUsdc) {
        return new VolSurface(
                now.epochMs(),
                List.of(
                        new SviSlice(
                                Samples.DEC.epochMs(),
                                DayCount.years(now.epochMs(), Samples.DEC.epochMs()),
                                spotUsdc,
                                1.0,
                                SviSmile.flat(0.06),
                                List.of(),
                                0.0)));
    }
}
