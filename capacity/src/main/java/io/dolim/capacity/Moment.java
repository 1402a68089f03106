package io.dolim.capacity;

/**
 * One moment on both clocks; handed in, so that the domain reads none.
 *
 * @param epochMs wall clock, milliseconds since 1970: what is written down
 * @param monotonicNs monotonic clock of this process, nanoseconds: what ages are judged by
 */
public record Moment(long epochMs, long monotonicNs) {

    /** Milliseconds on the monotonic clock since an earlier moment of the same process. */
    public long msSince(Moment earlier) {
        return (monotonicNs - earlier.monotonicNs) / 1_000_000L;
    }
}
