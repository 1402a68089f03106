package io.dolim.deploy.bench;

import java.util.Collections;
import java.util.function.LongConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/** An entity that writes what it is given and counts what it has. */
final class Entity extends EventSourcedBehavior<Entity.Command, Object, Long> {

    sealed interface Command {}

    /** Writes the event so many times in one go. */
    record Write(Object event, int times, ActorRef<Written> replyTo) implements Command {}

    record Stop() implements Command {}

    /** All of it is on disk. */
    record Written(int events) {}

    private final LongConsumer onRecovered;
    private final Runnable onStopped;

    /**
     * @param onRecovered hears how many events were read
     * @param onStopped hears the end
     */
    Entity(String persistenceId, LongConsumer onRecovered, Runnable onStopped) {
        super(PersistenceId.ofUniqueId(persistenceId));
        this.onRecovered = onRecovered;
        this.onStopped = onStopped;
    }

    @Override
    public Long emptyState() {
        return 0L;
    }

    @Override
    public CommandHandler<Command, Object, Long> commandHandler() {
        return (state, command) ->
                switch (command) {
                    case Write write ->
                            Effect()
                                    .persist(Collections.nCopies(write.times(), write.event()))
                                    .thenRun(
                                            () -> write.replyTo().tell(new Written(write.times())));
                    case Stop stop -> Effect().stop();
                };
    }

    @Override
    public EventHandler<Long, Object> eventHandler() {
        return (state, event) -> state + 1;
    }

    @Override
    public SignalHandler<Long> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), onRecovered::accept)
                .onSignal(PostStop.instance(), state -> onStopped.run())
                .build();
    }
}
