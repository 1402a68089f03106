package io.dolim.quoting.market;

import java.util.List;

/** Whether an underlying's market may be quoted, as {@code FeedGuard} sees it. */
public sealed interface GuardStatus {

    /** All sources agree and are fresh. */
    record Open() implements GuardStatus {}

    /**
     * The market moved beyond the inner band: quote, but wider.
     *
     * @param factor what spreads are multiplied with; above 1
     * @param reason the rule, with its numbers
     */
    record Widened(double factor, String reason) implements GuardStatus {}

    /**
     * Nothing may be quoted, traded or settled on this market.
     *
     * @param reasons one per broken rule, each with its numbers; never empty
     */
    record Stopped(List<String> reasons) implements GuardStatus {

        public Stopped {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("reasons must not be empty");
            }
        }
    }
}
