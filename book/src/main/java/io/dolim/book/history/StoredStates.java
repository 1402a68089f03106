package io.dolim.book.history;

import io.dolim.book.PoolState;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The states that writers stored beside their events, to be compared with those that the events make:
 * byte for byte, by their hashes. Not safe for threads.
 */
public final class StoredStates {

    private final SortedMap<String, SortedMap<Long, String>> hashes = new TreeMap<>();
    private long compared;

    /** A state that is stored otherwise than its events make it. */
    public record Difference(String writer, long sequence, String stored, String folded) {}

    /**
     * A state as it is stored.
     *
     * @param sequence of the last event in it
     * @param hash of its canonical bytes
     */
    public void add(String writer, long sequence, String hash) {
        hashes.computeIfAbsent(writer, _ -> new TreeMap<>()).put(sequence, hash);
    }

    /** Looks whether a state is stored after an event that was taken last, and how it differs. */
    public Optional<Difference> next(Written written, Past past) {
        SortedMap<Long, String> own = hashes.getOrDefault(written.persistenceId(), new TreeMap<>());
        String stored = own.get(written.sequence());
        if (stored == null) {
            return Optional.empty();
        }
        compared++;
        String folded =
                past.replay()
                        .entity(written.persistenceId())
                        .map(PoolState.Entity::hash)
                        .orElse("nothing");
        return stored.equals(folded)
                ? Optional.empty()
                : Optional.of(
                        new Difference(
                                written.persistenceId(), written.sequence(), stored, folded));
    }

    /** How many were compared. */
    public long compared() {
        return compared;
    }
}
