package io.dolim.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.dolim.book.PricingBoard;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.money.Usdc;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A whole engine in this process that goes from one recorded chain to the next, and stands still while
 * somebody looks at it or trades with it. Public for the measurements.
 */
public final class HeldReplay implements AutoCloseable {

    private static final long READY_SECONDS = 120;

    /** Longest time between two moments while nobody looks: a broken recording ends the feed without a word. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private final Engine engine;

    /** Begins and ends of visits: odd while somebody looks. */
    private final AtomicLong visits = new AtomicLong();

    private final DemoKey key;

    /**
     * What is replayed.
     *
     * @param data folder of recorded chains
     * @param from chains before this day are left out
     * @param seed of what lies between the chains
     * @param changes settings by path over the defaults
     */
    public record Settings(Path data, LocalDate from, long seed, Map<String, String> changes) {
        /** Copies the changes. */
        public Settings {
            changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
        }
    }

    /** Whom the engine waits for. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Every Market has worked off the ticks of this moment, and hears nothing until this returns. Called on
         * the feed's thread.
         *
         * @param timeMs milliseconds since 1970, on the feed's clock
         * @return false when it has seen enough
         */
        boolean visit(long timeMs) throws Exception;
    }

    private HeldReplay(Engine engine, DemoKey key) {
        this.engine = engine;
        this.key = key;
    }

    /**
     * Starts it with its capital paid in; no market is heard yet.
     *
     * @param dir where the journal goes; empty
     * @throws IOException when the recordings cannot be read or hold no chain from that day on
     */
    public static HeldReplay start(Settings settings, Path dir) throws Exception {
        long startedAtMs = System.currentTimeMillis();
        System.setProperty("dolim.log.dir", dir.resolve("log").toString());
        Path changes = dir.resolve("changes.conf");
        Files.writeString(
                changes,
                ConfigFactory.parseMap(settings.changes())
                        .root()
                        .render(ConfigRenderOptions.concise()));
        DemoKey key = new DemoKey("taker", Keyring.newSecret());
        RunOptions options =
                new RunOptions(
                        FeedName.replay,
                        Optional.of(settings.data()),
                        Optional.of(settings.from()),
                        true,
                        1,
                        0,
                        0,
                        Optional.of(dir),
                        Optional.of(changes),
                        settings.seed(),
                        List.of(key));
        Engine engine = Engine.start(options, dir, List.of(), startedAtMs, line -> {});
        try {
            Genesis.of(engine).make(options.keys(), List.of());
            return new HeldReplay(engine, key);
        } catch (Exception failed) {
            engine.close();
            throw failed;
        }
    }

    /**
     * Walks from moment to moment until the visitor has seen enough or the recordings end. Once.
     *
     * @return false when the recordings ended before
     */
    public boolean walk(Visitor visitor) throws Exception {
        CompletableFuture<Boolean> enough = new CompletableFuture<>();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Underlying last = specs().lastKey();
        engine.hearMarket(
                event -> {
                    if (event instanceof FeedEvent.IndexTick tick
                            && tick.underlying().equals(last)
                            && ready.isDone()
                            && !enough.isDone()) {
                        visited(visitor, tick.timeMs(), enough);
                    }
                });
        if (!engine.ready(READY_SECONDS)) {
            throw new IllegalStateException(
                    "did not become ready: "
                            + engine.ended().getNow(engine.missing().orElse("stopped")));
        }
        ready.complete(true);
        engine.step();
        return seen(enough);
    }

    private void visited(Visitor visitor, long timeMs, CompletableFuture<Boolean> enough) {
        visits.incrementAndGet();
        try {
            if (!visitor.visit(timeMs)) {
                enough.complete(true);
            }
        } catch (Exception | LinkageError | AssertionError fault) {
            enough.completeExceptionally(fault);
        }
        visits.incrementAndGet();
    }

    private boolean seen(CompletableFuture<Boolean> enough) throws Exception {
        CompletableFuture<Object> either = CompletableFuture.anyOf(enough, engine.ended());
        long seen = -1;
        long sinceNs = System.nanoTime();
        while (true) {
            try {
                var _ = either.get(1, TimeUnit.SECONDS);
                break;
            } catch (TimeoutException walking) {
                engine.rememberClock();
                long now = visits.get();
                if (now != seen || now % 2 != 0) {
                    seen = now;
                    sinceNs = System.nanoTime();
                } else if (System.nanoTime() - sinceNs > SILENCE.toNanos()) {
                    throw new IllegalStateException(
                            "the recordings have told nothing for "
                                    + SILENCE.toSeconds()
                                    + " s; the log says why");
                }
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof Exception cause ? cause : failed;
            }
        }
        String why = engine.ended().getNow("");
        if (!why.isEmpty()) {
            throw new IllegalStateException(why);
        }
        return enough.getNow(false);
    }

    /** The published views. */
    public PricingBoard board() {
        return engine.board();
    }

    /** All settings. */
    public Config config() {
        return engine.config().all();
    }

    /** How the options trade. */
    public SortedMap<Underlying, ContractSpec> specs() {
        return engine.config().specs(List.copyOf(engine.desk().books().keySet()));
    }

    /** What was paid in. */
    public Usdc capital() {
        return engine.config().capital();
    }

    /** Where the public protocol is spoken. */
    public URI address() {
        return engine.server().webSocket();
    }

    /** Id of the taker's key, whose account is funded. */
    public String keyId() {
        return key.id();
    }

    /** Its secret. */
    public String secret() {
        return key.secret();
    }

    @Override
    public void close() {
        engine.close();
    }
}
