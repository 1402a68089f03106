package io.dolim.quoting.market;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One thing a feed says. Immutable. Numbers are as they came in: NaN, zero and 10^10 are possible
 * here and end at {@code FeedGuard}.
 */
public sealed interface FeedEvent {

    /** When the source says it was so: milliseconds since 1970 on the feed's clock. */
    long timeMs();

    /** Who says so. */
    FeedSource source();

    /** An event about one underlying. */
    sealed interface OfUnderlying extends FeedEvent {

        /** About whom. */
        Underlying underlying();
    }

    /**
     * A price index.
     *
     * @param priceUsdc USDC per coin
     */
    record IndexTick(Underlying underlying, FeedSource source, long timeMs, double priceUsdc)
            implements OfUnderlying {}

    /**
     * A mark price of a perpetual or a dated future.
     *
     * @param expiry empty for the perpetual
     * @param priceUsdc USDC per coin
     */
    record FutureTick(
            Underlying underlying,
            FeedSource source,
            long timeMs,
            Optional<Expiry> expiry,
            double priceUsdc)
            implements OfUnderlying {}

    /**
     * The options of one expiry as they stood at one moment: all that the source shows, not a
     * difference. An expiry the source no longer shows is simply not sent again.
     *
     * @param forwardUsdc forward to the expiry, USDC per coin; the median over the rows
     * @param quotes in rising order of strike, calls before puts
     */
    record ChainQuotes(
            Underlying underlying,
            FeedSource source,
            long timeMs,
            Expiry expiry,
            double forwardUsdc,
            List<OptionQuote> quotes)
            implements OfUnderlying {

        public ChainQuotes {
            quotes = List.copyOf(quotes);
        }
    }

    /** Options that the source lists. Listing only adds: what is not named here stays listed. */
    record InstrumentsListed(
            Underlying underlying,
            FeedSource source,
            long timeMs,
            SortedSet<OptionContract> contracts)
            implements OfUnderlying {

        public InstrumentsListed {
            contracts = Collections.unmodifiableSortedSet(new TreeSet<>(contracts));
        }
    }

    /** The source stopped trading, or the feed lost it. No new risk until {@link Resumed}. */
    record Halted(Underlying underlying, FeedSource source, long timeMs, String reason)
            implements OfUnderlying {}

    /** The source trades again; the guard still waits for good ticks. */
    record Resumed(Underlying underlying, FeedSource source, long timeMs) implements OfUnderlying {}

    /**
     * All of one moment has been said, for every underlying. A stepping feed goes on when it hears
     * {@link MarketFeed#consumed} with this chain's number.
     *
     * @param number 1 for the first chain
     * @param total how many there are; 0 when the feed has no end
     */
    record ChainEnd(FeedSource source, long timeMs, int number, int total) implements FeedEvent {}
}
