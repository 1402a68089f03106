package io.dolim.persistence;

import java.util.Optional;

/** Counters of the writer, and where the journal ends. */
final class Statistics {

    private volatile Optional<Head> head = Optional.empty();
    private volatile boolean halted;
    private long commits;
    private long events;
    private long bytes;
    private long commitNanos;
    private long maxCommitNanos;

    /** What the counters say at one moment. */
    record Counted(long commits, long events, long bytes, long commitNanos, long maxCommitNanos) {}

    void committed(Head sealed, long newEvents, long newBytes, long nanos) {
        synchronized (this) {
            head = Optional.of(sealed);
            commits += nanos > 0 ? 1 : 0;
            events += newEvents;
            bytes += newBytes;
            commitNanos += nanos;
            maxCommitNanos = Math.max(maxCommitNanos, nanos);
        }
    }

    synchronized Counted counted() {
        return new Counted(commits, events, bytes, commitNanos, maxCommitNanos);
    }

    Head head() {
        return head.orElseThrow(() -> new IllegalStateException("writer not started"));
    }

    void halted() {
        halted = true;
    }

    boolean isHalted() {
        return halted;
    }
}
