package io.dolim.persistence;

/**
 * A snapshot as it is stored.
 *
 * @param sequence of the last event in it
 * @param timestampMs what the clock of the entity said
 */
public record StoredSnapshot(
        String persistenceId, long sequence, long timestampMs, Payload state) {}
