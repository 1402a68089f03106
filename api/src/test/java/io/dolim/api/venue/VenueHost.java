package io.dolim.api.venue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.feed.Dice;
import io.dolim.api.rpc.RpcServer;
import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Keys;
import io.dolim.api.session.Scope;
import io.dolim.api.session.Secret;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;

/** A venue's server on a real port, over an exchange without latency that outlives it. */
final class VenueHost implements AutoCloseable {

    static final String SECRET = "a-secret-of-the-pool";

    final Map<Underlying, PriceSource.Price> prices = new ConcurrentHashMap<>();
    final SimulatedExchange exchange;
    private final ActorSystem<?> system;
    private RpcServer.Bound bound;

    VenueHost(ActorSystem<?> system) {
        this.system = system;
        this.exchange =
                new SimulatedExchange(
                        Exchanges.rules().certain(), System.currentTimeMillis(), new Dice(1));
        prices.put(Exchanges.BTC, new PriceSource.Price(100_000, OptionalDouble.of(100_000)));
        exchange.transfer(Usdc.ofWhole(1_000_000), "first");
        this.bound = start(0);
    }

    private RpcServer.Bound start(int port) {
        Config config =
                ConfigFactory.parseString(
                                "dolim.api.venue.server { port = "
                                        + port
                                        + ", rates.address.matching.burst = 10000, rates.key.matching.burst = 10000,"
                                        + " rates.key.reading.burst = 100000, rates.address.reading.burst = 100000,"
                                        + " rates.auth.burst = 1000, connections.stop-deadline = 100 ms }")
                        .withFallback(ConfigFactory.load());
        return VenueServer.start(
                        system,
                        VenueConfig.server(config),
                        exchange,
                        underlying -> Optional.ofNullable(prices.get(underlying)),
                        keys())
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static Keys keys() {
        Key pool =
                new Key(
                        new KeyId("pool"),
                        Secret.of(SECRET),
                        "pool",
                        Set.of(
                                Scope.TRADE_READ_WRITE,
                                Scope.ACCOUNT_READ,
                                Scope.WALLET_READ_WRITE));
        Key runner =
                new Key(
                        new KeyId("runner"),
                        Secret.of(SECRET),
                        "pool",
                        Set.of(Scope.OPERATOR, Scope.TRADE_READ));
        return id -> Optional.ofNullable(Map.of(pool.id(), pool, runner.id(), runner).get(id));
    }

    int port() {
        return bound.address().getPort();
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/api/v2");
    }

    void stop() {
        bound.stop().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Starts again at an address that it had. */
    void restart(int port) {
        bound = start(port);
    }

    @Override
    public void close() {
        stop();
    }
}
