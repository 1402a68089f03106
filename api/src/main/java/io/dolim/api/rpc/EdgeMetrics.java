package io.dolim.api.rpc;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the edge counts. Labels come from closed sets: a stranger cannot make one. */
final class EdgeMetrics {

    private final MeterRegistry registry;
    private final AtomicInteger connections;
    private final AtomicInteger sessions;
    private final Counter conflated;
    private final Counter overflowed;

    EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.connections = gauge("dolim_api_connections", "Open connections");
        this.sessions = gauge("dolim_api_sessions", "Open WebSocket sessions");
        this.conflated =
                Counter.builder("dolim_api_updates_conflated")
                        .description(
                                "Updates replaced by a later one before a slow reader took them")
                        .register(registry);
        this.overflowed =
                Counter.builder("dolim_api_queue_overflows")
                        .description("Sessions closed because their queue was full")
                        .register(registry);
    }

    private AtomicInteger gauge(String name, String description) {
        AtomicInteger value = new AtomicInteger();
        io.micrometer.core.instrument.Gauge.builder(name, value, AtomicInteger::get)
                .description(description)
                .register(registry);
        return value;
    }

    /** A request was answered; {@code method} is a name of the table or {@code unknown}. */
    void answered(String method, String outcome, long nanos) {
        Timer.builder("dolim_api_requests")
                .description("Requests by method and outcome, with the time to answer")
                .tag("method", method)
                .tag("outcome", outcome)
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /** A call was refused; {@code reason} is one of our own words, and the method one of the table or {@code unknown}. */
    void refusedCall(String method, String reason) {
        Counter.builder("dolim_api_refusals")
                .description("Requests refused, by method and reason")
                .tag("method", method)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** A connection, frame or request was refused before it was a call. */
    void refused(String cause) {
        Counter.builder("dolim_api_refused")
                .description("Connections, frames and requests refused before they were calls")
                .tag("cause", cause)
                .register(registry)
                .increment();
    }

    /** An attempt to authenticate failed. */
    void authFailed(String reason) {
        Counter.builder("dolim_api_auth_failures")
                .description("Failed attempts to authenticate")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    void connectionOpened() {
        connections.incrementAndGet();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    void sessionOpened() {
        sessions.incrementAndGet();
    }

    void sessionClosed() {
        sessions.decrementAndGet();
    }

    void conflated() {
        conflated.increment();
    }

    void overflowed() {
        overflowed.increment();
    }
}
