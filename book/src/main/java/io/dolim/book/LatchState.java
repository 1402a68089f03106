package io.dolim.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.LatchTrip;
import java.util.Optional;

/**
 * What a Latch's journal says.
 *
 * @param sequence how many events made it
 * @param lifts how often it was lifted
 * @param tripped why it is on; empty when it is not
 * @param turned how the guard stands; absent from the hashed form of a journal that has no turns,
 *     which thereby keeps its hash
 */
record LatchState(
        Underlying underlying,
        long sequence,
        long lifts,
        Optional<LatchTrip> tripped,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<GuardStanding> turned)
        implements StoredEvent {

    static LatchState empty(Underlying underlying) {
        return new LatchState(underlying, 0, 0, Optional.empty(), Optional.empty());
    }

    /** How the guard stands. */
    GuardStanding guard() {
        return turned.orElse(GuardStanding.NEVER_TURNED);
    }

    /** The state after an event. Total; throws only when an invariant is broken. */
    LatchState apply(LatchEvent event) {
        if (!event.underlying().equals(underlying) || !follows(event)) {
            throw new BrokenInvariant("latch of " + underlying + " is " + this + " at " + event);
        }
        long later = Math.addExact(sequence, 1);
        return switch (event) {
            case LatchEvent.LatchTripped e ->
                    new LatchState(
                            underlying,
                            later,
                            lifts,
                            Optional.of(new LatchTrip(e.candidateUsdc(), e.why())),
                            turned);
            case LatchEvent.LatchLifted _ ->
                    new LatchState(underlying, later, lifts + 1, Optional.empty(), turned);
            case LatchEvent.GuardTurned e ->
                    new LatchState(
                            underlying, later, lifts, tripped, Optional.of(guard().after(e)));
        };
    }

    private boolean follows(LatchEvent event) {
        return switch (event) {
            case LatchEvent.LatchTripped _ -> tripped.isEmpty();
            case LatchEvent.LatchLifted _ -> tripped.isPresent();
            case LatchEvent.GuardTurned e ->
                    e.before() == guard().level() && e.after() != e.before() && e.turns() > 0;
        };
    }
}
