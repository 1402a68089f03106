package io.dolim.api.venue;

/**
 * A time in which an exchange is not itself. Marks move and funding accrues; nothing is liquidated
 * before its end, unless the exchange trades on.
 *
 * @param fromMs first millisecond, since 1970
 * @param untilMs first millisecond after it
 */
public record Outage(long fromMs, long untilMs, Kind kind) {

    /** In what way. */
    public enum Kind {
        /** It says that it is down, and trades nothing. */
        REFUSES,
        /** It says nothing, and trades nothing. */
        SILENT,
        /** It trades, and no answer arrives. */
        ANSWERS_LOST
    }

    /** @throws IllegalArgumentException when it ends before it begins */
    public Outage {
        if (untilMs <= fromMs) {
            throw new IllegalArgumentException(
                    "untilMs=" + untilMs + " must be after fromMs=" + fromMs);
        }
    }

    boolean holds(long epochMs) {
        return epochMs >= fromMs && epochMs < untilMs;
    }
}
