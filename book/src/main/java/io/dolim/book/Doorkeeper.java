package io.dolim.book;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stands in front of a supervised writer: counts its requests in, refuses those for which there is no
 * room before any stash can fill, and when the writer stops answers what is left and says so to the
 * guardian. Sees the journal's answers too, because a failed one is what stops a writer.
 *
 * @param <C> what the writer is told
 * @param <R> the part of it that must be answered
 */
final class Doorkeeper<C, R extends C> extends BehaviorInterceptor<Object, C> {

    private final String persistenceId;
    private final Class<R> requests;
    private final Outstanding<R> outstanding;
    private final Consumer<R> onFull;
    private final Consumer<R> onStop;
    private final ActorRef<WriterHalted> guardian;

    private Doorkeeper(
            String persistenceId,
            Class<R> requests,
            Outstanding<R> outstanding,
            Consumer<R> onFull,
            Consumer<R> onStop,
            ActorRef<WriterHalted> guardian) {
        super(Object.class);
        this.persistenceId = persistenceId;
        this.requests = requests;
        this.outstanding = outstanding;
        this.onFull = onFull;
        this.onStop = onStop;
        this.guardian = guardian;
    }

    /**
     * A writer behind its doorkeeper.
     *
     * @param onFull answers a request for which there is no room
     * @param onStop answers a request whose outcome is unknown
     */
    static <C, R extends C> Behavior<C> before(
            Behavior<C> writer,
            String persistenceId,
            Class<R> requests,
            Outstanding<R> outstanding,
            Consumer<R> onFull,
            Consumer<R> onStop,
            ActorRef<WriterHalted> guardian) {
        return Behaviors.intercept(
                        () ->
                                new Doorkeeper<C, R>(
                                        persistenceId,
                                        requests,
                                        outstanding,
                                        onFull,
                                        onStop,
                                        guardian),
                        writer)
                .narrow();
    }

    // what is no command is the journal's or Pekko's own, which the writer unwraps below
    @SuppressWarnings("unchecked")
    @Override
    public Behavior<C> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<C> target) {
        if (requests.isInstance(message)) {
            R request = requests.cast(message);
            if (!outstanding.admit(request)) {
                onFull.accept(request);
                return Behaviors.same();
            }
        }
        try {
            Behavior<C> next = target.apply(context, (C) message);
            if (!Behavior.isAlive(next)) {
                halt();
            }
            return next;
        } catch (RuntimeException beyondRestart) {
            halt();
            throw beyondRestart;
        }
    }

    @Override
    public Behavior<C> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<C> target) {
        if (signal instanceof PostStop) {
            outstanding.drain().forEach(onStop);
        }
        return target.apply(context, signal);
    }

    private void halt() {
        outstanding.drain().forEach(onStop);
        guardian.tell(new WriterHalted(persistenceId, "failed; what it wrote last is unknown"));
    }
}
