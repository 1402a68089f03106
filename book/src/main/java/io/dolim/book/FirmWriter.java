package io.dolim.book;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An event-sourced writer as all of this module's are: a fault restarts it from its journal under the same
 * ref, a broken invariant or a failed write halts the process, and every request is answered exactly once
 * over either.
 */
public final class FirmWriter {

    private FirmWriter() {}

    /**
     * How the requests of a writer are answered when it cannot.
     *
     * @param most that may wait at once
     * @param onFull answers one for which there is no room
     * @param onStop answers one whose outcome is unknown
     */
    public record Answering<R>(
            Class<R> requests, int most, Consumer<R> onFull, Consumer<R> onStop) {}

    /**
     * Such a writer.
     *
     * @param tick what it is told {@code every} so often
     * @param writer made at each start; is handed what forgets a request that is about to be answered
     */
    public static <C, R extends C> Behavior<C> of(
            String persistenceId,
            Answering<R> answering,
            C tick,
            Duration every,
            ActorRef<WriterHalted> guardian,
            BiFunction<ActorContext<C>, Predicate<R>, Behavior<C>> writer) {
        return Behaviors.setup(
                context -> {
                    StrictPersistence.require(context.getSystem().settings().config());
                    Outstanding<R> outstanding = new Outstanding<>(answering.most());
                    Behavior<C> ticking =
                            Restarts.ticking(
                                    tick,
                                    every,
                                    Behaviors.setup(
                                            inner ->
                                                    started(
                                                            inner,
                                                            outstanding,
                                                            answering,
                                                            writer)));
                    return Doorkeeper.before(
                            Restarts.around(ticking),
                            persistenceId,
                            answering.requests(),
                            outstanding,
                            answering.onFull(),
                            answering.onStop(),
                            guardian);
                });
    }

    /** What an incarnation before this one had in hand may be written or not. */
    private static <C, R extends C> Behavior<C> started(
            ActorContext<C> context,
            Outstanding<R> outstanding,
            Answering<R> answering,
            BiFunction<ActorContext<C>, Predicate<R>, Behavior<C>> writer) {
        outstanding.drain().forEach(answering.onStop());
        return writer.apply(context, outstanding::settle);
    }
}
