package io.dolim.book;

import io.dolim.capacity.CapacityView;
import io.dolim.quoting.quote.DisplayedQuotes;
import java.util.Optional;

/**
 * A chain whose quotes are awaited.
 *
 * @param number as the feed counts
 * @param fits how many fits were tried when it had ended
 * @param sinceNs when that was, monotonic
 */
record AwaitedChain(int number, long fits, long sinceNs) {

    /** Whether a batch that began after so many fits stands on this chain, and on a pool that knows it. */
    boolean isQuoted(long batchFits, Optional<DisplayedQuotes> batch, MarketState state) {
        return batchFits >= fits
                && batch.map(quotes -> quotes.basis().charge())
                        .filter(c -> c instanceof CapacityView view && knowsFit(view, state))
                        .isPresent();
    }

    /** Whether Capacity froze a view's market after the chain that the surface was last held to. */
    static boolean knowsFit(CapacityView view, MarketState state) {
        return Optional.ofNullable(view.markets().get(state.underlying()))
                .flatMap(frozen -> state.fit().map(fit -> frozen.timeMs() >= fit.chainMs()))
                .orElse(false);
    }
}
