package io.dolim.book;

import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a {@link Latch} writes down; a stored format, described in {@code doc/events.md}. */
public sealed interface LatchEvent extends StoredEvent {

    /** The feed's clock when it was decided, milliseconds since 1970. */
    long epochMs();

    /** Whose market. */
    Underlying underlying();

    /** Under which names read models find it. */
    Set<String> tags();

    /**
     * The guard found a move beyond the outer band.
     *
     * @param epochMs the feed's clock
     * @param candidateUsdc the consensus that moved so far, USDC per coin
     * @param why the move, the price and the band
     */
    record LatchTripped(Underlying underlying, long epochMs, double candidateUsdc, String why)
            implements LatchEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:latch-tripped", ESSENTIAL);
        }
    }

    /**
     * The guard opened, widened or stopped its market; several turns within a second are one.
     *
     * @param epochMs the feed's clock at the turn, the last of several
     * @param before what was written before
     * @param after what holds now; never the same
     * @param rules what stops or widens, with its numbers; none when it is open
     * @param cause the event that turned it; empty when it was silence, or an operator's lift
     * @param turns how many this sums up, those that led to nothing included; at least 1
     */
    record GuardTurned(
            Underlying underlying,
            long epochMs,
            GuardLevel before,
            GuardLevel after,
            List<String> rules,
            Optional<GuardCause> cause,
            long turns)
            implements LatchEvent {

        public GuardTurned {
            rules = List.copyOf(rules);
        }

        @Override
        public Set<String> tags() {
            return Set.of("kind:guard-turned", ESSENTIAL);
        }
    }

    /**
     * An operator believes the index again.
     *
     * @param epochMs the feed's clock
     * @param by the credential
     */
    record LatchLifted(Underlying underlying, long epochMs, String by, String why)
            implements LatchEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:latch-lifted", ESSENTIAL);
        }
    }
}
