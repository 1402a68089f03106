package io.dolim.api.rpc;

import java.time.Duration;

/** Watches over the time a WebSocket message takes as a whole, from its first byte to its last. */
final class MessageWatch {

    private final long deadlineNanos;
    private long sinceNanos;
    private boolean pending;

    MessageWatch(Duration deadline) {
        this.deadlineNanos = deadline.toNanos();
    }

    /** All bytes that came are used up; whether a message is half-way. */
    void look(boolean halfWay, long heardNanos) {
        if (halfWay && !pending) {
            sinceNanos = heardNanos;
        }
        pending = halfWay;
    }

    /** A message is whole. */
    void ended() {
        pending = false;
    }

    boolean isLate(long nowNanos) {
        return pending && nowNanos - sinceNanos >= deadlineNanos;
    }
}
