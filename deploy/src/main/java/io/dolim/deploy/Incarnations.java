package io.dolim.deploy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Numbers of starts: greater at each call, and over restarts of the process as long as the wall clock
 * is not set back by more than the process lived. Only one process writes to a journal at a time.
 */
final class Incarnations implements LongSupplier {

    private final AtomicLong last;

    Incarnations(long startedAtMs) {
        last = new AtomicLong(startedAtMs * 1_000);
    }

    @Override
    public long getAsLong() {
        return last.incrementAndGet();
    }
}
