package io.dolim.persistence;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;

/** The rows of the tables {@code streams}, {@code index} and {@code tags}. */
final class IndexRows {

    /** A longer run would leave LMDB's leaf pages for overflow pages of its own. */
    private static final int RUN_LIMIT = 128;

    private IndexRows() {}

    /** An entity's line in the table {@code streams}. */
    record StreamRow(String persistenceId, long highest, long deletedTo) {}

    static byte[] stream(byte[] key, String persistenceId, long highest, long deletedTo) {
        return new RowOutput().i64(highest).i64(deletedTo).text(persistenceId).sealedUnder(key);
    }

    static StreamRow stream(byte[] key, byte[] row) {
        var in = RowInput.checked("streams", key, row);
        var highest = in.i64();
        var deletedTo = in.i64();
        var stream = new StreamRow(in.text(), highest, deletedTo);
        in.end();
        return stream;
    }

    /** One row per run of consecutive sequence numbers, keyed by the first of them. */
    static void putRuns(
            OrderedStore.Writing txn,
            NameHash stream,
            LongArrayList sequences,
            LongArrayList orders) {
        int start = 0;
        for (int i = 1; i <= sequences.size(); i++) {
            if (i == sequences.size()
                    || i - start == RUN_LIMIT
                    || sequences.getLong(i) != sequences.getLong(i - 1) + 1) {
                var key = stream.key(sequences.getLong(start));
                txn.put(Table.INDEX, key, orders(key, orders, start, i));
                start = i;
            }
        }
    }

    static void putTagged(OrderedStore.Writing txn, NameHash tag, LongArrayList orders) {
        for (int start = 0; start < orders.size(); start += RUN_LIMIT) {
            var key = tag.key(orders.getLong(start));
            var end = Math.min(orders.size(), start + RUN_LIMIT);
            txn.put(Table.TAGS, key, orders(key, orders, start, end));
        }
    }

    private static byte[] orders(byte[] key, LongArrayList orders, int from, int to) {
        var out = new RowOutput();
        for (int i = from; i < to; i++) {
            out.i64(orders.getLong(i));
        }
        return out.sealedUnder(key);
    }

    static List<Long> orders(String place, byte[] key, byte[] row) {
        var in = RowInput.checked(place, key, row);
        var orders = new ArrayList<Long>(in.remaining() / 8);
        while (in.remaining() > 0) {
            orders.add(in.i64());
        }
        return orders;
    }

    /**
     * Finds where an entity's events are.
     *
     * @param recent what memory knows, taken before {@code txn} began
     * @return sequence numbers and order numbers, both rising, at most {@code limit}
     */
    static Found find(
            OrderedStore.Reading txn,
            NameHash stream,
            Streams.Recent recent,
            long from,
            long to,
            int limit) {
        var found = new Found(new ArrayList<>(), new ArrayList<>());
        try (var rows = txn.rows(Table.INDEX)) {
            var there = rows.atOrBefore(stream.key(from)) && stream.owns(rows.key());
            there = there || rows.atOrAfter(stream.key(from));
            while (there && stream.owns(rows.key()) && found.size() < limit) {
                var key = rows.key();
                var first = NameHash.number(key);
                if (first > to) {
                    break;
                }
                var orders = orders("index", key, rows.value());
                for (int i = 0; i < orders.size(); i++) {
                    found.add(first + i, orders.get(i), from, to, limit);
                }
                there = rows.next();
            }
        }
        for (int i = 0; i < recent.sequences().size(); i++) {
            found.add(recent.sequences().get(i), recent.orders().get(i), from, to, limit);
        }
        return found;
    }

    /** Places of events, without those seen before. */
    record Found(List<Long> sequences, List<Long> orders) {

        int size() {
            return sequences.size();
        }

        void add(long sequence, long order, long from, long to, int limit) {
            var next = sequences.isEmpty() ? from : Math.max(from, sequences.getLast() + 1);
            if (sequence >= next && sequence <= to && sequences.size() < limit) {
                sequences.add(sequence);
                orders.add(order);
            }
        }
    }

    /** Order numbers above {@code after} with the tag, rising, at most {@code limit}. */
    static List<Long> tagged(
            OrderedStore.Reading txn, NameHash tag, List<Long> recent, long after, int limit) {
        var found = new ArrayList<Long>();
        try (var rows = txn.rows(Table.TAGS)) {
            var start = tag.key(after + 1);
            var there = rows.atOrBefore(start) && tag.owns(rows.key());
            there = there || rows.atOrAfter(start);
            while (there && tag.owns(rows.key()) && found.size() < limit) {
                var key = rows.key();
                addAbove(found, orders("tags", key, rows.value()), after, limit);
                there = rows.next();
            }
        }
        addAbove(found, recent, after, limit);
        return found;
    }

    private static void addAbove(List<Long> found, List<Long> orders, long after, int limit) {
        for (long order : orders) {
            var last = found.isEmpty() ? after : found.getLast();
            if (order > last && found.size() < limit) {
                found.add(order);
            }
        }
    }
}
