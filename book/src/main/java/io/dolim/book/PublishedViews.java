package io.dolim.book;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Optional;

/**
 * The pricing views of the last seconds, by number. A view that is not found is older than any quote
 * may live. Read on the Books' threads; safe on any.
 */
public interface PublishedViews {

    /** A view of the last seconds. */
    Optional<Published> find(Underlying underlying, long pricingView);

    /** The latest view, against which a quote of an earlier one is judged; empty before there is one. */
    Optional<? extends Published> newest(Underlying underlying);

    /** When a view was published, and what is in it. */
    interface Published {

        /** Monotonic clock of this process, nanoseconds. */
        long publishedAtNs();

        /** Why the market is not quoted, one line a rule; empty when it is. */
        List<String> stopped();

        /** The index in it, USDC per coin. */
        double spotUsdc();

        /** What priced the quotes made on it; may be computed at the first call. */
        PricingInputs inputs();

        /** Delta of a package, coins, signed from the taker; NaN when the market makes none. */
        double deltaCoins(OptionPackage asked);

        /** The least that the displayed quotes let a package cost, USDC. */
        double leastOfDisplayedUsdc(OptionPackage asked);

        /**
         * How much more hedging a package costs than it was quoted on this view, USDC, now that the
         * pool's delta is another; negative when it costs less.
         *
         * @param unhedgedCoins the pool's delta of now, before the package
         */
        double hedgeCostMovedUsdc(OptionPackage asked, double unhedgedCoins);
    }
}
