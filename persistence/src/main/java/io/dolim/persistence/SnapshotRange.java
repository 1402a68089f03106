package io.dolim.persistence;

/** Snapshots of an entity within bounds, all of them inclusive. */
record SnapshotRange(
        String persistenceId,
        long minSequence,
        long maxSequence,
        long minTimestampMs,
        long maxTimestampMs) {

    boolean holds(long sequence, long timestampMs) {
        return sequence >= minSequence
                && sequence <= maxSequence
                && timestampMs >= minTimestampMs
                && timestampMs <= maxTimestampMs;
    }
}
