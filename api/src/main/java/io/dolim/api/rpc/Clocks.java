package io.dolim.api.rpc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The two clocks of the edge.
 *
 * @param wallMicros Unix microseconds, for what is told to clients and what they sign
 * @param monotonicNanos nanoseconds from any origin, never backwards, for everything that lasts
 */
public record Clocks(LongSupplier wallMicros, LongSupplier monotonicNanos) {

    /** The machine's own. */
    public static Clocks system() {
        return new Clocks(
                () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()), System::nanoTime);
    }

    long micros() {
        return wallMicros.getAsLong();
    }

    long millis() {
        return Math.floorDiv(micros(), 1000);
    }

    long nanos() {
        return monotonicNanos.getAsLong();
    }
}
