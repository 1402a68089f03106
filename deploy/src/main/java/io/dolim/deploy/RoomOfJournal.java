package io.dolim.deploy;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * How many bytes ordinary writes may still add to the journal. Every order asks, so an answer serves
 * for a moment: what can be written within it is far less than what {@code journal-room} keeps free.
 */
final class RoomOfJournal implements LongSupplier {

    private static final long LIFE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What was read, and when. */
    private record Known(long bytes, long atNs) {}

    private final AtomicReference<Known> known = new AtomicReference<>(read());

    @Override
    public long getAsLong() {
        Known last = Objects.requireNonNull(known.get());
        if (System.nanoTime() - last.atNs <= LIFE_NS) {
            return last.bytes;
        }
        Known now = read();
        known.set(now);
        return now.bytes;
    }

    /** While no journal is open nothing can be written, so nobody is to be held back by it. */
    private static Known read() {
        return new Known(
                JournalFigures.of("OrdinaryRoomBytes").orElse(Long.MAX_VALUE), System.nanoTime());
    }
}
