package io.dolim.persistence;

import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.journal.Tagged;

/** Persists each note it is told, tagged as it says, and answers with the sequence number, or with why it was rejected. */
final class Diarist extends AbstractPersistentActor {

    /** Asks for a note to be persisted. */
    record Note(String text, Set<String> tags) {}

    private final String id;

    private Diarist(String id) {
        this.id = id;
    }

    static Props props(String id) {
        return Props.create(Diarist.class, () -> new Diarist(id));
    }

    @Override
    public String persistenceId() {
        return id;
    }

    @Override
    public Receive createReceiveRecover() {
        return receiveBuilder().match(String.class, text -> {}).build();
    }

    @Override
    public void onPersistRejected(Throwable cause, Object event, long sequenceNr) {
        sender().tell(cause, self());
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(
                        Note.class,
                        note ->
                                persistAll(
                                        List.of(new Tagged(note.text(), note.tags())),
                                        event -> sender().tell(lastSequenceNr(), self())))
                .build();
    }
}
