package io.dolim.api.feed;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How fast a made-up or recorded market runs against the wall, and its clock. The feed's own thread
 * waits here; other threads read the clock, report chains as consumed, and close.
 *
 * <p>The clock stands until the first event: an engine takes seconds to start, and hours of a fast
 * market must not pass meanwhile. Then it is the time of the last event. When none has come for a second of wall time more than
 * expected, it runs on by itself, so that a feed that died looks as old as it is.
 */
final class Pace {

    private static final long GRACE_NS = 1_000_000_000L;

    private final double speed;
    private final boolean stepping;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private boolean begun;
    private boolean closed;
    private boolean done;
    private int consumedChain;
    private long lastEventMs;
    private long lastEventNs;
    private long dueNs;
    private long shownMs;

    /**
     * @param speed milliseconds of market a millisecond of wall
     * @param stepping true to follow the consumer and no clock
     * @param nanoTime the wall, monotonic
     */
    Pace(double speed, boolean stepping, long startMs, LongSupplier nanoTime) {
        Bounds.within("speed", speed, 1e-3, 1e6);
        this.speed = speed;
        this.stepping = stepping;
        this.nanoTime = nanoTime;
        this.lastEventMs = startMs;
        this.shownMs = startMs;
        this.lastEventNs = nanoTime.getAsLong();
        this.dueNs = lastEventNs;
    }

    /** Waits until an event of this time is due; false when the feed was closed meanwhile. */
    boolean await(long eventMs) throws InterruptedException {
        lock.lock();
        try {
            if (!begun) {
                begun = true;
                lastEventNs = nanoTime.getAsLong();
            }
            if (!stepping) {
                dueNs = lastEventNs + (long) ((eventMs - lastEventMs) * 1e6 / speed);
                long waitNs = dueNs - nanoTime.getAsLong();
                while (!closed && waitNs > 0) {
                    waitNs = changed.awaitNanos(waitNs);
                }
                waitNs = dueNs - nanoTime.getAsLong();
                // a machine that fell far behind goes on from here instead of racing after it
                lastEventNs = waitNs < -GRACE_NS ? nanoTime.getAsLong() : dueNs;
            }
            lastEventMs = Math.max(lastEventMs, eventMs);
            dueNs = lastEventNs;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the chain was consumed, when stepping; false when the feed was closed. */
    boolean awaitConsumed(int chain) throws InterruptedException {
        lock.lock();
        try {
            while (stepping && !closed && consumedChain < chain) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void consumed(int chain, int sent) {
        lock.lock();
        try {
            if (chain <= sent) {
                consumedChain = Math.max(consumedChain, chain);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come; the clock stands, as it would otherwise age a finished run. */
    void finish() {
        lock.lock();
        try {
            done = true;
        } finally {
            lock.unlock();
        }
    }

    long nowMs() {
        lock.lock();
        try {
            long overdueNs = nanoTime.getAsLong() - Math.max(dueNs, lastEventNs) - GRACE_NS;
            long extraMs =
                    stepping || !begun || done || overdueNs <= 0
                            ? 0
                            : (long) (overdueNs * speed / 1e6);
            shownMs = Math.max(shownMs, lastEventMs + extraMs);
            return shownMs;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
