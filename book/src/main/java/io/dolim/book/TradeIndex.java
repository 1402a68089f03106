package io.dolim.book;

import io.dolim.capacity.journal.StoredEvent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Finds in the journal, by tag, the event of an order or request id that no state remembers any more.
 * Reads only; answers every question once, a failed one with {@link Failed}.
 */
public final class TradeIndex {

    private TradeIndex() {}

    /** What the index is told. */
    public sealed interface Command {}

    /** Find the one event under a tag as {@link Tags} writes it. */
    public record Find(String tag, ActorRef<Answer> replyTo) implements Command {}

    private record Read(Answer answer, ActorRef<Answer> replyTo) implements Command {}

    /** Answer to {@link Find}. */
    public sealed interface Answer {
        /** The tag that was asked for. */
        String tag();
    }

    /** The first event under the tag; empty when there is none. */
    public record Found(String tag, Optional<StoredEvent> event) implements Answer {}

    /** The journal could not be read; nothing is known. */
    public record Failed(String tag) implements Answer {}

    /** @param readJournalId the read journal's plugin id; it must answer queries by tag */
    public static Behavior<Command> create(String readJournalId) {
        return Behaviors.setup(
                context -> {
                    CurrentEventsByTagQuery journal =
                            PersistenceQuery.get(context.getSystem())
                                    .getReadJournalFor(
                                            CurrentEventsByTagQuery.class, readJournalId);
                    return Behaviors.receive(Command.class)
                            .onMessage(Find.class, find -> find(context, journal, find))
                            .onMessage(Read.class, TradeIndex::answer)
                            .build();
                });
    }

    private static Behavior<Command> find(
            ActorContext<Command> context, CurrentEventsByTagQuery journal, Find find) {
        context.pipeToSelf(
                journal.currentEventsByTag(find.tag(), Offset.noOffset())
                        .map(envelope -> envelope.event())
                        .runWith(
                                Sink.headOption(), Materializer.matFromSystem(context.getSystem())),
                (event, failure) ->
                        new Read(
                                failure == null && event != null
                                        ? found(find.tag(), event)
                                        : new Failed(find.tag()),
                                find.replyTo()));
        return Behaviors.same();
    }

    private static Answer found(String tag, Optional<Object> event) {
        return event.isEmpty()
                ? new Found(tag, Optional.empty())
                : event.get() instanceof StoredEvent stored
                        ? new Found(tag, Optional.of(stored))
                        : new Failed(tag);
    }

    private static Behavior<Command> answer(Read read) {
        read.replyTo().tell(read.answer());
        return Behaviors.same();
    }
}
