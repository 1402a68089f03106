package io.dolim.capacity;

import io.dolim.capacity.journal.Posting;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;

/**
 * What Capacity journals. A stored format: see {@link CapacityEventSerializer} for the manifests.
 * {@code by} is the principal, {@code atMs} the wall clock, milliseconds since 1970.
 */
public sealed interface CapacityEvent extends StoredEvent {

    /** Whether it is written when the journal takes nothing else: all but movements of capital. */
    default boolean essential() {
        return switch (this) {
            case CapitalPaidIn _, CapitalPaidOut _, RequestDone _ -> false;
            case ModeSet _, ResumeProposed _, LimitSet _, ScenarioSetChosen _ -> true;
            case ProtectionTripped _, ProtectionLifted _, AllocationSet _ -> true;
            case ParametersConfigured _ -> true;
        };
    }

    /** Capital came in. */
    record CapitalPaidIn(String by, long atMs, Usdc amount, List<Posting> postings)
            implements CapacityEvent {
        /** Checks that the postings balance. */
        public CapitalPaidIn {
            postings = Posting.requireBalanced(postings);
        }
    }

    /** Capital went out. */
    record CapitalPaidOut(String by, long atMs, Usdc amount, List<Posting> postings)
            implements CapacityEvent {
        /** Checks that the postings balance. */
        public CapitalPaidOut {
            postings = Posting.requireBalanced(postings);
        }
    }

    /**
     * What an operator asked under an id is done; written with what it did, in one write.
     *
     * @param body what was asked, in one line
     * @param answer what he was told
     */
    record RequestDone(String by, long atMs, String requestId, String body, String answer)
            implements CapacityEvent {}

    /**
     * The mode changed. A resumption names both principals in {@code by} and has the second one's
     * reason; the first one's stands in {@link ResumeProposed}.
     */
    record ModeSet(String by, long atMs, Mode from, Mode to, String reason)
            implements CapacityEvent {}

    /** The first of two voices to resume. */
    record ResumeProposed(String by, long atMs, String reason) implements CapacityEvent {}

    /** A limit changed. */
    record LimitSet(String by, long atMs, String key, double from, double to)
            implements CapacityEvent {}

    /** From here on risk is measured over this scenario set. */
    record ScenarioSetChosen(String by, long atMs, String version) implements CapacityEvent {}

    /**
     * The trades of a window exceeded a limit of the market-maker protection.
     *
     * @param limit its key, as {@code operator/set} takes it
     * @param used in the unit of {@code allowed}: coins, or USDC where the limit is a share of K
     * @param untilMs nothing that adds risk to the underlying is granted before
     */
    record ProtectionTripped(
            String by,
            long atMs,
            Underlying underlying,
            String limit,
            double used,
            double allowed,
            long untilMs)
            implements CapacityEvent {}

    /**
     * How capital is parted from here on; the configured terms when the pool has none of its own yet.
     *
     * @param terms as they are now, all of them
     */
    record AllocationSet(String by, long atMs, AllocationTerms terms, String reason)
            implements CapacityEvent {}

    /**
     * The pool was started with other settings than the last time; at its first start with all of them.
     * Limits, allocation and scenario set that operators chose stand over these.
     */
    record ParametersConfigured(String by, long atMs, List<Configured.Change> changes)
            implements CapacityEvent {
        /** Copies the changes. */
        public ParametersConfigured {
            changes = List.copyOf(changes);
        }
    }

    /** A principal lifted it before its time. */
    record ProtectionLifted(String by, long atMs, Underlying underlying, String reason)
            implements CapacityEvent {}
}
