package io.dolim.deploy;

import io.dolim.api.client.RpcClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoublePredicate;

/** Hears an instrument's ticker and waits for what its index does. */
final class IndexWatch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LONGEST_SECONDS = 300;

    private record Awaited(DoublePredicate wanted, CompletableFuture<Double> seen) {}

    private final RpcClient client;
    private Optional<Awaited> awaited = Optional.empty();

    private IndexWatch(HttpClient http, URI address) {
        client =
                RpcClient.connect(
                        http,
                        address,
                        told -> heard(told.path("data").path("index_price").asDouble(Double.NaN)));
    }

    static IndexWatch of(HttpClient http, URI address, String instrument) throws Exception {
        IndexWatch watch = new IndexWatch(http, address);
        watch.client.call(
                "public/subscribe",
                RpcClient.params()
                        .set("channels", Rows.array().add("ticker." + instrument + ".100ms")),
                PATIENCE);
        return watch;
    }

    private synchronized void heard(double index) {
        awaited.filter(one -> one.wanted.test(index)).ifPresent(one -> one.seen.complete(index));
    }

    /** Waits for the next index of this kind. */
    void await(DoublePredicate wanted) throws Exception {
        Awaited next = new Awaited(wanted, new CompletableFuture<>());
        synchronized (this) {
            awaited = Optional.of(next);
        }
        next.seen.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.close();
    }
}
