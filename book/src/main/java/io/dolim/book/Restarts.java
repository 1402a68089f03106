package io.dolim.book;

import io.dolim.book.trade.BrokenInvariant;
import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * How writers are supervised: a fault restarts the writer from its journal under the same ref, ten
 * times in a minute at most; a broken invariant stops it, and its guardian halts the process.
 */
final class Restarts {

    private static final int MOST = 10;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private Restarts() {}

    /** A writer that is told the time; inside the supervision, because a restart ends all timers. */
    static <T> Behavior<T> ticking(T tick, Duration every, Behavior<T> writer) {
        return Behaviors.withTimers(
                timers -> {
                    timers.startTimerWithFixedDelay(tick, every);
                    return writer;
                });
    }

    static <T> Behavior<T> around(Behavior<T> writer) {
        Behavior<T> firm =
                Behaviors.supervise(writer)
                        .onFailure(BrokenInvariant.class, SupervisorStrategy.stop());
        return Behaviors.supervise(firm)
                .onFailure(
                        RuntimeException.class,
                        SupervisorStrategy.restart().withLimit(MOST, WITHIN));
    }
}
