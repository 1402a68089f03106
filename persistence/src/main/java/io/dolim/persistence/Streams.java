package io.dolim.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.LongArrayList;

/**
 * What memory knows of the entities: highest sequence number and deletions of each, and where the
 * events written since the index was last stored are. Only the writer changes it; readers take
 * copies, and take them <em>before</em> they begin to read the file: what moves from here to the
 * index in between is then seen twice, never not at all.
 */
final class Streams {

    /** One entity. Guarded by the {@link Streams} it is in. */
    private static final class Stream {
        private final String persistenceId;
        private final NameHash hash;
        private final LongArrayList sequences = new LongArrayList();
        private final LongArrayList orders = new LongArrayList();
        private long highest;
        private long deletedTo;

        Stream(String persistenceId) {
            this.persistenceId = persistenceId;
            this.hash = NameHash.of(persistenceId);
        }
    }

    /**
     * What of an entity is only in memory.
     *
     * @param deletedTo events up to this sequence number are gone
     * @param sequences of the events that the index does not have yet, rising
     * @param orders their order numbers
     */
    record Recent(long deletedTo, List<Long> sequences, List<Long> orders) {}

    private final Map<String, Stream> byId = new HashMap<>();
    private final List<String> known = new ArrayList<>();
    private final Set<Stream> changed = new LinkedHashSet<>();
    private final Map<NameHash, LongArrayList> tagged = new HashMap<>();
    private int pending;

    synchronized long highest(String persistenceId) {
        var stream = byId.get(persistenceId);
        return stream == null ? 0 : stream.highest;
    }

    synchronized long deletedTo(String persistenceId) {
        var stream = byId.get(persistenceId);
        return stream == null ? 0 : stream.deletedTo;
    }

    /** Events that the index does not have yet. */
    synchronized int pending() {
        return pending;
    }

    synchronized int count() {
        return known.size();
    }

    /** Persistence ids in the order in which they were first heard of. */
    synchronized List<String> ids(int from, int limit) {
        var end = Math.min(known.size(), from + limit);
        return from >= end ? List.of() : List.copyOf(known.subList(from, end));
    }

    synchronized void loaded(String persistenceId, long highest, long deletedTo) {
        var stream = stream(persistenceId);
        stream.highest = highest;
        stream.deletedTo = deletedTo;
    }

    synchronized void written(
            String persistenceId, long sequence, long order, Collection<String> tags) {
        var stream = stream(persistenceId);
        stream.highest = Math.max(stream.highest, sequence);
        stream.sequences.addLong(sequence);
        stream.orders.addLong(order);
        changed.add(stream);
        for (var tag : tags) {
            tagged.computeIfAbsent(NameHash.of(tag), hash -> new LongArrayList()).addLong(order);
        }
        pending++;
    }

    /** An event that has been deleted again still counts for the highest sequence number. */
    synchronized void passed(String persistenceId, long sequence) {
        var stream = stream(persistenceId);
        stream.highest = Math.max(stream.highest, sequence);
        changed.add(stream);
    }

    synchronized void deleted(String persistenceId, long upTo) {
        var stream = stream(persistenceId);
        stream.deletedTo = Math.max(stream.deletedTo, upTo);
        changed.add(stream);
    }

    private Stream stream(String persistenceId) {
        var stream = byId.get(persistenceId);
        if (stream == null) {
            stream = new Stream(persistenceId);
            byId.put(persistenceId, stream);
            known.add(persistenceId);
        }
        return stream;
    }

    /** At most {@code limit} events from {@code from} on that the index does not have yet. */
    synchronized Recent recent(String persistenceId, long from, int limit) {
        var stream = byId.get(persistenceId);
        if (stream == null) {
            return new Recent(0, List.of(), List.of());
        }
        var sequences = new ArrayList<Long>();
        var orders = new ArrayList<Long>();
        var start = firstAtOrAfter(stream.sequences, from);
        for (int i = start; i < stream.sequences.size() && i - start < limit; i++) {
            sequences.add(stream.sequences.getLong(i));
            orders.add(stream.orders.getLong(i));
        }
        return new Recent(stream.deletedTo, sequences, orders);
    }

    /** Order numbers above {@code after} with the tag that the index does not have yet. */
    synchronized List<Long> recentTagged(NameHash tag, long after, int limit) {
        var all = tagged.get(tag);
        if (all == null) {
            return List.of();
        }
        var orders = new ArrayList<Long>();
        var start = firstAtOrAfter(all, after + 1);
        for (int i = start; i < all.size() && i - start < limit; i++) {
            orders.add(all.getLong(i));
        }
        return orders;
    }

    private static int firstAtOrAfter(LongArrayList rising, long value) {
        int low = 0;
        int high = rising.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rising.getLong(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Writes what the index does not have; {@link #stored} follows when that is committed. */
    synchronized void store(OrderedStore.Writing txn) {
        for (var stream : changed) {
            var key = stream.hash.key();
            txn.put(
                    Table.STREAMS,
                    key,
                    IndexRows.stream(key, stream.persistenceId, stream.highest, stream.deletedTo));
            IndexRows.putRuns(txn, stream.hash, stream.sequences, stream.orders);
        }
        for (var entry : tagged.entrySet()) {
            IndexRows.putTagged(txn, entry.getKey(), entry.getValue());
        }
    }

    synchronized void stored() {
        for (var stream : changed) {
            stream.sequences.clear();
            stream.orders.clear();
            stream.sequences.trimToSize();
            stream.orders.trimToSize();
        }
        changed.clear();
        tagged.clear();
        pending = 0;
    }
}
