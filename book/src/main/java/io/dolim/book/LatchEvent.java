package io.dolim.book;

import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import java.util.Set;

/** What a {@link Latch} writes down; a stored format, described in {@code doc/events.md}. */
public sealed interface LatchEvent extends StoredEvent {

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
            return Set.of("kind:latch-tripped");
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
            return Set.of("kind:latch-lifted");
        }
    }
}
