package io.dolim.persistence;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot as it is stored, keyed by entity, sequence number and time.
 *
 * @param timestampMs what the clock of the entity said
 */
record Snapshot(
        String persistenceId,
        long sequence,
        long timestampMs,
        Payload state,
        Optional<Payload> metadata) {

    byte[] key() {
        return NameHash.of(persistenceId).key(sequence, timestampMs);
    }

    byte[] row() {
        var out = new RowOutput().i64(sequence).i64(timestampMs).text(persistenceId);
        state.write(out);
        out.u8(metadata.isPresent() ? 1 : 0);
        metadata.ifPresent(value -> value.write(out));
        return out.sealedUnder(key());
    }

    private static Snapshot of(byte[] key, byte[] row) {
        var in = RowInput.checked("snapshots/" + NameHash.number(key), key, row);
        var sequence = in.i64();
        var timestampMs = in.i64();
        var persistenceId = in.text();
        var state = Payload.read(in);
        var metadata = in.u8() == 0 ? Optional.<Payload>empty() : Optional.of(Payload.read(in));
        in.end();
        return new Snapshot(persistenceId, sequence, timestampMs, state, metadata);
    }

    /** The latest one in range. */
    static Optional<Snapshot> latest(OrderedStore.Reading txn, SnapshotRange range) {
        var hash = NameHash.of(range.persistenceId());
        try (var rows = txn.rows(Table.SNAPSHOTS)) {
            var there = rows.atOrBefore(hash.key(range.maxSequence(), Long.MAX_VALUE));
            while (there && hash.owns(rows.key())) {
                var key = rows.key();
                if (range.holds(NameHash.number(key), timestamp(key))) {
                    return Optional.of(of(key, rows.value()));
                }
                there = rows.previous();
            }
            return Optional.empty();
        }
    }

    /** All of an entity, oldest first. */
    static List<Snapshot> all(OrderedStore.Reading txn, String persistenceId) {
        var hash = NameHash.of(persistenceId);
        var found = new ArrayList<Snapshot>();
        try (var rows = txn.rows(Table.SNAPSHOTS)) {
            var there = rows.atOrAfter(hash.key(0, 0));
            while (there && hash.owns(rows.key())) {
                found.add(of(rows.key(), rows.value()));
                there = rows.next();
            }
        }
        return found;
    }

    /** The keys of all in range. */
    static List<byte[]> keys(OrderedStore.Reading txn, SnapshotRange range) {
        var hash = NameHash.of(range.persistenceId());
        var keys = new ArrayList<byte[]>();
        try (var rows = txn.rows(Table.SNAPSHOTS)) {
            var there = rows.atOrAfter(hash.key(Math.max(0, range.minSequence()), 0));
            while (there && hash.owns(rows.key())) {
                var key = rows.key();
                if (range.holds(NameHash.number(key), timestamp(key))) {
                    keys.add(key);
                }
                there = rows.next();
            }
        }
        return keys;
    }

    private static long timestamp(byte[] key) {
        return ByteBuffer.wrap(key).getLong(NameHash.BYTES + 8);
    }
}
