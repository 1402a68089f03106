package io.dolim.persistence;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Waits a little for a crowd. Whoever was just answered tends to ask again at once; committing the
 * first of them alone would keep the others for a whole commit. So the writer waits until there
 * are as many as last time, for at most half the time that a commit takes: a lone writer is not
 * kept, and a crowd that thins out is waited for once. Of the writer thread.
 */
final class Gathering {

    private final BlockingQueue<Request> queue;
    private final int most;
    private final long limitNs;
    private int lastTime = 1;

    /**
     * @param most requests in a batch
     * @param limitNs longest wait, however long a commit takes
     */
    Gathering(BlockingQueue<Request> queue, int most, long limitNs) {
        this.queue = queue;
        this.most = most;
        this.limitNs = limitNs;
    }

    /** Adds to what is {@code waiting} already. */
    void more(List<Request> waiting, long commitNs) throws InterruptedException {
        var untilNs = System.nanoTime() + Math.min(commitNs / 2, limitNs);
        while (waiting.size() < lastTime) {
            var next = queue.poll(untilNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            waiting.add(next);
            queue.drainTo(waiting, most - waiting.size());
        }
        lastTime = waiting.size();
    }
}
