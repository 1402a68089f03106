package io.dolim.api.rpc;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all sessions' queues may hold together: a bound per session alone is no bound on the process. Thread-safe. */
final class Budget {

    private final long max;
    private final AtomicLong used = new AtomicLong();

    Budget(long max) {
        this.max = max;
    }

    /** Takes so many bytes (gives back where negative); whether they were there for this precedence. */
    boolean take(long bytes, Precedence precedence) {
        if (used.addAndGet(bytes) <= precedence.of(max) || bytes <= 0) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Whether so many bytes would be there. */
    boolean has(long bytes, Precedence precedence) {
        return used.get() + bytes <= precedence.of(max);
    }

    long used() {
        return used.get();
    }
}
