package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Scope;
import io.dolim.api.session.Secret;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The real server on a real port, with a small domain of its own behind it. */
final class EdgeServer implements AutoCloseable {

    static final KeyId TRADER = new KeyId("trader");
    static final KeyId READER = new KeyId("reader");
    static final String SECRET = "a-secret-of-the-trader";

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Map<KeyId, Key> keys = new ConcurrentHashMap<>();
    final Map<String, Topic> topics = new ConcurrentHashMap<>();
    final BlockingQueue<Caller> closed = new LinkedBlockingQueue<>();
    final CompletableFuture<Reply> held = new CompletableFuture<>();
    final Semaphore holding = new Semaphore(0);
    final AtomicLong wallShiftMicros = new AtomicLong();
    final ConcurrentHashMap<String, String> missing = new ConcurrentHashMap<>();
    final RpcServer.Bound bound;
    private final ActorSystem<Void> system;

    EdgeServer(String overrides) {
        Config config =
                ConfigFactory.parseString(
                                "pekko.loglevel = WARNING, pekko.log-dead-letters = off, pekko.stdout-loglevel = OFF")
                        .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "edge", config);
        put(
                new Key(
                        TRADER,
                        Secret.of(SECRET),
                        "alice",
                        Set.of(Scope.TRADE_READ_WRITE, Scope.ACCOUNT_READ)));
        put(new Key(READER, Secret.of(SECRET), "bob", Set.of(Scope.ACCOUNT_READ)));
        topic("ticker.A", Delivery.LATEST);
        topic("trades.A", Delivery.EVERY);
        Config mine =
                ConfigFactory.parseString("dolim.api { port = 0\n" + overrides + "\n}")
                        .withFallback(config);
        bound = RpcServer.start(system, RpcConfig.of(mine), parts()).toCompletableFuture().join();
    }

    void put(Key key) {
        keys.put(key.id(), key);
    }

    Topic topic(String name, Delivery delivery) {
        Topic topic = new Topic(name, delivery);
        topics.put(name, topic);
        return topic;
    }

    Topic topic(String name) {
        return Optional.ofNullable(topics.get(name)).orElseThrow();
    }

    int port() {
        return bound.address().getPort();
    }

    private RpcServer.Parts parts() {
        Clocks system = Clocks.system();
        Clocks shifted =
                new Clocks(() -> system.micros() + wallShiftMicros.get(), system.monotonicNanos());
        return RpcServer.Parts.of(methods(), this::resolve, id -> Optional.ofNullable(keys.get(id)))
                .with(registry)
                .with(shifted)
                .with((SessionListener) closed::add)
                .with(new Readiness(List.of(condition("journal"), condition("market"))));
    }

    private Readiness.Condition condition(String name) {
        return new Readiness.Condition(name, () -> Optional.ofNullable(missing.get(name)));
    }

    private Optional<Channel> resolve(String name, Caller caller) {
        if (name.startsWith("many.")) {
            return Optional.of(subscriber -> () -> {});
        }
        return name.startsWith("user.") && caller.authority().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(topics.get(name));
    }

    private record Order(String instrument, BigDecimal amount, long clientOrderId) {}

    private Methods methods() {
        return Methods.of(
                Method.open(
                        "public/echo",
                        p -> p.text("text", 64),
                        Method.now((caller, text) -> Result.of(text))),
                Method.open(
                        "public/ticker",
                        p -> p.text("instrument_name", 64),
                        Method.now((caller, text) -> Result.of(text))),
                Method.open(
                        "public/sum", EdgeServer::sum, Method.now((caller, sum) -> Result.of(sum))),
                Method.open(
                                "public/get_quote",
                                p -> "x".repeat(1024),
                                Method.now((caller, text) -> Result.of(text)))
                        .quoting(),
                Method.open("public/hold", p -> p, (caller, p) -> hold()),
                Method.open(
                        "public/fault",
                        p -> p,
                        (caller, p) ->
                                CompletableFuture.failedFuture(
                                        new IllegalStateException("secret detail"))),
                Method.open(
                        "public/throw",
                        p -> p,
                        (caller, p) -> {
                            throw new IllegalStateException("secret detail");
                        }),
                Method.open(
                        "public/nan",
                        p -> p,
                        Method.now(
                                (caller, p) ->
                                        Result.of(
                                                JsonNodeFactory.instance.numberNode(Double.NaN)))),
                Method.open(
                        "public/big",
                        p -> "x".repeat(16 * 1024),
                        Method.now((caller, text) -> Result.of(text))),
                Method.scoped(
                        "private/who",
                        Scope.ACCOUNT_READ,
                        p -> p,
                        Method.now((caller, p) -> Result.of(caller.account()))),
                Method.scoped(
                                "private/buy",
                                Scope.TRADE_READ_WRITE,
                                EdgeServer::order,
                                Method.now((caller, order) -> Result.ofValue(order)))
                        .strictly()
                        .matching(),
                Method.scoped(
                        "keeper/claim",
                        Scope.KEEPER,
                        p -> p,
                        Method.now((caller, p) -> Result.ok())),
                Method.scoped(
                        "operator/halt",
                        Scope.OPERATOR,
                        p -> p,
                        Method.now((caller, p) -> Result.ok())));
    }

    private CompletableFuture<Reply> hold() {
        holding.release();
        return held;
    }

    private static Order order(Params p) {
        return new Order(
                p.text("instrument_name", 64),
                p.decimal("amount"),
                p.optionalWhole("client_order_id", 0, 1L << 53).orElse(0L));
    }

    private static BigDecimal sum(Params p) {
        return p.objects("legs", 16).stream()
                .map(leg -> leg.decimal("amount"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public void close() {
        bound.stop().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    static final Duration PATIENCE = Duration.ofSeconds(10);
}
