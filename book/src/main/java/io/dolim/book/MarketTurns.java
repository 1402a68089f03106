package io.dolim.book;

import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Notices when a Market's guard opened, widened or stopped, and has it written down: told to the
 * {@link Latch} until the journal says so, at most once a second. What turned more often is written
 * as the net turn, with the count and the cause of the last one, so that a guard that flaps does not
 * flood the journal. A start waits for its first ticks: that is no turn, so nothing is written before
 * the guard has opened once. Used by a Market alone, on its thread.
 */
final class MarketTurns {

    /** Least time between two turns that are written, monotonic. */
    static final long LEAST_NS = 1_000_000_000L;

    private record Turn(long epochMs, List<String> rules, Optional<GuardCause> cause) {}

    private final Underlying underlying;
    private final FeedGuard guard;
    private final Consumer<MarketNote> notes;
    private GuardStatus status = new GuardStatus.Stopped(List.of("index: none yet"));
    private boolean opened;
    private Optional<Turn> latest = Optional.empty();
    private long counted;
    private Optional<Long> toldNs = Optional.empty();

    MarketTurns(Underlying underlying, FeedGuard guard, Consumer<MarketNote> notes) {
        this.underlying = underlying;
        this.guard = guard;
        this.notes = notes;
    }

    /**
     * Whether the guard has turned since it was last looked at.
     *
     * @param heard what was just heard; empty when nothing was
     */
    boolean look(MarketState state, Moment now, Optional<FeedGuard.Step> heard) {
        GuardStatus before = status;
        status = guard.status(state.guard(), now.epochMs());
        if (before.getClass().equals(status.getClass())) {
            return false;
        }
        notes.accept(new MarketNote.GuardTurned(underlying, now.epochMs(), before, status));
        if (opened) {
            counted++;
        }
        opened |= !(status instanceof GuardStatus.Stopped);
        if (opened) {
            Optional<GuardCause> cause =
                    heard.filter(MarketTurns::turns).map(step -> GuardCause.of(step.decision()));
            latest = Optional.of(new Turn(now.epochMs(), GuardLevel.rules(status), cause));
        }
        return true;
    }

    /** The event turned it, not the silence before. */
    private static boolean turns(FeedGuard.Step step) {
        return !step.before().getClass().equals(step.after().getClass());
    }

    /** Tells the turn that the journal does not say yet, when one may be written. */
    void report(Consumer<Latch.Command> latch, GuardStanding written, Moment now) {
        GuardLevel level = GuardLevel.of(status);
        boolean early = toldNs.filter(ns -> now.monotonicNs() - ns < LEAST_NS).isPresent();
        if (latest.isEmpty() || early || level == written.level()) {
            return;
        }
        toldNs = Optional.of(now.monotonicNs());
        Turn turn = latest.get();
        latch.accept(
                new Latch.Turn(
                        written.turns(),
                        new LatchEvent.GuardTurned(
                                underlying,
                                turn.epochMs,
                                written.level(),
                                level,
                                turn.rules,
                                turn.cause,
                                Math.max(1, counted))));
    }

    /** The journal says so many more turns than before. */
    void written(long more) {
        counted = Math.max(0, counted - more);
    }
}
