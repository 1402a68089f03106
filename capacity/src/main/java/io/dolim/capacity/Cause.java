package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that keeps the pool from taking whatever is asked: who or what caused it, since when, and
 * what would lift it.
 *
 * @param scope whose risk it stops; empty when the whole pool's
 * @param effect the mode that it leads to within its scope
 * @param reason one line with the figures behind it
 * @param sinceMs the feed's clock, milliseconds since 1970; of what this start found, when it was
 *     first seen
 * @param by the principal, or the part of the engine that found it
 * @param lifts the action or the condition that ends it
 */
public record Cause(
        Kind kind,
        Optional<Underlying> scope,
        Mode effect,
        String reason,
        long sinceMs,
        String by,
        String lifts) {

    /** What sort of thing. */
    public enum Kind {
        /** A principal's order. */
        OPERATOR,
        /** A market whose guard has stopped it. */
        BREAKER,
        /** No capital is left to price risk with. */
        CAPITAL,
        /** The market-maker protection of an underlying. */
        MMP,
        /** The journal has no room. */
        JOURNAL,
        /** A part of the engine has not said yet what it must, or not for too long. */
        START;

        /** The name on the wire. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Cause ofPool(
            Kind kind, Mode effect, String reason, long sinceMs, String by, String lifts) {
        return new Cause(kind, Optional.empty(), effect, reason, sinceMs, by, lifts);
    }
}
