package io.dolim.book;

import io.dolim.capacity.CapacityView;
import io.dolim.capacity.Moment;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.Quoter;
import java.util.List;
import java.util.Optional;

/** Numbers a Market's pricing views and hangs them up. Used by a Market alone, on its thread. */
final class ViewPress {

    private final MarketRules rules;
    private final FeedGuard guard;
    private final Quoter quoter;
    private final PricingBoard board;

    private long lastNumber;
    private Optional<Moment> publishedAt = Optional.empty();

    ViewPress(MarketRules rules, FeedGuard guard, Quoter quoter, PricingBoard board) {
        this.rules = rules;
        this.guard = guard;
        this.quoter = quoter;
        this.board = board;
    }

    /** Whether the market alone may cause a view now. */
    boolean isDue(Moment now) {
        return publishedAt.map(at -> now.msSince(at) >= rules.publishEveryMs()).orElse(true);
    }

    /**
     * Publishes; answers false while there is no market yet.
     *
     * @param stopped why nothing may be quoted; empty when it may
     */
    boolean publish(
            MarketState state,
            List<String> stopped,
            Optional<CapacityView> pool,
            Optional<DisplayedQuotes> displayed,
            Moment now) {
        Optional<MarketSnapshot> market = state.snapshot(guard, now.epochMs());
        if (market.isEmpty()) {
            return false;
        }
        lastNumber++;
        publishedAt = Optional.of(now);
        board.publish(
                new PricingView(
                        lastNumber,
                        now.monotonicNs(),
                        market.get(),
                        pool,
                        stopped,
                        state.listed(),
                        displayed,
                        quoter,
                        rules));
        return true;
    }
}
