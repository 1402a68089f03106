package io.dolim.book;

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
 */
record LatchState(Underlying underlying, long sequence, long lifts, Optional<LatchTrip> tripped)
        implements StoredEvent {

    static LatchState empty(Underlying underlying) {
        return new LatchState(underlying, 0, 0, Optional.empty());
    }

    /** The state after an event. Total; throws only when an invariant is broken. */
    LatchState apply(LatchEvent event) {
        boolean trips = event instanceof LatchEvent.LatchTripped;
        if (trips == tripped.isPresent() || !event.underlying().equals(underlying)) {
            throw new BrokenInvariant("latch of " + underlying + " is " + this + " at " + event);
        }
        long later = Math.addExact(sequence, 1);
        return switch (event) {
            case LatchEvent.LatchTripped e ->
                    new LatchState(
                            underlying,
                            later,
                            lifts,
                            Optional.of(new LatchTrip(e.candidateUsdc(), e.why())));
            case LatchEvent.LatchLifted _ ->
                    new LatchState(underlying, later, lifts + 1, Optional.empty());
        };
    }
}
