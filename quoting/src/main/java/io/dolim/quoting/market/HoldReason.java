package io.dolim.quoting.market;

/** Which rule of {@link FeedGuard} an event broke. */
public enum HoldReason {
    /** NaN or infinite. */
    NOT_FINITE,
    /** Zero or below. */
    NOT_POSITIVE,
    /** Beyond the believable range. */
    OUT_OF_RANGE,
    /** Older than its limit when it came. */
    STALE,
    /** Dated ahead of the clock. */
    FROM_THE_FUTURE,
    /** Older than what the same source said before. */
    OUT_OF_ORDER,
    /** A source that is not configured. */
    UNKNOWN_SOURCE,
    /** About another underlying. */
    WRONG_UNDERLYING,
    /** The market is halted. */
    HALTED,
    /** Too far from the median of the sources. */
    OUTLIER,
    /** Too few sources are fresh and agree. */
    QUORUM_LOST,
    /** The source repeats itself. */
    FROZEN,
    /** A move beyond the halting band, or not yet enough good ticks after it. */
    BAND,
    /** A move so large that only an operator lifts the stop. */
    LATCHED,
    /** Index and perpetual disagree. */
    BASIS,
    /** A chain came before any index was accepted. */
    NO_INDEX,
    /** Bid above ask. */
    CROSSED,
    /** The option is expired. */
    EXPIRED,
    /** Nothing usable in it. */
    EMPTY,
    /** More than the limit. */
    TOO_MANY
}
