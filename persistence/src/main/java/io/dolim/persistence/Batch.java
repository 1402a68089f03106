package io.dolim.persistence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One write transaction in the making. Rows go to the log with their hashes into the chain; what
 * memory is to learn is kept back until {@link #seal} was committed. Used by the writer thread.
 */
final class Batch {

    /** What a committed batch tells memory. */
    private sealed interface Lesson {}

    private record Written(Request.Entry entry, long order) implements Lesson {}

    private record Gone(String persistenceId, long upTo) implements Lesson {}

    private final OrderedStore.Writing txn;
    private final Head before;
    private final Streams streams;
    private final Chain chain;
    private final List<Lesson> lessons = new ArrayList<>();
    private final Map<String, Long> highest = new HashMap<>();
    private long order;
    private long events;
    private long bytes;
    private boolean storesIndex;

    Batch(OrderedStore.Writing txn, Head before, Streams streams, Chain chain) {
        this.txn = txn;
        this.before = before;
        this.streams = streams;
        this.chain = chain;
        this.order = before.order();
        chain.begin(before.chain());
    }

    /** Answers the order number of the last entry; {@link #admit} came before. */
    long append(Request.Append append) {
        for (var entry : append.entries()) {
            row(entry.row());
            lessons.add(new Written(entry, order));
            events++;
        }
        return order;
    }

    /**
     * Notes that the entries will be written.
     *
     * @throws SequenceNumberTaken and notes nothing when one of them is not above what its entity
     *     has written, in this batch or before
     */
    void admit(Request.Append append) {
        if (append.entries().size() == 1) {
            admit(append.entries().getFirst());
        } else {
            admitAll(append);
        }
    }

    private void admit(Request.Entry entry) {
        var known = highest(entry.persistenceId());
        if (entry.sequence() <= known) {
            throw new SequenceNumberTaken(entry.persistenceId(), entry.sequence(), known);
        }
        highest.put(entry.persistenceId(), entry.sequence());
    }

    private void admitAll(Request.Append append) {
        var noted = new HashMap<String, Long>();
        for (var entry : append.entries()) {
            var id = entry.persistenceId();
            var known = noted.containsKey(id) ? noted.get(id) : highest(id);
            if (entry.sequence() <= known) {
                throw new SequenceNumberTaken(id, entry.sequence(), known);
            }
            noted.put(id, entry.sequence());
        }
        highest.putAll(noted);
    }

    private long highest(String persistenceId) {
        var noted = highest.get(persistenceId);
        return noted == null ? streams.highest(persistenceId) : noted;
    }

    private void row(byte[] row) {
        order++;
        var key = Format.order(order);
        Checksum.seal(key, row);
        chain.add(row);
        txn.append(Table.LOG, key, row);
        bytes += row.length;
    }

    /** Leaves hashes where the entity's events up to {@code upTo} stood. */
    void delete(String persistenceId, long upTo) {
        var from = streams.deletedTo(persistenceId) + 1;
        var hash = NameHash.of(persistenceId);
        var recent = streams.recent(persistenceId, from, Integer.MAX_VALUE);
        var found = IndexRows.find(txn, hash, recent, from, upTo, Integer.MAX_VALUE);
        for (int i = 0; i < found.size(); i++) {
            var at = found.orders().get(i);
            var key = Format.order(at);
            var stored =
                    txn.value(Table.LOG, key)
                            .orElseThrow(() -> new JournalCorrupt("log/" + at, "row is missing"));
            var sequence = found.sequences().get(i);
            var left = new LogRow.Deleted(persistenceId, sequence, chain.hash(stored)).unsealed();
            Checksum.seal(key, left);
            txn.put(Table.LOG, key, left);
        }
        row(new LogRow.Deletion(persistenceId, upTo).unsealed());
        lessons.add(new Gone(persistenceId, upTo));
    }

    void save(Snapshot snapshot) {
        var row = snapshot.row();
        txn.put(Table.SNAPSHOTS, snapshot.key(), row);
        bytes += row.length;
    }

    void forget(SnapshotRange range) {
        Snapshot.keys(txn, range).forEach(key -> txn.remove(Table.SNAPSHOTS, key));
    }

    /** Also writes the index of everything before this batch. */
    void storeIndex() {
        streams.store(txn);
        txn.put(Table.STORE, Format.indexedKey(), Format.indexedRow(before.order()));
        storesIndex = true;
    }

    /** Writes the row that ends the commit and answers the head it makes. */
    Head seal(long timeMs) {
        var end = chain.end(before.commit() + 1, txn.transaction(), timeMs);
        order++;
        var key = Format.order(order);
        var row = end.unsealed();
        Checksum.seal(key, row);
        txn.append(Table.LOG, key, row);
        bytes += row.length;
        return new Head(order, end.number(), end.transaction(), end.chain());
    }

    /** After the commit: tells memory. */
    void learn() {
        if (storesIndex) {
            streams.stored();
        }
        for (var lesson : lessons) {
            switch (lesson) {
                case Written(var entry, var at) ->
                        streams.written(entry.persistenceId(), entry.sequence(), at, entry.tags());
                case Gone(var id, var upTo) -> streams.deleted(id, upTo);
            }
        }
    }

    /** The events of this commit. */
    List<Request.Entry> written() {
        var written = new ArrayList<Request.Entry>(lessons.size());
        for (var lesson : lessons) {
            if (lesson instanceof Written(var entry, var at)) {
                written.add(entry);
            }
        }
        return written;
    }

    long events() {
        return events;
    }

    long bytes() {
        return bytes;
    }
}
