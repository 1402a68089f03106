package io.dolim.book.tape;

import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.RecoveryCompleted;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import scala.Option;

/**
 * Deletes what is too old, a step at a time: writers get their turn between two steps. Used by a {@link
 * Tape} alone, on its thread.
 */
final class TapeEraser {

    private final ActorContext<?> context;
    private final String persistenceId;
    private final CurrentEventsByPersistenceIdQuery journal;
    private final int step;
    private long erased;
    private boolean busy;

    /** What became of a step. */
    sealed interface Outcome {}

    /**
     * This is too old: to be handed to {@link #delete}.
     *
     * @param upTo its last sequence number
     * @param full whether the step was full: there may be more
     */
    record Found(long upTo, boolean full) implements Outcome {}

    /**
     * What was too old is deleted.
     *
     * @param upTo its last sequence number
     * @param full whether the step was full: there may be more
     */
    record Gone(long upTo, boolean full) implements Outcome {}

    /** The journal could not be read; nothing was asked of it. */
    record Unread(Throwable why) implements Outcome {}

    /** It could not be deleted. */
    record Stays(Throwable why) implements Outcome {}

    TapeEraser(ActorContext<?> context, String persistenceId, String readJournalId, int step) {
        this.context = context;
        this.persistenceId = persistenceId;
        this.step = step;
        this.journal =
                PersistenceQuery.get(context.getSystem())
                        .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, readJournalId);
    }

    /**
     * Looks for a step of the batches that began before a moment, unless a step is under way.
     *
     * @param to told once how it ended, on any thread
     */
    void find(long beforeMs, Consumer<Outcome> to) {
        if (busy) {
            return;
        }
        busy = true;
        var _ =
                journal.currentEventsByPersistenceId(persistenceId, erased + 1, Long.MAX_VALUE)
                        .take(step)
                        .runWith(Sink.seq(), Materializer.matFromSystem(context.getSystem()))
                        .whenComplete(
                                (oldest, failure) ->
                                        to.accept(
                                                failure == null
                                                        ? old(oldest, beforeMs)
                                                        : new Unread(failure)));
    }

    /** Deletes what was found; {@code to} is told once how it ended, on any thread. */
    void delete(Found found, Consumer<Outcome> to) {
        // a new hand each time: it deletes only what was written when it looked
        Adapter.actorOf(
                context, Props.create(Hand.class, () -> new Hand(persistenceId, found, to)));
    }

    /**
     * A step has ended.
     *
     * @param upTo the last sequence number that is gone; 0 when none is
     */
    void ended(long upTo) {
        busy = false;
        erased = Math.max(erased, upTo);
    }

    private Outcome old(List<EventEnvelope> oldest, long beforeMs) {
        long upTo = 0;
        int old = 0;
        for (EventEnvelope one : oldest) {
            if (!(one.event() instanceof Taped taped) || taped.epochMs() >= beforeMs) {
                break;
            }
            upTo = one.sequenceNr();
            old++;
        }
        return old == 0 ? new Gone(0, false) : new Found(upTo, old == step);
    }

    /** Deleting by hand is only in the classic interface of persistence; it writes nothing itself. */
    private static final class Hand extends AbstractPersistentActor {

        private final String persistenceId;
        private final Found found;
        private final Consumer<Outcome> to;

        Hand(String persistenceId, Found found, Consumer<Outcome> to) {
            this.persistenceId = persistenceId;
            this.found = found;
            this.to = to;
        }

        @Override
        public String persistenceId() {
            return persistenceId;
        }

        @Override
        public Recovery recovery() {
            return Recovery.none();
        }

        @Override
        public Receive createReceiveRecover() {
            return receiveBuilder()
                    .match(RecoveryCompleted.class, _ -> deleteMessages(found.upTo))
                    .build();
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder()
                    .match(DeleteMessagesSuccess.class, _ -> end(new Gone(found.upTo, found.full)))
                    .match(DeleteMessagesFailure.class, failed -> end(new Stays(failed.cause())))
                    .build();
        }

        @Override
        public void onRecoveryFailure(Throwable cause, Option<Object> event) {
            to.accept(new Unread(cause));
        }

        private void end(Outcome outcome) {
            to.accept(outcome);
            context().stop(self());
        }
    }
}
