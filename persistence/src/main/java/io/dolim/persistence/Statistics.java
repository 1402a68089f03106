package io.dolim.persistence;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Counters of the writer and the place where readers wait for the next commit. */
final class Statistics {

    private volatile Optional<Head> head = Optional.empty();
    private volatile boolean halted;
    private volatile CompletableFuture<Boolean> next = new CompletableFuture<>();
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
        var waiting = next;
        next = new CompletableFuture<>();
        waiting.complete(true);
    }

    synchronized Counted counted() {
        return new Counted(commits, events, bytes, commitNanos, maxCommitNanos);
    }

    Head head() {
        return head.orElseThrow(() -> new IllegalStateException("writer not started"));
    }

    /** Completes with true once there is a commit after {@code order}, with false at the end. */
    CompletableFuture<Boolean> after(long order) {
        var waiting = next;
        return head().order() > order ? CompletableFuture.completedFuture(true) : waiting;
    }

    void halted() {
        halted = true;
    }

    boolean isHalted() {
        return halted;
    }

    /** Lets everybody go who waits; those who come later go at once. */
    void close() {
        next.complete(false);
    }
}
