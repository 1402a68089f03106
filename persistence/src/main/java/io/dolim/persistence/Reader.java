package io.dolim.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads pages: copies the rows out, closes the transaction, then checks and decodes. No read
 * transaction outlives a page, so none pins pages for long.
 */
final class Reader {

    /** The tag under which every event is found. */
    static final String EVERY = "*";

    private final OrderedStore store;
    private final Streams streams;
    private final int pageEvents;
    private final long pageBytes;

    Reader(OrderedStore store, Streams streams, int pageEvents, long pageBytes) {
        this.store = store;
        this.streams = streams;
        this.pageEvents = pageEvents;
        this.pageBytes = pageBytes;
    }

    /** A row copied out of its transaction, not yet checked. */
    private static final class Raw {
        private final long order;
        private final byte[] row;

        Raw(long order, byte[] row) {
            this.order = order;
            this.row = row;
        }

        long order() {
            return order;
        }

        byte[] row() {
            return row;
        }
    }

    /** Events of an entity from sequence number {@code from} to {@code to}, both included. */
    EventPage events(String persistenceId, long from, long to) {
        var recent = streams.recent(persistenceId, from, pageEvents);
        var first = Math.max(from, recent.deletedTo() + 1);
        if (first > to) {
            return new EventPage(List.of(), first, false);
        }
        IndexRows.Found found;
        List<Raw> raw;
        try (var txn = store.reading()) {
            found = IndexRows.find(txn, NameHash.of(persistenceId), recent, first, to, pageEvents);
            raw = copy(txn, found.orders());
        }
        var events = new ArrayList<EventPage.Stored>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            decode(raw.get(i), persistenceId, found.sequences().get(i)).ifPresent(events::add);
        }
        var next = raw.isEmpty() ? first : found.sequences().get(raw.size() - 1) + 1;
        var more = raw.size() < found.size() || found.size() == pageEvents;
        return new EventPage(events, next, more && next <= to);
    }

    private static Optional<EventPage.Stored> decode(Raw raw, String persistenceId, long sequence) {
        return switch (LogRow.of(raw.order(), raw.row())) {
            case LogRow.Event event -> {
                require(raw, persistenceId, sequence, event.persistenceId(), event.sequence());
                yield Optional.of(new EventPage.Stored(raw.order(), event));
            }
            case LogRow.Deleted gone -> {
                require(raw, persistenceId, sequence, gone.persistenceId(), gone.sequence());
                yield Optional.empty();
            }
            case LogRow.Deletion other -> throw misplaced(raw, persistenceId, sequence, other);
            case LogRow.Commit other -> throw misplaced(raw, persistenceId, sequence, other);
        };
    }

    private static void require(
            Raw raw, String persistenceId, long sequence, String foundId, long foundSequence) {
        if (!persistenceId.equals(foundId) || sequence != foundSequence) {
            throw misplaced(raw, persistenceId, sequence, foundId + "/" + foundSequence);
        }
    }

    private static JournalCorrupt misplaced(
            Raw raw, String persistenceId, long sequence, Object found) {
        return new JournalCorrupt(
                "log/" + raw.order(),
                "the index wants %s/%d here, found %s".formatted(persistenceId, sequence, found));
    }

    /**
     * Events with the tag and an order number above {@code after} and not above {@code through};
     * {@link #EVERY} is all of them.
     */
    EventPage tagged(String tag, long after, long through) {
        return tag.equals(EVERY)
                ? scan(after, through, event -> true)
                : withTag(tag, after, through);
    }

    private EventPage withTag(String tag, long after, long through) {
        var hash = NameHash.of(tag);
        var recent = streams.recentTagged(hash, after, pageEvents);
        List<Long> found;
        List<Raw> raw;
        try (var txn = store.reading()) {
            found = IndexRows.tagged(txn, hash, recent, after, pageEvents);
            found.removeIf(order -> order > through);
            raw = copy(txn, found);
        }
        var events = new ArrayList<EventPage.Stored>(raw.size());
        for (var row : raw) {
            if (LogRow.of(row.order(), row.row()) instanceof LogRow.Event event
                    && event.tags().contains(tag)) {
                events.add(new EventPage.Stored(row.order(), event));
            }
        }
        var next = raw.isEmpty() ? after : raw.getLast().order();
        var more = raw.size() < found.size() || found.size() == pageEvents;
        return new EventPage(events, next, more);
    }

    /** As {@link #tagged}, of the entities of a type in a range of slices. */
    EventPage sliced(Interest.OfSlices slices, long after, long through) {
        return scan(after, through, event -> slices.holds(event.persistenceId()));
    }

    /** Follows the log itself; a page ends after so many rows, wanted or not. */
    private EventPage scan(long after, long through, Predicate<LogRow.Event> wanted) {
        var raw = new ArrayList<Raw>();
        var bytes = 0L;
        try (var txn = store.reading();
                var rows = txn.rows(Table.LOG)) {
            var there = rows.atOrAfter(Format.order(after + 1));
            while (there && raw.size() < pageEvents && bytes < pageBytes) {
                var order = Format.order(rows.key());
                if (order > through) {
                    break;
                }
                var row = rows.value();
                raw.add(new Raw(order, row));
                bytes += row.length;
                there = rows.next();
            }
        }
        var events = new ArrayList<EventPage.Stored>(raw.size());
        for (var row : raw) {
            if (LogRow.of(row.order(), row.row()) instanceof LogRow.Event event
                    && wanted.test(event)) {
                events.add(new EventPage.Stored(row.order(), event));
            }
        }
        var next = raw.isEmpty() ? after : raw.getLast().order();
        return new EventPage(events, next, raw.size() == pageEvents || bytes >= pageBytes);
    }

    private List<Raw> copy(OrderedStore.Reading txn, List<Long> orders) {
        var raw = new ArrayList<Raw>(orders.size());
        var bytes = 0L;
        try (var rows = txn.rows(Table.LOG)) {
            var previous = 0L;
            for (long order : orders) {
                if (bytes >= pageBytes) {
                    break;
                }
                // neighbours are a step away, others a descent through the tree
                var there =
                        (order == previous + 1 && previous > 0)
                                ? rows.next()
                                : rows.atOrAfter(Format.order(order));
                if (!there || Format.order(rows.key()) != order) {
                    throw new JournalCorrupt("log/" + order, "row is missing");
                }
                var row = rows.value();
                raw.add(new Raw(order, row));
                bytes += row.length;
                previous = order;
            }
        }
        return raw;
    }

    Optional<Snapshot> snapshot(SnapshotRange range) {
        try (var txn = store.reading()) {
            return Snapshot.latest(txn, range);
        }
    }

    /**
     * Fills memory at start: what the index has, then what the log's tail has beyond it; answers
     * the order number that memory has come to.
     */
    static long recover(OrderedStore store, Streams streams) {
        try (var txn = store.reading()) {
            try (var rows = txn.rows(Table.STREAMS)) {
                for (var there = rows.first(); there; there = rows.next()) {
                    var row = IndexRows.stream(rows.key(), rows.value());
                    streams.loaded(row.persistenceId(), row.highest(), row.deletedTo());
                }
            }
            var indexed =
                    txn.value(Table.STORE, Format.indexedKey()).map(Format::indexed).orElse(0L);
            try (var rows = txn.rows(Table.LOG)) {
                var learnt = indexed;
                var there = rows.atOrAfter(Format.order(indexed + 1));
                for (; there; there = rows.next()) {
                    learnt = Format.order(rows.key());
                    learn(streams, learnt, rows.value());
                }
                return learnt;
            }
        }
    }

    static void learn(Streams streams, long order, byte[] row) {
        switch (LogRow.of(order, row)) {
            case LogRow.Event event ->
                    streams.written(event.persistenceId(), event.sequence(), order, event.tags());
            case LogRow.Deleted gone -> streams.passed(gone.persistenceId(), gone.sequence());
            case LogRow.Deletion deletion ->
                    streams.deleted(deletion.persistenceId(), deletion.upTo());
            case LogRow.Commit commit -> {}
        }
    }
}
