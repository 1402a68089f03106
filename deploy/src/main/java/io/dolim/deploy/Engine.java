package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.contract.Docs;
import io.dolim.api.keys.LiveKeys;
import io.dolim.api.method.AcceptCounters;
import io.dolim.api.method.Desk;
import io.dolim.api.method.Floor;
import io.dolim.api.method.KernelWarmth;
import io.dolim.api.method.PoolFace;
import io.dolim.api.rpc.Readiness;
import io.dolim.api.rpc.RpcConfig;
import io.dolim.api.rpc.RpcServer;
import io.dolim.book.BookSettings;
import io.dolim.book.Latch;
import io.dolim.book.Market;
import io.dolim.book.MarketNote;
import io.dolim.book.PricingBoard;
import io.dolim.book.prints.Prints;
import io.dolim.book.trade.QuoteToken;
import io.dolim.capacity.Moment;
import io.dolim.capacity.Warmth;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/** A pool, its feed and its server, started together and stopped in order. */
final class Engine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SEAL_BYTES = 32;
    private static final long READY_LOOK_MS = 50;

    private final PoolConfig config;
    private final ChosenFeed feed;
    private final PricingBoard board;
    private final MarketMemory memory;
    private final ActorSystem<Pool.Signal> system;
    private final Pool.Running pool;
    private final RpcServer.Bound server;
    private final KeyRoom keys;
    private final Readiness readiness;
    private final CompletableFuture<String> ended;
    private final PoolMeters meters;
    private final Optional<Stepper> stepper;

    private Engine(
            PoolConfig config,
            ChosenFeed feed,
            PricingBoard board,
            MarketMemory memory,
            ActorSystem<Pool.Signal> system,
            Pool.Running pool,
            RpcServer.Bound server,
            KeyRoom keys,
            Readiness readiness,
            CompletableFuture<String> ended,
            PoolMeters meters,
            Optional<Stepper> stepper) {
        this.config = config;
        this.feed = feed;
        this.board = board;
        this.memory = memory;
        this.system = system;
        this.pool = pool;
        this.server = server;
        this.keys = keys;
        this.readiness = readiness;
        this.ended = ended;
        this.meters = meters;
        this.stepper = stepper;
    }

    /**
     * Starts it; the journal is being recovered when this returns, and the market is not yet heard.
     *
     * @param takers keys of simulated takers
     * @param say tells the operator a line
     */
    static Engine start(
            RunOptions options,
            Path dir,
            List<DemoKey> takers,
            long startedAtMs,
            Consumer<String> say)
            throws Exception {
        KernelWarmth warmth = KernelWarmth.begin(ForkJoinPool.commonPool(), Warmth::warm);
        PoolConfig config = PoolConfig.of(options, dir).withAddressLimits(options.takers());
        RpcConfig rpc = RpcConfig.of(config.all());
        MarketMemory memory = MarketMemory.open(dir, options.feed());
        ChosenFeed feed =
                ChosenFeed.of(
                        options, config, memory.clock().notBefore(startedAtMs), memory.simulated());
        memory.clock().requireNotBefore(feed.feed().nowMs());
        SortedMap<Underlying, ContractSpec> specs = config.specs(feed.underlyings());
        PricingBoard board = new PricingBoard(config.keepViews().toMillis());
        QuoteToken seal = new QuoteToken(random(), "b" + Long.toString(startedAtMs, 36));
        CompletableFuture<String> ended = new CompletableFuture<>();
        Optional<Stepper> stepper =
                Stepper.of(options, feed.feed(), specs.keySet(), board, say, ended);
        Consumer<MarketNote> log = new MarketLog();
        Consumer<MarketNote> notes = stepper.map(log::andThen).orElse(log);
        CompletableFuture<Pool.Running> spawned = new CompletableFuture<>();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PoolMeters meters = PoolMeters.over(registry, board, specs.keySet());
        Supplier<Moment> clock = () -> new Moment(feed.feed().nowMs(), System.nanoTime());
        LiveKeys live = new LiveKeys();
        ActorSystem<Pool.Signal> system =
                ActorSystem.create(
                        Pool.guardian(
                                new Pool.Parts(
                                        config.all(),
                                        feed,
                                        specs,
                                        config,
                                        board,
                                        seal,
                                        clock,
                                        new Incarnations(startedAtMs),
                                        notes,
                                        new AcceptCounters(registry, specs.keySet()),
                                        meters.taping(),
                                        config.room(new RoomOfJournal()),
                                        live::apply),
                                spawned),
                        "dolim",
                        config.all());
        try {
            Pool.Running pool = spawned.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var _ = pool.halted().thenAccept(ended::complete);
            var _ = pool.awake().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            KeyRoom keys =
                    KeyRoom.open(
                            config.all(),
                            dir,
                            pool.keys(),
                            system.scheduler(),
                            live,
                            options.keys(),
                            takers);
            Floor floor = floor(config.all(), board, specs, pool.prints(), seal);
            PoolFace face =
                    new PoolFace(
                            pool.desk(),
                            floor,
                            BookSettings.of(config.all()).maxPendings(),
                            config.openQuotes(),
                            config.riskGrid(),
                            config.riskReport(),
                            config.faucet(),
                            warmth,
                            registry);
            RpcServer.Bound server = serve(system, rpc, face, keys, registry);
            Engine engine =
                    new Engine(
                            config,
                            feed,
                            board,
                            memory,
                            system,
                            pool,
                            server,
                            keys,
                            face.readiness(),
                            ended,
                            meters,
                            stepper);
            engine.open(face);
            return engine;
        } catch (Exception failed) {
            end(system);
            throw failed;
        }
    }

    private static Floor floor(
            Config config,
            PricingBoard board,
            SortedMap<Underlying, ContractSpec> specs,
            Prints prints,
            QuoteToken seal) {
        AtomicLong quotes = new AtomicLong();
        return new Floor(
                board,
                specs,
                prints,
                seal,
                () -> seal.bootId() + "-" + Long.toString(quotes.incrementAndGet(), 36),
                BookSettings.of(config).quoteLife(),
                System::nanoTime,
                System::currentTimeMillis);
    }

    private static RpcServer.Bound serve(
            ActorSystem<?> system,
            RpcConfig config,
            PoolFace face,
            KeyRoom keys,
            PrometheusMeterRegistry registry)
            throws Exception {
        RpcServer.Parts parts =
                RpcServer.Parts.of(face.methods().and(keys.methods()), face.channels(), keys.ring())
                        .with(face.readiness())
                        .with(face.disconnects())
                        .describedBy(new Docs())
                        .with(registry);
        RpcServer.Bound server =
                RpcServer.start(system, config, parts)
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        server.stopWith(CoordinatedShutdown.get(system));
        return server;
    }

    private void open(PoolFace face) {
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseServiceUnbind(),
                        "close-feed",
                        () -> {
                            stepper.ifPresent(Stepper::close);
                            feed.feed().close();
                            face.channels().close();
                            return CompletableFuture.completedFuture(
                                    org.apache.pekko.Done.getInstance());
                        });
        var _ = system.getWhenTerminated().thenAccept(done -> ended.complete(""));
        face.channels().start();
    }

    /** Opens the market's door: the feed begins. Once, when the pool's capital is in. */
    void hearMarket() {
        hearMarket(event -> {});
    }

    /**
     * The same.
     *
     * @param afterwards told each event when it has gone to the Markets, on the feed's thread; in a run from
     *     chain to chain it comes when an index tick is worked off, and may keep the feed
     */
    void hearMarket(Consumer<FeedEvent> afterwards) {
        Consumer<FeedEvent> hearing = stepper.map(this::inStep).orElse(this::hear);
        feed.feed().start(meters.hearing().andThen(hearing).andThen(afterwards));
    }

    private Consumer<FeedEvent> inStep(Stepper steps) {
        Lockstep lockstep =
                new Lockstep(
                        this::hear, pool.markets(), pool.desk().books(), system.scheduler(), ended);
        Consumer<FeedEvent> remembering = steps::hear;
        return remembering.andThen(lockstep);
    }

    /** Lets a run from chain to chain go; all others go by themselves. */
    void step() {
        stepper.ifPresent(Stepper::open);
    }

    /** Why a run from chain to chain will not come to its end by itself. */
    Optional<String> stalled() {
        return stepper.flatMap(Stepper::stalled);
    }

    /** Prints what a run from chain to chain found; false when a goal was not met. */
    boolean concluded() {
        return stepper.map(Stepper::concluded).orElse(true);
    }

    /** What concerns one underlying goes to its Market, the rest to all. */
    private void hear(FeedEvent event) {
        switch (event) {
            case FeedEvent.OfUnderlying about -> {
                ActorRef<Market.Command> market = pool.markets().get(about.underlying());
                if (market != null) {
                    market.tell(new Market.Hear(event));
                }
            }
            case FeedEvent.ChainEnd end ->
                    pool.markets().values().forEach(market -> market.tell(new Market.Hear(end)));
        }
    }

    /** The keys that the demonstration shows. */
    DemoKeys demoKeys() {
        return keys.demo();
    }

    /** The server, which listens. */
    RpcServer.Bound server() {
        return server;
    }

    Desk desk() {
        return pool.desk();
    }

    PoolConfig config() {
        return config;
    }

    PricingBoard board() {
        return board;
    }

    /** Waits until it is ready. @return false when it is not in time */
    boolean ready(long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (missing().isPresent()) {
            if (System.nanoTime() > deadline || ended.isDone()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(READY_LOOK_MS);
        }
        return !ended.isDone();
    }

    /** Which market waits for an operator, and for what. */
    Optional<String> latched() {
        List<String> tripped = new ArrayList<>();
        for (Latch.Summary latch : pool.desk().latchSummaries().toCompletableFuture().join()) {
            latch.standing()
                    .tripped()
                    .ifPresent(
                            trip ->
                                    tripped.add(
                                            latch.underlying()
                                                    + " is latched since "
                                                    + trip.reason()
                                                    + "; operator/lift_latch lifts it"));
        }
        return tripped.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", tripped));
    }

    /** What is missing until it is ready. */
    Optional<String> missing() {
        List<String> missing =
                readiness.conditions().stream()
                        .flatMap(condition -> condition.missing().get().stream())
                        .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", missing));
    }

    /** Completes with why it ended; empty when it was stopped. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Writes down how far the market's clock has come. */
    void rememberClock() {
        memory.write(feed.feed());
    }

    @Override
    public void close() {
        rememberClock();
        end(system);
    }

    private static void end(ActorSystem<?> system) {
        CoordinatedShutdown.get(system)
                .runAll(CoordinatedShutdown.unknownReason())
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static byte[] random() {
        byte[] bytes = new byte[SEAL_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
