package io.dolim.api.rpc;

import io.dolim.api.rpc.json.JsonText;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an HTTP request goes: RPC, the WebSocket, health, metrics, or a page. */
final class HttpFace {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFace.class);
    private static final String RPC = "/api/v2/";
    private static final String WEBSOCKET = "/ws/api/v2";
    private static final HttpHeader NO_SNIFF =
            RawHeader.create("X-Content-Type-Options", "nosniff");
    private static final HttpHeader CLOSE = Connection.create("close");

    private final RpcOverHttp rpc;
    private final WebSocketHandshake handshake;
    private final Session.Context sessions;
    private final Readiness readiness;
    private final PrometheusMeterRegistry registry;
    private final Page pages;
    private final EdgeMetrics metrics;
    private final BooleanSupplier stopping;

    HttpFace(
            RpcOverHttp rpc,
            WebSocketHandshake handshake,
            Session.Context sessions,
            RpcServer.Parts parts,
            Page pages,
            EdgeMetrics metrics,
            BooleanSupplier stopping) {
        this.rpc = rpc;
        this.handshake = handshake;
        this.sessions = sessions;
        this.readiness = parts.readiness();
        this.registry = parts.registry();
        this.pages = pages;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    /** Answers one request of a connection; the stage of an accepted handshake never ends, the {@link Door} answers it. */
    CompletionStage<HttpResponse> handle(
            HttpRequest request, io.dolim.api.rpc.Connection connection) {
        connection.requestRead();
        return routed(request, connection)
                .exceptionally(HttpFace::failed)
                .thenApply(
                        response -> {
                            connection.requestAnswered();
                            return stopping.getAsBoolean() ? response.addHeader(CLOSE) : response;
                        });
    }

    private CompletionStage<HttpResponse> routed(
            HttpRequest request, io.dolim.api.rpc.Connection connection) {
        String target = target(request);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (path.startsWith(RPC)) {
            String query = question < 0 ? "" : target.substring(question + 1);
            return rpc.answer(
                    request,
                    new RpcOverHttp.Target(target, path.substring(RPC.length()), query),
                    connection);
        }
        if (path.equals(WEBSOCKET)) {
            return webSocket(request, connection);
        }
        return CompletableFuture.completedFuture(plain(request, path));
    }

    /** The request target exactly as it was sent. */
    private static String target(HttpRequest request) {
        return request.getHeader("Raw-Request-URI").map(HttpHeader::value).orElse("/");
    }

    private HttpResponse plain(HttpRequest request, String path) {
        if (!request.method().equals(HttpMethods.GET)) {
            metrics.refused("http_method");
            return refused(405, "method_not_allowed")
                    .addHeader(RawHeader.create("Allow", "GET"))
                    .addHeader(CLOSE);
        }
        return switch (path) {
            case "/health/live" -> json(200, j -> j.writeRawValue("{\"live\":true}"));
            case "/health/ready" -> ready();
            case "/metrics" ->
                    HttpResponse.create()
                            .withEntity(
                                    ContentTypes.TEXT_PLAIN_UTF8,
                                    registry.scrape()
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            default -> pages.find(path, request).orElseGet(this::notFound);
        };
    }

    private HttpResponse notFound() {
        metrics.refused("unknown_path");
        return refused(404, "unknown_path");
    }

    private HttpResponse ready() {
        if (stopping.getAsBoolean()) {
            return refused(503, "going_away");
        }
        Map<String, String> missing = readiness.missing();
        return json(missing.isEmpty() ? 200 : 503, j -> readiness.write(j, missing));
    }

    private CompletionStage<HttpResponse> webSocket(
            HttpRequest request, io.dolim.api.rpc.Connection connection) {
        if (stopping.getAsBoolean()) {
            return CompletableFuture.completedFuture(refused(503, "going_away"));
        }
        return switch (handshake.judge(request)) {
            case WebSocketHandshake.Judged.Accepted accepted -> {
                Session session =
                        new Session(sessions, connection.address(), connection.id(), connection);
                connection.upgrade(accepted.acceptKey(), session);
                yield new CompletableFuture<>();
            }
            case WebSocketHandshake.Judged.NotOne notOne -> {
                metrics.refused("handshake");
                yield CompletableFuture.completedFuture(
                        refused(400, notOne.reason()).addHeader(CLOSE));
            }
            case WebSocketHandshake.Judged.ForeignOrigin foreign -> {
                metrics.refused("origin");
                yield CompletableFuture.completedFuture(
                        refused(403, "origin_not_allowed").addHeader(CLOSE));
            }
        };
    }

    private static HttpResponse failed(Throwable fault) {
        LOG.error("an HTTP request failed", fault);
        return refused(500, "internal").addHeader(CLOSE);
    }

    /** A refusal outside RPC: the body has the shape of an RPC error without envelope. */
    static HttpResponse refused(int status, String reason) {
        return json(
                status,
                j -> {
                    j.writeStartObject();
                    j.writeFieldName("error");
                    Refusal.of(ErrorCode.BAD_REQUEST, reason).write(j);
                    j.writeEndObject();
                });
    }

    private static HttpResponse json(int status, JsonText.Writable body) {
        return json(status, JsonText.bytes(body));
    }

    static HttpResponse json(int status, byte[] body) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(ContentTypes.APPLICATION_JSON, body)
                .addHeader(NO_SNIFF)
                .addHeader(NO_STORE);
    }

    private static final HttpHeader NO_STORE = RawHeader.create("Cache-Control", "no-store");
}
