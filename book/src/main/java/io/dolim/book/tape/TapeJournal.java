package io.dolim.book.tape;

import io.dolim.quoting.instrument.Underlying;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.Recovery;

/**
 * The tape's event-sourced self: each command is an event. It remembers the last batch only, so that
 * nothing is read back at a start, and what is deleted is missed by nobody.
 */
final class TapeJournal extends EventSourcedBehavior<Taped, Taped, Long> {

    private final Runnable written;

    /** @param written called when what was told last is on disk */
    static Behavior<Taped> create(Underlying underlying, Runnable written) {
        return new TapeJournal(underlying, written);
    }

    private TapeJournal(Underlying underlying, Runnable written) {
        super(PersistenceId.ofUniqueId(Tape.persistenceId(underlying)));
        this.written = written;
    }

    /** When the last batch began; zero before one. */
    @Override
    public Long emptyState() {
        return 0L;
    }

    @Override
    public EventHandler<Long, Taped> eventHandler() {
        return (_, event) -> event.epochMs();
    }

    @Override
    public CommandHandler<Taped, Taped, Long> commandHandler() {
        return (_, batch) -> Effect().persist(batch).thenRun(_ -> written.run());
    }

    @Override
    public Set<String> tagsFor(Taped event) {
        return event.tags();
    }

    /** Only the last sequence number is asked for. */
    @Override
    public Recovery recovery() {
        return Recovery.disabled();
    }
}
