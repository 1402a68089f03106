package io.dolim.book;

import io.dolim.book.trade.BodyHash;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The engine at a cut: how far each writer's journal was read, and the hash of what it says.
 *
 * @param entities by persistence id
 */
public record PoolState(SortedMap<String, Entity> entities) {

    /**
     * One writer.
     *
     * @param sequence of the last event
     * @param hash of the canonical state, hexadecimal
     */
    public record Entity(long sequence, String hash) {}

    /** Copies the entities. */
    public PoolState {
        entities = Collections.unmodifiableSortedMap(new TreeMap<>(entities));
    }

    /** The cut: persistence id to sequence number. */
    public SortedMap<String, Long> cut() {
        SortedMap<String, Long> cut = new TreeMap<>();
        entities.forEach((id, entity) -> cut.put(id, entity.sequence()));
        return cut;
    }

    /** SHA-256 over the lines {@code id sequence hash}, sorted by id. */
    public String stateHash() {
        StringBuilder lines = new StringBuilder();
        entities.forEach(
                (id, entity) ->
                        lines.append(id)
                                .append(' ')
                                .append(entity.sequence())
                                .append(' ')
                                .append(entity.hash())
                                .append('\n'));
        return BodyHash.of(lines.toString()).hex();
    }
}
