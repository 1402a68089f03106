package io.dolim.persistence;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.journal.EventAdapters;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.Sequence;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByTagQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByTagQuery;
import org.apache.pekko.persistence.query.javadsl.PersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The read journal {@code dolim.persistence.lmdb.query}.
 *
 * <p>Every envelope's offset is a {@link Sequence} of the event's order number: its place in the
 * one log of all entities. Events become visible commit by commit in that order, so an offset has
 * no gap behind it into which an older event could still fall. The tag {@code "*"} is every event.
 * The live queries end when the journal closes.
 */
public final class LmdbReadJournal
        implements ReadJournal,
                CurrentEventsByPersistenceIdQuery,
                EventsByPersistenceIdQuery,
                CurrentEventsByTagQuery,
                EventsByTagQuery,
                CurrentPersistenceIdsQuery,
                PersistenceIdsQuery {

    /** The plugin's id. */
    public static final String IDENTIFIER = StoreSettings.PATH + ".query";

    /** The tag of every event. */
    public static final String EVERY_EVENT = Reader.EVERY;

    private final JournalDirectory directory;
    private final Codec codec;
    private final EventAdapters adapters;

    LmdbReadJournal(ExtendedActorSystem system, Config config) {
        this.directory = LmdbStorage.get(system).directory(config);
        this.codec = new Codec(system, directory.settings());
        this.adapters = Persistence.get(system).adaptersFor(config.getString("journal"));
    }

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
            String persistenceId, long fromSequenceNr, long toSequenceNr) {
        return byId(persistenceId, fromSequenceNr, toSequenceNr, false);
    }

    @Override
    public Source<EventEnvelope, NotUsed> eventsByPersistenceId(
            String persistenceId, long fromSequenceNr, long toSequenceNr) {
        return byId(persistenceId, fromSequenceNr, toSequenceNr, true);
    }

    private Source<EventEnvelope, NotUsed> byId(
            String persistenceId, long from, long to, boolean live) {
        return Source.unfoldAsync(
                        Math.max(1, from),
                        next ->
                                next > to
                                        ? CompletableFuture.completedFuture(Optional.empty())
                                        : idPage(persistenceId, next, to, live))
                .mapConcat(page -> page)
                .mapConcat(this::envelopes);
    }

    private CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> idPage(
            String persistenceId, long from, long to, boolean live) {
        var seen = directory.lastOrder();
        return directory
                .events(persistenceId, from, to)
                .thenCompose(
                        page ->
                                found(page)
                                        ? some(page)
                                        : orLater(
                                                live,
                                                seen,
                                                () ->
                                                        idPage(
                                                                persistenceId,
                                                                page.next(),
                                                                to,
                                                                true)));
    }

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByTag(String tag, Offset offset) {
        return Source.lazySource(() -> byTag(tag, after(offset), directory.lastOrder(), false))
                .mapMaterializedValue(later -> NotUsed.getInstance());
    }

    @Override
    public Source<EventEnvelope, NotUsed> eventsByTag(String tag, Offset offset) {
        return byTag(tag, after(offset), Long.MAX_VALUE, true);
    }

    private Source<EventEnvelope, NotUsed> byTag(
            String tag, long after, long through, boolean live) {
        return Source.unfoldAsync(after, next -> tagPage(tag, next, through, live))
                .mapConcat(page -> page)
                .mapConcat(this::envelopes);
    }

    private CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> tagPage(
            String tag, long after, long through, boolean live) {
        var seen = directory.lastOrder();
        return directory
                .tagged(tag, after, through)
                .thenCompose(
                        page ->
                                found(page)
                                        ? some(page)
                                        : orLater(
                                                live,
                                                seen,
                                                () -> tagPage(tag, page.next(), through, true)));
    }

    /** A page of deleted events alone is passed on empty: it may have another behind it. */
    private static boolean found(EventPage page) {
        return page.more() || !page.events().isEmpty();
    }

    private static CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> some(
            EventPage page) {
        return CompletableFuture.completedFuture(
                Optional.of(Pair.create(page.next(), page.events())));
    }

    private interface Page {
        CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> read();
    }

    /** Reads again after the next commit; the end when nobody waits or no commit will come. */
    private CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> orLater(
            boolean live, long seen, Page page) {
        if (!live) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return directory
                .after(seen)
                .thenCompose(
                        more ->
                                more
                                        ? page.read()
                                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private static long after(Offset offset) {
        if (offset instanceof Sequence sequence) {
            return sequence.value();
        }
        if (offset.equals(Offset.noOffset())) {
            return 0;
        }
        throw new IllegalArgumentException(
                "offset=" + offset + " is neither a Sequence nor NoOffset");
    }

    private List<EventEnvelope> envelopes(EventPage.Stored stored) {
        var event = stored.event();
        var payload = codec.object(event.payload());
        var adapter = adapters.get(payload.getClass());
        var read = adapter.fromJournal(payload, event.adapterManifest()).events();
        var metadata = codec.repr(event).metadata();
        var envelopes = new ArrayList<EventEnvelope>(1);
        for (var one : CollectionConverters.asJava(read)) {
            envelopes.add(
                    new EventEnvelope(
                            Offset.sequence(stored.order()),
                            event.persistenceId(),
                            event.sequence(),
                            one,
                            event.timestampMs(),
                            metadata));
        }
        return envelopes;
    }

    @Override
    public Source<String, NotUsed> currentPersistenceIds() {
        return ids(false);
    }

    @Override
    public Source<String, NotUsed> persistenceIds() {
        return ids(true);
    }

    private Source<String, NotUsed> ids(boolean live) {
        return Source.unfoldAsync(0, from -> idsFrom(from, live)).mapConcat(ids -> ids);
    }

    private CompletionStage<Optional<Pair<Integer, List<String>>>> idsFrom(int from, boolean live) {
        var seen = directory.lastOrder();
        var ids = directory.persistenceIds(from, directory.settings().pageEvents());
        if (!ids.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Optional.of(Pair.create(from + ids.size(), ids)));
        }
        if (!live) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return directory
                .after(seen)
                .thenCompose(
                        more ->
                                more
                                        ? idsFrom(from, true)
                                        : CompletableFuture.completedFuture(Optional.empty()));
    }
}
