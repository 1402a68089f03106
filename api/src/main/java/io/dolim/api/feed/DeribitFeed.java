package io.dolim.api.feed;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.MarketFeed;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deribit, live: indices, perpetuals and the chains of its linear USDC options over one WebSocket.
 *
 * <p>A lost connection, silence, frames beyond the bound or too much nonsense halt every market and
 * lead to a new connection, after a pause that doubles up to a bound and is drawn by lot within its
 * upper half; then everything is subscribed anew, and a market resumes with its first index tick.
 * Everything happens on one thread of its own.
 */
public final class DeribitFeed implements MarketFeed {

    private static final Logger LOG = LoggerFactory.getLogger(DeribitFeed.class);
    private static final FeedSource SOURCE = FeedSource.real("deribit");
    private static final long ROW_STALE_MS = 60_000;
    private static final long INSTRUMENTS_EVERY_POLLS = 300;
    private static final long HEALTHY_AFTER_POLLS = 10;
    private static final long MOST_MALFORMED = 100;
    private static final long CLOSE_WITHIN_MS = 5_000;

    private final Settings settings;
    private final DeribitWire wire;
    private final DeribitChains chains;
    private final DeribitHalts halts;
    private final Dice dice;
    private final HttpClient client;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicLong shownMs = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();

    private Consumer<FeedEvent> consumer = _ -> {};
    private Optional<DeribitLink> link = Optional.empty();
    private boolean started;
    private boolean isOpen;
    private volatile Progress progress = new Progress(0, 0, false);
    private int failures;
    private long malformedHere;
    private long pollsHere;
    private boolean relist;
    private long lastHeardNs;

    /**
     * Where and how.
     *
     * @param endpoint as in {@code wss://www.deribit.com/ws/api/v2}
     * @param underlyings whose markets are wanted
     * @param connectMs a connection that is not open by then is given up
     * @param silenceMs a connection that said nothing sensible for so long is cut
     * @param pollMs time between two chains
     * @param heartbeatSeconds asked of the venue; 10 at least
     * @param maxFrame characters of the longest frame that is read
     * @param backoffMinMs first pause before connecting again
     * @param backoffMaxMs longest pause
     * @param seed of the pauses' lot
     */
    public record Settings(
            URI endpoint,
            SortedSet<Underlying> underlyings,
            long connectMs,
            long silenceMs,
            long pollMs,
            int heartbeatSeconds,
            int maxFrame,
            long backoffMinMs,
            long backoffMaxMs,
            long seed) {

        /** @throws IllegalArgumentException when a number is out of range or nothing is wanted */
        public Settings {
            underlyings = Collections.unmodifiableSortedSet(new TreeSet<>(underlyings));
            Bounds.within("underlyings", underlyings.size(), 1, 50);
            Bounds.within("connectMs", connectMs, 1, 600_000);
            Bounds.within("silenceMs", silenceMs, 1, 600_000);
            Bounds.within("pollMs", pollMs, 1, 600_000);
            Bounds.within("heartbeatSeconds", heartbeatSeconds, 10, 3_600);
            Bounds.within("maxFrame", maxFrame, 1_024, 64 << 20);
            Bounds.within("backoffMinMs", backoffMinMs, 1, 600_000);
            Bounds.within("backoffMaxMs", backoffMaxMs, backoffMinMs, 3_600_000);
        }
    }

    public DeribitFeed(Settings settings) {
        this.settings = settings;
        this.wire = new DeribitWire(settings.maxFrame());
        this.chains = new DeribitChains(SOURCE, settings.underlyings(), ROW_STALE_MS);
        this.halts = new DeribitHalts(SOURCE, settings.underlyings());
        this.dice = new Dice(settings.seed());
        this.client = HttpClient.newHttpClient();
        this.thread =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("feed-deribit").daemon(true).factory());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRejectedExecutionHandler(
                (task, _) -> LOG.debug("closed, not done any more: {}", task));
    }

    /** Limits that fit this feed: its index is itself an average of venues, so one source. */
    public GuardRules guardRules() {
        return GuardRules.standard(new TreeSet<>(List.of(SOURCE.name())), 1);
    }

    @Override
    public synchronized void start(Consumer<FeedEvent> events) {
        if (started || thread.isShutdown()) {
            throw new IllegalStateException("a feed starts once, and not after it was closed");
        }
        started = true;
        thread.execute(
                guarded(
                        () -> {
                            consumer = events;
                            connect();
                        }));
        long watchMs = Math.max(1, settings.silenceMs() / 4);
        every(watchMs, this::watch);
        every(settings.pollMs(), this::poll);
    }

    @Override
    public long nowMs() {
        return shownMs.accumulateAndGet(System.currentTimeMillis(), Math::max);
    }

    @Override
    public void consumed(int chainNumber) {}

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public void close() {
        thread.execute(
                () -> {
                    consumer = _ -> {};
                    link.ifPresent(DeribitLink::cut);
                });
        thread.shutdown();
        client.shutdownNow();
        if (Thread.currentThread().getName().equals("feed-deribit")) {
            return;
        }
        try {
            if (!thread.awaitTermination(CLOSE_WITHIN_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the consumer holds the feed's thread ms={}", CLOSE_WITHIN_MS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often a connection was opened. */
    public long connections() {
        return connections.get();
    }

    /** Frames that were not what the protocol says. */
    public long malformedFrames() {
        return malformed.get();
    }

    private void connect() {
        isOpen = false;
        malformedHere = 0;
        pollsHere = 0;
        lastHeardNs = System.nanoTime();
        DeribitLink next =
                new DeribitLink(
                        task -> thread.execute(guarded(task)),
                        settings.maxFrame(),
                        this::opened,
                        this::onFrame,
                        this::onLost);
        link = Optional.of(next);
        next.connect(client, settings.endpoint(), Duration.ofMillis(settings.connectMs()));
    }

    private void opened(DeribitLink open) {
        isOpen = true;
        lastHeardNs = System.nanoTime();
        connections.incrementAndGet();
        LOG.info("connected endpoint={}", settings.endpoint());
        open.send(wire.setHeartbeat(settings.heartbeatSeconds()));
        open.send(wire.getStatus());
        open.send(wire.getInstruments());
        open.send(wire.subscribe(channels()));
        open.send(wire.getBookSummary());
    }

    private List<String> channels() {
        List<String> channels = new ArrayList<>();
        channels.add("platform_state");
        channels.add("instrument.state.option.USDC");
        for (Underlying underlying : settings.underlyings()) {
            channels.add("deribit_price_index." + underlying.indexName());
            channels.add("markprice.options." + underlying.indexName());
            channels.add("ticker." + underlying.perpetualName() + ".100ms");
        }
        return channels;
    }

    private void onLost(String why) {
        isOpen = false;
        for (Underlying underlying : settings.underlyings()) {
            halts.set(underlying, DeribitHalts.Cause.CONNECTION_LOST, true, nowMs())
                    .forEach(consumer);
        }
        double doubled = Math.scalb((double) settings.backoffMinMs(), Math.min(failures, 30));
        double pauseMs =
                Math.min(doubled, (double) settings.backoffMaxMs()) * (0.5 + 0.5 * dice.uniform());
        failures++;
        LOG.warn("connection lost why={} pauseMs={}", why, (long) pauseMs);
        var _ = thread.schedule(guarded(this::connect), (long) pauseMs, TimeUnit.MILLISECONDS);
    }

    private void watch() {
        long silentMs = (System.nanoTime() - lastHeardNs) / 1_000_000;
        if (isOpen && silentMs > settings.silenceMs()) {
            link.ifPresent(open -> open.lose("silent for ms=" + silentMs));
        }
    }

    private void poll() {
        if (!isOpen) {
            return;
        }
        pollsHere++;
        if (pollsHere == HEALTHY_AFTER_POLLS) {
            failures = 0;
        }
        link.ifPresent(open -> open.send(wire.getBookSummary()));
        if (relist || pollsHere % INSTRUMENTS_EVERY_POLLS == 0) {
            relist = false;
            link.ifPresent(open -> open.send(wire.getInstruments()));
        }
        List<FeedEvent> events = chains.chains(nowMs());
        if (!events.isEmpty()) {
            events.forEach(consumer);
            int number = progress.chain() + 1;
            progress = new Progress(number, 0, false);
            consumer.accept(new FeedEvent.ChainEnd(SOURCE, nowMs(), number, 0));
        }
    }

    private void onFrame(String frame) {
        DeribitMessage message;
        try {
            message = wire.read(frame);
        } catch (DeribitWire.MalformedFrame nonsense) {
            malformed.incrementAndGet();
            LOG.debug("malformed frame chars={}", frame.length(), nonsense);
            if (++malformedHere > MOST_MALFORMED) {
                link.ifPresent(open -> open.lose("malformed frames=" + malformedHere));
            }
            return;
        }
        lastHeardNs = System.nanoTime();
        onMessage(message);
    }

    private void onMessage(DeribitMessage message) {
        switch (message) {
            case DeribitMessage.IndexPrice index -> onIndex(index);
            case DeribitMessage.PerpetualMark mark -> onPerpetual(mark);
            case DeribitMessage.MarkVols vols -> chains.take(vols);
            case DeribitMessage.Summaries summaries -> chains.take(summaries);
            case DeribitMessage.Instruments instruments ->
                    chains.list(instruments.contracts(), nowMs()).forEach(consumer);
            // asked for with the next poll: at 08:00 hundreds end at once
            case DeribitMessage.InstrumentChanged _ -> relist = true;
            case DeribitMessage.Status status -> onStatus(status);
            case DeribitMessage.IndexLocked lock ->
                    byIndex(lock.indexName())
                            .ifPresent(
                                    underlying ->
                                            cause(
                                                    underlying,
                                                    DeribitHalts.Cause.INDEX_LOCKED,
                                                    lock.locked()));
            case DeribitMessage.Maintenance maintenance ->
                    settings.underlyings()
                            .forEach(
                                    underlying ->
                                            cause(
                                                    underlying,
                                                    DeribitHalts.Cause.MAINTENANCE,
                                                    maintenance.on()));
            case DeribitMessage.TestRequest _ -> link.ifPresent(open -> open.send(wire.test()));
            case DeribitMessage.Subscribed granted -> onSubscribed(granted);
            case DeribitMessage.Failed failed ->
                    link.ifPresent(open -> open.lose("refused: " + failed.error()));
            case DeribitMessage.Other _ -> {}
        }
    }

    private void onIndex(DeribitMessage.IndexPrice index) {
        Optional<Underlying> underlying = byIndex(index.indexName());
        if (underlying.isPresent()) {
            cause(underlying.get(), DeribitHalts.Cause.CONNECTION_LOST, false);
            consumer.accept(
                    new FeedEvent.IndexTick(
                            underlying.get(), SOURCE, index.timeMs(), index.priceUsdc()));
        }
    }

    private void onPerpetual(DeribitMessage.PerpetualMark mark) {
        settings.underlyings().stream()
                .filter(underlying -> underlying.perpetualName().equals(mark.instrument()))
                .forEach(
                        underlying ->
                                consumer.accept(
                                        new FeedEvent.FutureTick(
                                                underlying,
                                                SOURCE,
                                                mark.timeMs(),
                                                Optional.empty(),
                                                mark.markUsdc())));
    }

    private void onStatus(DeribitMessage.Status status) {
        for (Underlying underlying : settings.underlyings()) {
            boolean locked =
                    status.allLocked() || status.lockedIndices().contains(underlying.indexName());
            cause(underlying, DeribitHalts.Cause.INDEX_LOCKED, locked);
            cause(underlying, DeribitHalts.Cause.MAINTENANCE, false);
        }
    }

    private void onSubscribed(DeribitMessage.Subscribed granted) {
        List<String> missing = new ArrayList<>(channels());
        missing.removeAll(granted.channels());
        if (!missing.isEmpty()) {
            LOG.warn("the venue does not offer channels={}", missing);
        }
    }

    private void cause(Underlying underlying, DeribitHalts.Cause cause, boolean holds) {
        halts.set(underlying, cause, holds, nowMs()).forEach(consumer);
    }

    private Optional<Underlying> byIndex(String indexName) {
        return settings.underlyings().stream()
                .filter(underlying -> underlying.indexName().equals(indexName))
                .findFirst();
    }

    private void every(long ms, Runnable task) {
        var _ = thread.scheduleWithFixedDelay(guarded(task), ms, ms, TimeUnit.MILLISECONDS);
    }

    /** What throws costs the connection: a timer that throws would never run again, and silently. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException broken) {
                LOG.error("feed fault", broken);
                link.ifPresent(open -> open.lose("fault: " + broken));
            }
        };
    }
}
