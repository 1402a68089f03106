package io.dolim.api.rpc;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All open connections, and the bound on them. Thread-safe. */
final class Connections {

    /** The close frame's reason when the server stops. */
    static final String GOING_AWAY = "server is going away";

    private final RpcConfig.Connections bounds;
    private final EdgeMetrics metrics;
    private final Map<Long, Connection> open = new HashMap<>();
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean stopping;
    private long lastId;

    Connections(RpcConfig.Connections bounds, EdgeMetrics metrics) {
        this.bounds = bounds;
        this.metrics = metrics;
    }

    boolean isStopping() {
        return stopping;
    }

    /** A handle for a new connection; nothing where there are enough. */
    synchronized Optional<Connection> admit(InetAddress address) {
        if (stopping || open.size() >= bounds.max()) {
            metrics.refused("connections");
            return Optional.empty();
        }
        if (byAddress.getOrDefault(address, 0) >= bounds.maxPerAddress()) {
            metrics.refused("connections_of_address");
            return Optional.empty();
        }
        Connection connection = new Connection(++lastId, address, this::closed);
        open.put(connection.id(), connection);
        byAddress.merge(address, 1, Integer::sum);
        metrics.connectionOpened();
        return Optional.of(connection);
    }

    private synchronized void closed(Connection connection) {
        open.remove(connection.id());
        byAddress.computeIfPresent(connection.address(), (address, n) -> n == 1 ? null : n - 1);
        metrics.connectionClosed();
        if (stopping && open.isEmpty()) {
            empty.complete(null);
        }
    }

    /** From here on nobody is admitted and no call is begun. */
    void begins() {
        stopping = true;
    }

    /**
     * Lets all say what they owe and then goodbye; says it for those that still owe something when only the close grace is left,
     * and cuts those that are left at the deadline.
     */
    CompletionStage<Void> stop() {
        stopping = true;
        Duration deadline = bounds.stopDeadline();
        Duration patience = deadline.minus(bounds.closeGrace());
        each(Connection::leave);
        return emptyWithin(patience.isNegative() ? Duration.ZERO : patience)
                .exceptionallyCompose(
                        late -> {
                            each(
                                    connection ->
                                            connection.close(FrameReader.GOING_AWAY, GOING_AWAY));
                            return emptyWithin(bounds.closeGrace());
                        })
                .exceptionally(
                        late -> {
                            each(Connection::cut);
                            return null;
                        });
    }

    private synchronized void each(Consumer<Connection> said) {
        open.values().forEach(said);
        if (open.isEmpty()) {
            empty.complete(null);
        }
    }

    private CompletableFuture<Void> emptyWithin(Duration patience) {
        return empty.copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
