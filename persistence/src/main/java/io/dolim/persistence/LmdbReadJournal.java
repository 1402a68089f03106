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
import org.apache.pekko.persistence.query.typed.javadsl.CurrentEventsBySliceQuery;
import org.apache.pekko.persistence.query.typed.javadsl.EventsBySliceQuery;
import org.apache.pekko.stream.javadsl.Source;
import scala.Option;
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
                PersistenceIdsQuery,
                CurrentEventsBySliceQuery,
                EventsBySliceQuery {

    /** The plugin's id. */
    public static final String IDENTIFIER = StoreSettings.PATH + ".query";

    /** The tag of every event. */
    public static final String EVERY_EVENT = Reader.EVERY;

    private static final CompletableFuture<Boolean> NEVER =
            CompletableFuture.completedFuture(false);
    private static final CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> END =
            CompletableFuture.completedFuture(Optional.empty());

    private final JournalDirectory directory;
    private final Codec codec;
    private final EventAdapters adapters;
    private final Persistence persistence;

    LmdbReadJournal(ExtendedActorSystem system, Config config) {
        this.directory = LmdbStorage.get(system).directory(config);
        this.codec = new Codec(system, directory.settings());
        this.persistence = Persistence.get(system);
        this.adapters = persistence.adaptersFor(config.getString("journal"));
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
        return page(
                live,
                new Interest.OfEntity(persistenceId),
                from,
                next -> directory.events(persistenceId, next, to));
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
        var interest = tag.equals(EVERY_EVENT) ? new Interest.OfAll() : new Interest.OfTag(tag);
        return stored(live, interest, after, next -> directory.tagged(tag, next, through))
                .mapConcat(this::envelopes);
    }

    @Override
    public <E>
            Source<org.apache.pekko.persistence.query.typed.EventEnvelope<E>, NotUsed>
                    currentEventsBySlices(
                            String entityType, int minSlice, int maxSlice, Offset offset) {
        var slices = new Interest.OfSlices(entityType, minSlice, maxSlice);
        var after = after(offset);
        return Source.lazySource(
                        () -> this.<E>bySlices(slices, after, directory.lastOrder(), false))
                .mapMaterializedValue(later -> NotUsed.getInstance());
    }

    /**
     * {@inheritDoc}
     *
     * <p>The offset of each envelope is a {@link Sequence} of its order number; the log itself is
     * read and filtered.
     */
    @Override
    public <E>
            Source<org.apache.pekko.persistence.query.typed.EventEnvelope<E>, NotUsed>
                    eventsBySlices(String entityType, int minSlice, int maxSlice, Offset offset) {
        var slices = new Interest.OfSlices(entityType, minSlice, maxSlice);
        return bySlices(slices, after(offset), Long.MAX_VALUE, true);
    }

    private <E> Source<org.apache.pekko.persistence.query.typed.EventEnvelope<E>, NotUsed> bySlices(
            Interest.OfSlices slices, long after, long through, boolean live) {
        return stored(live, slices, after, next -> directory.sliced(slices, next, through))
                .mapConcat(this::envelopes)
                .map(envelope -> typed(slices.entityType(), envelope));
    }

    @SuppressWarnings("unchecked") // the caller names the type of what its entities persist
    private static <E> org.apache.pekko.persistence.query.typed.EventEnvelope<E> typed(
            String entityType, EventEnvelope envelope) {
        return new org.apache.pekko.persistence.query.typed.EventEnvelope<>(
                envelope.offset(),
                envelope.persistenceId(),
                envelope.sequenceNr(),
                Option.apply((E) envelope.event()),
                envelope.timestamp(),
                envelope.eventMetadata(),
                entityType,
                Interest.slice(envelope.persistenceId()));
    }

    Persistence persistence() {
        return persistence;
    }

    @Override
    public int sliceForPersistenceId(String persistenceId) {
        return persistence.sliceForPersistenceId(persistenceId);
    }

    @Override
    public List<Pair<Integer, Integer>> sliceRanges(int numberOfRanges) {
        return persistence.getSliceRanges(numberOfRanges);
    }

    private Source<EventPage.Stored, NotUsed> stored(
            boolean live, Interest interest, long from, Pages pages) {
        return Source.unfoldAsync(from, next -> page(live, interest, next, pages))
                .mapConcat(page -> page);
    }

    /** Reads a page from a number on. */
    private interface Pages {
        CompletionStage<EventPage> from(long next);
    }

    /** An empty page is waited for: read again after something of interest was committed. */
    private CompletionStage<Optional<Pair<Long, List<EventPage.Stored>>>> page(
            boolean live, Interest interest, long from, Pages pages) {
        // asked for before the page is read, or a commit in between would wake nobody
        var wake = live ? directory.next(interest) : NEVER;
        return pages.from(from)
                .thenCompose(
                        page ->
                                found(page)
                                        ? some(page)
                                        : wake.thenCompose(
                                                more ->
                                                        more
                                                                ? page(
                                                                        true,
                                                                        interest,
                                                                        page.next(),
                                                                        pages)
                                                                : END));
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
        var wake = live ? directory.next(new Interest.OfNewEntities()) : NEVER;
        var ids = directory.persistenceIds(from, directory.settings().pageEvents());
        if (!ids.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Optional.of(Pair.create(from + ids.size(), ids)));
        }
        return wake.thenCompose(
                more ->
                        more
                                ? idsFrom(from, true)
                                : CompletableFuture.completedFuture(Optional.empty()));
    }
}
