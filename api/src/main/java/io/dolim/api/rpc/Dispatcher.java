package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to its one response, whatever carried it: whether the server stops, rate, authority, existence, scope, room, parameters, handler. Nothing of a private request but its name is looked at before the caller is known.
 */
final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String UNKNOWN = "unknown";
    private static final String OPERATOR = "operator/";

    private final Methods methods;
    private final RateLimits limits;
    private final EdgeMetrics metrics;
    private final Clocks clocks;
    private final Duration deadline;
    private final boolean testnet;
    private final BooleanSupplier stopping;

    Dispatcher(
            Methods methods,
            RateLimits limits,
            EdgeMetrics metrics,
            Clocks clocks,
            Duration deadline,
            boolean testnet,
            BooleanSupplier stopping) {
        this.methods = methods;
        this.limits = limits;
        this.metrics = metrics;
        this.clocks = clocks;
        this.deadline = deadline;
        this.testnet = testnet;
        this.stopping = stopping;
    }

    /** Answers one request; {@code done} is called exactly once, on any thread. */
    void dispatch(Caller caller, Envelope.Request request, long usIn, Consumer<Response> done) {
        long began = clocks.nanos();
        Optional<Method<?>> method = methods.find(request.method());
        String label = method.map(Method::name).orElse(UNKNOWN);
        CompletableFuture<Reply> reply = reply(caller, request, method);
        var _ = // a failure is answered below, nothing is left to fail
                reply.whenComplete(
                        (answer, failure) -> {
                            Reply said = failure == null ? answer : failed(label, failure);
                            metrics.answered(label, outcome(said), clocks.nanos() - began);
                            if (said instanceof Refusal refusal) {
                                metrics.refusedCall(label, refusal.reason());
                            }
                            done.accept(response(request.id(), said, precedence(method), usIn));
                        });
    }

    /** A response to what never became a call. */
    Response refuse(Optional<JsonNode> id, Refusal refusal, long usIn) {
        metrics.refused(refusal.reason());
        return response(id, refusal, Precedence.OTHER, usIn);
    }

    /** A response to what is no request. It is charged like one: nonsense is not free. */
    Response malformed(Caller caller, Envelope.Malformed malformed, long usIn) {
        Refusal refusal = limits.charge(caller, Cost.READING).orElseGet(malformed::refusal);
        return refuse(malformed.id(), refusal, usIn);
    }

    /** Whether a method of this name is for known callers only; so is every name that is not said to be public. */
    static boolean needsAuthority(String method) {
        return !Method.isPublic(method);
    }

    private Response response(
            Optional<JsonNode> id, Reply reply, Precedence precedence, long usIn) {
        return new Response(id, reply, precedence, usIn, Math.max(usIn, clocks.micros()), testnet);
    }

    /** What moves risk, the operator's orders among it, is answered when nothing else is. */
    private static Precedence precedence(Optional<Method<?>> found) {
        return found.filter(
                                method ->
                                        method.cost() == Cost.MATCHING
                                                || method.name().startsWith(OPERATOR))
                        .isPresent()
                ? Precedence.TRADE
                : Precedence.OTHER;
    }

    private CompletableFuture<Reply> reply(
            Caller caller, Envelope.Request request, Optional<Method<?>> found) {
        if (stopping.getAsBoolean()) {
            return CompletableFuture.completedFuture(
                    Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "server_stopping"));
        }
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(unknown(caller, request.method()));
        }
        Method<?> method = found.get();
        Optional<Refusal> barred =
                limits.charge(caller, method.cost())
                        .or(() -> barred(caller, method.access()))
                        .or(() -> shed(caller, method.cost()));
        return barred.isPresent()
                ? CompletableFuture.completedFuture(barred.get())
                : call(caller, request.params(), method);
    }

    private Refusal unknown(Caller caller, String method) {
        Optional<Refusal> charged = limits.charge(caller, Cost.READING);
        if (charged.isPresent()) {
            return charged.get();
        }
        return needsAuthority(method) && isNamespaced(method) && caller.authority().isEmpty()
                ? unauthorized()
                : Refusal.of(ErrorCode.METHOD_NOT_FOUND, "unknown_method")
                        .with("method", Refusal.shortened(method));
    }

    private static boolean isNamespaced(String method) {
        return method.startsWith("private/")
                || method.startsWith("keeper/")
                || method.startsWith("simulator/")
                || method.startsWith(OPERATOR);
    }

    static Refusal unauthorized() {
        return Refusal.of(ErrorCode.UNAUTHORIZED, "authentication_required");
    }

    private static Optional<Refusal> barred(Caller caller, Access access) {
        return switch (access) {
            case Access.Anyone anyone -> Optional.empty();
            case Access.Known known ->
                    caller.authority().isPresent() ? Optional.empty() : Optional.of(unauthorized());
            case Access.Needs needs ->
                    caller.authority()
                            .map(authority -> authority.covers(needs.scope()))
                            .map(covered -> covered ? Optional.<Refusal>empty() : forbidden(needs))
                            .orElseGet(() -> Optional.of(unauthorized()));
        };
    }

    /** Quotes and subscriptions give way before a trade's answer could be without room. */
    private static Optional<Refusal> shed(Caller caller, Cost cost) {
        return cost == Cost.QUOTING
                ? caller.session().flatMap(Session::shortage)
                : Optional.empty();
    }

    private static Optional<Refusal> forbidden(Access.Needs needs) {
        return Optional.of(
                Refusal.of(ErrorCode.FORBIDDEN, "scope_missing")
                        .with("scope", needs.scope().wire()));
    }

    private <P> CompletableFuture<Reply> call(Caller caller, Params params, Method<P> method) {
        P parsed;
        try {
            parsed = method.parser().apply(params);
            if (method.strict()) {
                params.refuseUnknown();
            }
            CompletableFuture<Reply> reply =
                    method.handler().handle(caller, parsed).toCompletableFuture();
            return reply.isDone()
                    ? reply
                    : reply.copy().orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Refused refused) {
            return CompletableFuture.completedFuture(refused.refusal());
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private Refusal failed(String method, Throwable failure) {
        Throwable cause = unwrapped(failure);
        return switch (cause) {
            case Refused refused -> refused.refusal();
            case TimeoutException late ->
                    Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "outcome_unknown")
                            .with("deadline", deadline.toMillis());
            default -> {
                LOG.error("method={} failed", method, cause);
                yield Refusal.of(ErrorCode.ERROR, "internal");
            }
        };
    }

    private static Throwable unwrapped(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static String outcome(Reply reply) {
        return switch (reply) {
            case Result result -> "ok";
            case Refusal refusal -> String.valueOf(refusal.code().code());
        };
    }
}
