package io.dolim.capacity;

import com.typesafe.config.Config;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool's market-maker protection on one underlying at one moment: what was traded within the
 * window, against its limits. While it is tripped, and while the window is beyond a limit, nothing is
 * granted that adds risk; what reduces risk is granted all the same.
 */
final class Protection {

    /** The refusal's name. */
    static final String RULE = "mmp";

    /** The refusal's name while trades of the window may be missing after a Book's start. */
    static final String UNKNOWN = "mmp_unknown";

    private final Terms terms;
    private final Underlying underlying;
    private final Optional<Trip> tripped;
    private final long nowMs;
    private final Traded written;
    private final long unknownBeforeMs;
    private final long fromMs;
    private final WindowUse allowed;

    private Protection(
            Terms terms,
            Underlying underlying,
            Optional<Trip> tripped,
            long nowMs,
            long fromMs,
            Traded written,
            long unknownBeforeMs,
            WindowUse allowed) {
        this.terms = terms;
        this.underlying = underlying;
        this.tripped = tripped;
        this.nowMs = nowMs;
        this.fromMs = fromMs;
        this.written = written;
        this.unknownBeforeMs = unknownBeforeMs;
        this.allowed = allowed;
    }

    /**
     * How it runs.
     *
     * @param windowMs trades of so long count together, on the feed's clock
     * @param freezeMs how long it stays tripped unless an operator lifts it
     */
    record Terms(long windowMs, long freezeMs) {

        private static final long LONGEST_FREEZE_MS = Duration.ofDays(30).toMillis();

        /** @throws IllegalArgumentException when the window is too long or outlasts the freeze */
        Terms {
            if (windowMs < 1000 || windowMs > BookReport.LONGEST_WINDOW_MS) {
                throw new IllegalArgumentException(
                        "protection.window="
                                + windowMs
                                + " ms must be a second to "
                                + BookReport.LONGEST_WINDOW_MS);
            }
            if (freezeMs < windowMs || freezeMs > LONGEST_FREEZE_MS) {
                throw new IllegalArgumentException(
                        "protection.freeze="
                                + freezeMs
                                + " ms must be at least the window and at most "
                                + LONGEST_FREEZE_MS);
            }
        }

        static Terms of(Config config) {
            return new Terms(
                    config.getDuration("window").toMillis(),
                    config.getDuration("freeze").toMillis());
        }
    }

    /** How all stand, under the open view. */
    static SortedMap<Underlying, Protection> all(
            MarketView view,
            Books books,
            Desk.Rules rules,
            CapacityParameters parameters,
            Moment now) {
        Terms terms = parameters.protection();
        SortedMap<Underlying, Protection> all = new TreeMap<>();
        for (Underlying underlying : view.markets().keySet()) {
            Optional<Trip> tripped = rules.state().trip(underlying);
            long fromMs =
                    Math.max(
                            now.epochMs() - terms.windowMs(),
                            tripped.filter(trip -> !trip.isOn(now.epochMs()))
                                    .map(Trip::untilMs)
                                    .orElse(Long.MIN_VALUE));
            all.put(
                    underlying,
                    new Protection(
                            terms,
                            underlying,
                            tripped.filter(trip -> trip.isOn(now.epochMs())),
                            now.epochMs(),
                            fromMs,
                            books.traded(underlying, view.number(), fromMs),
                            books.tradesUnknownBefore(underlying),
                            WindowUse.allowed(rules.limits(), underlying, view.capital())));
        }
        return all;
    }

    /** Why something that adds risk is not granted; empty when it may be. */
    Optional<Admission.NotTaken> refusal(List<Traded> pending, Traded asked) {
        if (tripped.isPresent()) {
            return Optional.of(new Admission.NotTaken(RULE, tripped.get().numbers(nowMs)));
        }
        if (isIncomplete()) {
            return Optional.of(
                    Admission.NotTaken.of(
                            UNKNOWN,
                            "known_since_ms",
                            (double) unknownBeforeMs,
                            "window_since_ms",
                            (double) fromMs));
        }
        // one trade may take a window beyond its limit, but none that is larger than all of it
        return WindowUse.of(written, pending)
                .beyond(allowed, underlying)
                .or(() -> WindowUse.of(Traded.NONE, List.of(asked)).beyond(allowed, underlying))
                .map(
                        excess ->
                                Admission.NotTaken.of(
                                        "limit " + excess.limit(),
                                        "used",
                                        excess.used(),
                                        "allowed",
                                        excess.allowed()));
    }

    /** The event when what was written exceeds a limit and nothing is tripped yet. */
    Optional<CapacityEvent> trips() {
        return tripped.isPresent()
                ? Optional.empty()
                : used().beyond(allowed, underlying)
                        .map(
                                excess ->
                                        new CapacityEvent.ProtectionTripped(
                                                Capacity.PERSISTENCE_ID,
                                                nowMs,
                                                underlying,
                                                excess.limit(),
                                                excess.used(),
                                                excess.allowed(),
                                                nowMs + terms.freezeMs()));
    }

    Optional<Trip> tripped() {
        return tripped;
    }

    /** Whether trades of the window may be missing. */
    boolean isIncomplete() {
        return unknownBeforeMs > fromMs;
    }

    long unknownBeforeMs() {
        return unknownBeforeMs;
    }

    ProtectionSummary summary() {
        return new ProtectionSummary(
                terms.windowMs(), used(), allowed, tripped.map(Trip::untilMs).orElse(0L));
    }

    private WindowUse used() {
        return WindowUse.of(written, List.of());
    }
}
