package io.dolim.api.feed;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Why markets are halted. Several causes may hold at once; a market is told halted with the first
 * and resumed with the end of the last. Confined to the feed's thread.
 */
final class DeribitHalts {

    /** What halts a market. */
    enum Cause {
        CONNECTION_LOST,
        INDEX_LOCKED,
        MAINTENANCE
    }

    private final FeedSource source;
    private final TreeMap<Underlying, TreeSet<Cause>> causes = new TreeMap<>();

    DeribitHalts(FeedSource source, SortedSet<Underlying> underlyings) {
        this.source = source;
        underlyings.forEach(underlying -> causes.put(underlying, new TreeSet<>()));
    }

    /** Sets or clears a cause; the event that follows from it, if one does. */
    List<FeedEvent> set(Underlying underlying, Cause cause, boolean holds, long nowMs) {
        TreeSet<Cause> held = causes.computeIfAbsent(underlying, _ -> new TreeSet<>());
        boolean wasHalted = !held.isEmpty();
        boolean changed = holds ? held.add(cause) : held.remove(cause);
        if (!changed || wasHalted == !held.isEmpty()) {
            return List.of();
        }
        return List.of(
                holds
                        ? new FeedEvent.Halted(underlying, source, nowMs, "cause=" + cause)
                        : new FeedEvent.Resumed(underlying, source, nowMs));
    }
}
