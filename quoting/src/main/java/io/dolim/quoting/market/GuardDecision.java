package io.dolim.quoting.market;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@link FeedGuard} decided about one event. A value, so that it can be kept. */
public sealed interface GuardDecision {

    /** The event that was judged, as it came in. */
    FeedEvent event();

    /**
     * The tick counts, and the sources agree.
     *
     * @param consensusUsdc median of the sources that agree, USDC per coin
     * @param agreeing how many they are
     */
    record IndexAccepted(FeedEvent.IndexTick event, double consensusUsdc, int agreeing)
            implements GuardDecision {}

    /**
     * The chain counts, as far as it is believed.
     *
     * @param chain what is left of it, in order
     * @param dropped rows that were dropped, counted by rule
     */
    record ChainAccepted(
            FeedEvent.ChainQuotes event,
            FeedEvent.ChainQuotes chain,
            SortedMap<HoldReason, Integer> dropped)
            implements GuardDecision {

        public ChainAccepted {
            dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
        }
    }

    /** Any other event that counts as it is. */
    record Accepted(FeedEvent event) implements GuardDecision {}

    /**
     * The event must not be used.
     *
     * @param reason the rule it broke
     * @param numbers value and limit, as {@code key=value}
     */
    record Held(FeedEvent event, HoldReason reason, String numbers) implements GuardDecision {}
}
