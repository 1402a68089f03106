package io.dolim.api.feed;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.OptionQuote;
import java.util.List;
import java.util.SortedSet;

/** What a simulated market prints in place of what is so; the world behind it goes on as it is. */
final class BadPrints {

    private final List<BadPrint> prints;
    private final long stepMs;

    /**
     * @param known names of all sources
     * @param stepMs simulated time from tick to tick
     * @throws IllegalArgumentException when a print is of a source that there is not
     */
    BadPrints(List<BadPrint> prints, SortedSet<String> known, long stepMs) {
        for (BadPrint print : prints) {
            if (!known.containsAll(print.sources())) {
                throw new IllegalArgumentException(
                        "sources=" + print.sources() + " of a bad print must be of " + known);
            }
        }
        this.prints = List.copyOf(prints);
        this.stepMs = stepMs;
    }

    /** The event as it is printed. */
    FeedEvent printed(FeedEvent event) {
        if (!(event instanceof FeedEvent.OfUnderlying about)) {
            return event;
        }
        double factor = factor(about);
        return factor == 1 ? event : printed(about, factor);
    }

    private double factor(FeedEvent.OfUnderlying about) {
        double factor = 1;
        Underlying underlying = about.underlying();
        for (BadPrint print : prints) {
            factor *= print.factor(underlying, about.source().name(), about.timeMs(), stepMs);
        }
        return factor;
    }

    private static FeedEvent printed(FeedEvent.OfUnderlying event, double factor) {
        return switch (event) {
            case FeedEvent.IndexTick tick ->
                    new FeedEvent.IndexTick(
                            tick.underlying(),
                            tick.source(),
                            tick.timeMs(),
                            tick.priceUsdc() * factor);
            case FeedEvent.FutureTick tick ->
                    new FeedEvent.FutureTick(
                            tick.underlying(),
                            tick.source(),
                            tick.timeMs(),
                            tick.expiry(),
                            tick.priceUsdc() * factor);
            case FeedEvent.ChainQuotes chain ->
                    new FeedEvent.ChainQuotes(
                            chain.underlying(),
                            chain.source(),
                            chain.timeMs(),
                            chain.expiry(),
                            chain.forwardUsdc() * factor,
                            chain.quotes().stream().map(quote -> printed(quote, factor)).toList());
            case FeedEvent.InstrumentsListed _, FeedEvent.Halted _, FeedEvent.Resumed _ -> event;
        };
    }

    /** Volatilities stay at their strikes. */
    private static OptionQuote printed(OptionQuote quote, double factor) {
        return new OptionQuote(
                quote.strike(),
                quote.type(),
                quote.forwardUsdc() * factor,
                quote.bidUsdc(),
                quote.askUsdc(),
                quote.bidVol(),
                quote.askVol(),
                quote.markVol());
    }
}
