package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.journal.StoredEvent;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Finds in the journal what no state remembers any more: by tag the event of an order or request id, by
 * its number a trade. Reads only; answers every question once, a failed one with {@link Failed} or
 * {@link NotRecalled}.
 */
public final class TradeIndex {

    private TradeIndex() {}

    /** What the index is told. */
    public sealed interface Command {}

    /** Find the one event under a tag as {@link Tags} writes it. */
    public record Find(String tag, ActorRef<Answer> replyTo) implements Command {}

    /**
     * Find what an adjustment rests on: the trade, and whether its request was carried out before.
     *
     * @param head the Book's last sequence number
     */
    public record Recall(
            TradeId trade, RequestId requestId, long head, ActorRef<Recollection> replyTo)
            implements Command {}

    private record Read(Answer answer, ActorRef<Answer> replyTo) implements Command {}

    private record Remembered(Recollection answer, ActorRef<Recollection> replyTo)
            implements Command {}

    /** Answer to {@link Recall}. */
    public sealed interface Recollection {
        /** The trade that was asked for. */
        TradeId trade();

        /** The request that was asked for. */
        RequestId requestId();
    }

    /**
     * What the journal says.
     *
     * @param taker whose trade it is; empty when there is none of that number
     * @param adjusted whether the request was carried out before
     */
    public record Recalled(
            TradeId trade, RequestId requestId, Optional<AccountId> taker, boolean adjusted)
            implements Recollection {}

    /** The journal could not be read; nothing is known. */
    public record NotRecalled(TradeId trade, RequestId requestId) implements Recollection {}

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
                    PersistenceQuery queries = PersistenceQuery.get(context.getSystem());
                    CurrentEventsByTagQuery journal =
                            queries.getReadJournalFor(CurrentEventsByTagQuery.class, readJournalId);
                    TradeSearch search =
                            new TradeSearch(
                                    journal,
                                    queries.getReadJournalFor(
                                            CurrentEventsByPersistenceIdQuery.class, readJournalId),
                                    Materializer.matFromSystem(context.getSystem()));
                    return Behaviors.receive(Command.class)
                            .onMessage(Find.class, find -> find(context, journal, find))
                            .onMessage(Read.class, TradeIndex::answer)
                            .onMessage(Recall.class, recall -> recall(context, search, recall))
                            .onMessage(Remembered.class, TradeIndex::answer)
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

    private static Behavior<Command> recall(
            ActorContext<Command> context, TradeSearch search, Recall asked) {
        context.pipeToSelf(
                search.precedents(asked),
                (found, failure) ->
                        new Remembered(
                                failure == null && found != null
                                        ? found
                                        : new NotRecalled(asked.trade(), asked.requestId()),
                                asked.replyTo()));
        return Behaviors.same();
    }

    private static Behavior<Command> answer(Remembered remembered) {
        remembered.replyTo().tell(remembered.answer());
        return Behaviors.same();
    }

    private static Behavior<Command> answer(Read read) {
        read.replyTo().tell(read.answer());
        return Behaviors.same();
    }
}
