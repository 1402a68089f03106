package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dolim.api.rpc.json.JsonText;
import io.dolim.api.rpc.json.StrictJson;
import io.dolim.api.rpc.json.Unreadable;
import io.dolim.api.session.Authenticator;
import io.dolim.api.session.Authority;
import io.dolim.api.session.Proof;
import io.dolim.api.session.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;

/**
 * RPC over GET and POST. A private method without an {@code Authorization} is refused before its body is read; parameters
 * are looked at only after the caller is known.
 */
final class RpcOverHttp {

    /**
     * What was asked for.
     *
     * @param sent path and query exactly as sent: what is signed
     * @param method the path behind {@code /api/v2/}
     */
    record Target(String sent, String method, String query) {}

    private record Call(HttpRequest request, Target target, Connection connection, long usIn) {
        boolean isGet() {
            return request.method().equals(HttpMethods.GET);
        }

        Caller caller(Optional<Authority> authority) {
            return new Caller(authority, connection.address(), connection.id(), Optional.empty());
        }
    }

    private static final HttpHeader CLOSE =
            org.apache.pekko.http.javadsl.model.headers.Connection.create("close");

    private final Dispatcher dispatcher;
    private final Authenticator authenticator;
    private final RateLimits limits;
    private final EdgeMetrics metrics;
    private final Clocks clocks;
    private final int maxBody;
    private final Duration bodyDeadline;
    private final Materializer materializer;

    RpcOverHttp(
            Dispatcher dispatcher,
            Authenticator authenticator,
            RateLimits limits,
            EdgeMetrics metrics,
            Clocks clocks,
            RpcConfig config,
            Materializer materializer) {
        this.dispatcher = dispatcher;
        this.authenticator = authenticator;
        this.limits = limits;
        this.metrics = metrics;
        this.clocks = clocks;
        this.maxBody = config.messages().maxBody();
        this.bodyDeadline = config.connections().bodyDeadline();
        this.materializer = materializer;
    }

    CompletionStage<HttpResponse> answer(
            HttpRequest request, Target target, Connection connection) {
        Call call = new Call(request, target, connection, clocks.micros());
        if (!call.isGet() && !request.method().equals(HttpMethods.POST)) {
            return rejected(call, 405, "method_not_allowed");
        }
        List<String> authorization = WebSocketHandshake.headers(request, "Authorization").toList();
        if (authorization.size() > 1) {
            return rejected(call, 400, "two_authorizations");
        }
        if (authorization.isEmpty() && Dispatcher.needsAuthority(target.method())) {
            return unread(call, dispatch(call, Optional.empty(), Params.none(), Optional.empty()));
        }
        return body(call)
                .thenCompose(body -> authenticated(call, authorization, body))
                .exceptionally(failure -> unreadBody(call, unwrapped(failure)));
    }

    private CompletionStage<String> body(Call call) {
        HttpEntity entity = call.request().entity();
        if (call.isGet() && !entity.isKnownEmpty()) {
            return CompletableFuture.failedFuture(
                    new Broken(400, ErrorCode.INVALID_REQUEST, "get_with_body"));
        }
        if (entity.getContentLengthOption().orElse(0) > maxBody) {
            return CompletableFuture.failedFuture(tooLarge());
        }
        return entity.toStrict(bodyDeadline.toMillis(), maxBody, materializer)
                .thenApply(strict -> text(strict.getData().asByteBuffer()));
    }

    private static String text(java.nio.ByteBuffer utf8) {
        try {
            return StrictJson.text(utf8);
        } catch (Unreadable notUtf8) {
            throw new Broken(400, ErrorCode.PARSE_ERROR, "not_utf8");
        }
    }

    private CompletionStage<HttpResponse> authenticated(
            Call call, List<String> authorization, String body) {
        if (authorization.isEmpty()) {
            return called(call, Optional.empty(), body);
        }
        Optional<Refusal> throttled = limits.authExhausted(call.connection().address());
        if (throttled.isPresent()) {
            return respond(call, throttled.get());
        }
        String signed =
                Proof.Signature.ofRequest(
                        call.request().method().value(), call.target().sent(), body);
        Verdict verdict =
                HttpAuthorization.read(authorization.getFirst(), signed)
                        .map(authenticator::judge)
                        .orElseGet(() -> new Verdict.Denied(Verdict.Reason.UNREADABLE, ""));
        return switch (verdict) {
            case Verdict.Admitted admitted -> called(call, Optional.of(admitted.authority()), body);
            case Verdict.Denied denied -> {
                limits.chargeAuth(call.connection().address());
                yield respond(call, AuthMethod.denied(denied, metrics));
            }
        };
    }

    private CompletionStage<HttpResponse> called(
            Call call, Optional<Authority> authority, String body) {
        Envelope.Read read = call.isGet() ? query(call) : envelope(call, body);
        return switch (read) {
            case Envelope.Malformed malformed ->
                    CompletableFuture.completedFuture(
                            http(
                                    dispatcher.malformed(
                                            call.caller(authority), malformed, call.usIn())));
            case Envelope.Request request ->
                    dispatch(call, authority, request.params(), request.id());
        };
    }

    private static Envelope.Read query(Call call) {
        return Query.read(call.target().query())
                .<Envelope.Read>map(
                        members ->
                                new Envelope.Request(
                                        Optional.empty(),
                                        call.target().method(),
                                        Params.ofQuery(members)))
                .orElseGet(
                        () ->
                                new Envelope.Malformed(
                                        Optional.empty(),
                                        Refusal.of(ErrorCode.INVALID_REQUEST, "query")));
    }

    private static Envelope.Read envelope(Call call, String body) {
        Optional<String> method = Optional.of(call.target().method());
        try {
            return body.isEmpty()
                    ? Envelope.read(JsonNodeFactory.instance.objectNode(), method)
                    : Envelope.read(StrictJson.read(body), method);
        } catch (Unreadable why) {
            return Envelope.unreadable(why);
        }
    }

    private CompletionStage<HttpResponse> dispatch(
            Call call, Optional<Authority> authority, Params params, Optional<JsonNode> id) {
        CompletableFuture<HttpResponse> answered = new CompletableFuture<>();
        dispatcher.dispatch(
                call.caller(authority),
                new Envelope.Request(id, call.target().method(), params),
                call.usIn(),
                response -> answered.complete(http(response)));
        return answered;
    }

    private static HttpResponse http(Response response) {
        HttpResponse http = HttpFace.json(200, response.encoded(JsonText::bytes));
        return switch (response.reply()) {
            case Result result -> http;
            case Refusal refusal -> refused(http, refusal);
        };
    }

    private static HttpResponse refused(HttpResponse http, Refusal refusal) {
        if (refusal.code() != ErrorCode.TOO_MANY_REQUESTS) {
            return http.withStatus(400);
        }
        JsonNode wait = refusal.details().get("wait");
        long seconds = wait == null ? 1 : Math.max(1, Math.ceilDiv(wait.longValue(), 1000L));
        return http.withStatus(429)
                .addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
    }

    private CompletionStage<HttpResponse> respond(Call call, Refusal refusal) {
        return CompletableFuture.completedFuture(
                http(dispatcher.refuse(Optional.empty(), refusal, call.usIn())));
    }

    private CompletionStage<HttpResponse> rejected(Call call, int status, String reason) {
        Refusal refusal = Refusal.of(ErrorCode.INVALID_REQUEST, reason);
        return unread(
                call, respond(call, refusal).thenApply(response -> response.withStatus(status)));
    }

    /** Answers without reading the body: the connection cannot be used again. */
    private CompletionStage<HttpResponse> unread(
            Call call, CompletionStage<HttpResponse> response) {
        if (call.request().entity().isKnownEmpty()) {
            return response;
        }
        call.request().discardEntityBytes(materializer);
        return response.thenApply(r -> r.addHeader(CLOSE));
    }

    private HttpResponse unreadBody(Call call, Throwable cause) {
        return switch (cause) {
            case Broken broken -> broken(call, broken);
            case TimeoutException late ->
                    broken(call, new Broken(408, ErrorCode.INVALID_REQUEST, "body_deadline"));
            case EntityStreamSizeException large -> broken(call, tooLarge());
            default -> broken(call, new Broken(400, ErrorCode.INVALID_REQUEST, "body_broken_off"));
        };
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private HttpResponse broken(Call call, Broken broken) {
        Refusal refusal = Refusal.of(broken.code, broken.reason);
        return http(dispatcher.refuse(Optional.empty(), refusal, call.usIn()))
                .withStatus(broken.status)
                .addHeader(CLOSE);
    }

    private static Broken tooLarge() {
        return new Broken(413, ErrorCode.INVALID_REQUEST, "body_too_large");
    }

    /** A body that was not read; carries no stack. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final ErrorCode code;
        private final String reason;

        Broken(int status, ErrorCode code, String reason) {
            super(reason, null, false, false);
            this.status = status;
            this.code = code;
            this.reason = reason;
        }
    }
}
