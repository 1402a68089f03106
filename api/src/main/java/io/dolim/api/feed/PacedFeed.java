package io.dolim.api.feed;

import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.MarketFeed;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A feed that makes its events up or reads them, on one thread of its own, at a {@link Pace}. */
abstract class PacedFeed implements MarketFeed {

    private static final Logger LOG = LoggerFactory.getLogger(PacedFeed.class);
    private static final long CLOSE_WITHIN_MS = 5_000;

    private final Pace pace;
    private final int total;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile Progress progress;

    /** @param total how many chains there are; 0 without an end */
    PacedFeed(Pace pace, int total) {
        this.pace = pace;
        this.total = total;
        this.progress = new Progress(0, total, false);
    }

    /** Delivers everything there is; returns when that is done or a wait said that it is over. */
    abstract void deliver(Consumer<FeedEvent> consumer) throws Exception;

    @Override
    public final void start(Consumer<FeedEvent> consumer) {
        Thread own =
                Thread.ofPlatform()
                        .name("feed-" + getClass().getSimpleName())
                        .daemon(true)
                        .unstarted(() -> run(consumer));
        if (pace.isClosed() || !thread.compareAndSet(null, own)) {
            throw new IllegalStateException("a feed starts once, and not after it was closed");
        }
        own.start();
    }

    @Override
    public final long nowMs() {
        return pace.nowMs();
    }

    @Override
    public final void consumed(int chainNumber) {
        pace.consumed(chainNumber, progress().chain());
    }

    @Override
    public final Progress progress() {
        return progress;
    }

    @Override
    public final void close() {
        pace.close();
        Thread own = thread.get();
        if (own == null || own == Thread.currentThread()) {
            return;
        }
        try {
            own.join(CLOSE_WITHIN_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    final Pace pace() {
        return pace;
    }

    /** A chain was sent whole; when stepping, waits until it was consumed. False when over. */
    final boolean endChain(Consumer<FeedEvent> consumer, FeedEvent.ChainEnd end)
            throws InterruptedException {
        progress = new Progress(end.number(), total, false);
        consumer.accept(end);
        return pace.awaitConsumed(end.number());
    }

    private void run(Consumer<FeedEvent> consumer) {
        try {
            deliver(consumer);
            progress = new Progress(progress.chain(), total, true);
            pace.finish();
        } catch (Exception broken) {
            // the clock runs on, so that the guard sees the silence and stops quoting
            LOG.error("feed broke down after chain={}", progress.chain(), broken);
        }
    }
}
