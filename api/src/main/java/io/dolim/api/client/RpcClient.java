package io.dolim.api.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * JSON-RPC over one WebSocket. Calls may overlap; answers find their calls by id. When the socket
 * ends every open call fails with an {@link IOException}: its outcome is unknown, ask by order id.
 *
 * <p>Safe for use by many threads.
 */
public final class RpcClient implements AutoCloseable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Map<Long, Call> open = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Consumer<JsonNode> notifications;
    private final WebSocket socket;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

    private RpcClient(HttpClient http, URI address, Consumer<JsonNode> notifications) {
        this.notifications = notifications;
        this.socket =
                http.newWebSocketBuilder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .buildAsync(address, new Frames())
                        .join();
    }

    /**
     * Connects.
     *
     * @param address as in {@code ws://127.0.0.1:8080/ws/api/v2}
     * @param notifications called with the {@code params} of each notification, in order
     * @throws CompletionException when the server can't be reached
     */
    public static RpcClient connect(
            HttpClient http, URI address, Consumer<JsonNode> notifications) {
        return new RpcClient(http, address, notifications);
    }

    /** An empty object for parameters. */
    public static ObjectNode params() {
        return JSON.createObjectNode();
    }

    /** Calls a method; the result fails with {@link RpcError} or {@link IOException}. */
    public CompletableFuture<JsonNode> send(String method, ObjectNode params) {
        long id = lastId.incrementAndGet();
        Call call = new Call(method, new CompletableFuture<>());
        open.put(id, call);
        ObjectNode request = JSON.createObjectNode();
        request.put("jsonrpc", "2.0").put("id", id).put("method", method).set("params", params);
        write(request.toString(), call);
        if (ended.isDone()) {
            call.answer.completeExceptionally(new IOException("connection closed"));
        }
        return call.answer.whenComplete((result, error) -> open.remove(id));
    }

    /**
     * Calls a method and waits.
     *
     * @throws RpcError when the server refuses
     * @throws IOException when the connection ends or no answer comes in time: the outcome is unknown
     */
    public JsonNode call(String method, ObjectNode params, Duration timeout)
            throws RpcError, IOException, InterruptedException {
        try {
            return send(method, params).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(method + ": no answer within " + timeout, late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RpcError refused) {
                throw refused;
            }
            throw new IOException(method + ": " + failed.getCause(), failed);
        }
    }

    /** Completes when the socket has ended, by either side. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        socket.abort();
        end(new IOException("closed here"));
    }

    private synchronized void write(String text, Call call) {
        lastSend =
                lastSend.handle((done, failed) -> done)
                        .thenCompose(ready -> socket.sendText(text, true))
                        .whenComplete(
                                (sent, failed) -> {
                                    if (failed != null) {
                                        call.answer.completeExceptionally(
                                                new IOException("not sent", failed));
                                    }
                                });
    }

    private void receive(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (message.has("method")) {
            notifications.accept(message.path("params"));
            return;
        }
        Call call = open.get(message.path("id").asLong(-1));
        if (call == null) {
            return;
        }
        JsonNode error = message.path("error");
        if (error.isMissingNode()) {
            call.answer.complete(message.path("result"));
        } else {
            call.answer.completeExceptionally(
                    new RpcError(
                            call.method,
                            error.path("code").asInt(),
                            error.path("message").asText(),
                            error.path("data")));
        }
    }

    private void end(IOException why) {
        ended.complete(null);
        open.values().forEach(call -> call.answer.completeExceptionally(why));
    }

    private record Call(String method, CompletableFuture<JsonNode> answer) {}

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                receive(whole);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            end(new IOException("connection closed by the server: " + code + " " + reason));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end(new IOException("connection lost", error));
        }
    }
}
