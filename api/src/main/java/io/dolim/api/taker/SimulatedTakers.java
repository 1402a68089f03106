package io.dolim.api.taker;

import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A crowd of simulated takers, each with its own account and connection, each on its own thread. */
public final class SimulatedTakers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedTakers.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long BETWEEN_MS = 1_500;
    private static final long AFTER_FAULT_MS = 2_000;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final HttpClient http;

    private SimulatedTakers(HttpClient http) {
        this.http = http;
    }

    /** Who a taker is. */
    public record Credentials(String keyId, String secret) {}

    /**
     * Starts one taker per key.
     *
     * @param http trusts the server, and ends with the takers
     * @param address the server's WebSocket
     * @param run a name that no earlier run had, part of the client order ids
     */
    public static SimulatedTakers start(
            HttpClient http, URI address, List<Credentials> keys, long seed, String run) {
        SimulatedTakers takers = new SimulatedTakers(http);
        SplittableRandom chance = new SplittableRandom(seed);
        for (Credentials key : keys) {
            SplittableRandom own = chance.split();
            takers.threads.add(
                    Thread.ofVirtual()
                            .name("taker-" + key.keyId())
                            .start(() -> takers.live(address, key, own, run)));
        }
        return takers;
    }

    @Override
    public void close() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
        http.shutdownNow();
    }

    private void live(URI address, Credentials key, SplittableRandom chance, String run) {
        int connection = 0;
        try {
            while (!pause(chance.nextLong(AFTER_FAULT_MS))) {
                connection++;
                String orderIds = run + "-" + key.keyId() + "-" + connection;
                try (RpcClient client = RpcClient.connect(http, address, nothing -> {})) {
                    authenticate(client, key);
                    SimulatedTaker taker = new SimulatedTaker(client, chance, orderIds);
                    while (!pause(chance.nextLong(2 * BETWEEN_MS))) {
                        taker.attempt();
                    }
                } catch (IOException | RpcError | CompletionException lost) {
                    LOG.info("simulated taker {} reconnects: {}", key.keyId(), lost.getMessage());
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static void authenticate(RpcClient client, Credentials key)
            throws IOException, RpcError, InterruptedException {
        client.call(
                "public/auth",
                RpcClient.params()
                        .put("grant_type", "client_credentials")
                        .put("client_id", key.keyId())
                        .put("client_secret", key.secret()),
                PATIENCE);
    }

    private boolean pause(long millis) throws InterruptedException {
        return stopped.await(millis, TimeUnit.MILLISECONDS);
    }
}
