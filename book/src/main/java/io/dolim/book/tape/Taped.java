package io.dolim.book.tape;

import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import java.util.Arrays;
import java.util.Set;

/**
 * A {@link TapedBatch} as it is stored, {@code taped.1}; the bytes are described in {@code
 * doc/events.md}.
 *
 * @param epochMs the second's begin on the feed's clock, milliseconds since 1970
 * @param heard the rest of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // never leaves uncopied, and is compared by its bytes
public record Taped(Underlying underlying, long epochMs, byte[] heard) implements StoredEvent {

    /** Copies the bytes. */
    public Taped {
        heard = heard.clone();
    }

    /** The stored form of a batch. */
    public static Taped of(TapedBatch batch) {
        return new Taped(batch.underlying(), batch.epochMs(), TapeWriter.bytes(batch));
    }

    /** @throws IllegalArgumentException when the bytes are no batch */
    public TapedBatch batch() {
        return new TapeReader(heard).batch(underlying, epochMs);
    }

    @Override
    public byte[] heard() {
        return heard.clone();
    }

    /** Under which names read models find it. */
    public Set<String> tags() {
        return Set.of("kind:taped", "underlying:" + underlying);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Taped taped
                && underlying.equals(taped.underlying)
                && epochMs == taped.epochMs
                && Arrays.equals(heard, taped.heard);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(epochMs) + Arrays.hashCode(heard);
    }

    @Override
    public String toString() {
        return "Taped[" + underlying + " " + epochMs + " bytes=" + heard.length + "]";
    }
}
