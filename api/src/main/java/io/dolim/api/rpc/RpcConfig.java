package io.dolim.api.rpc;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The validated section {@code dolim.api}; {@code reference.conf} says what each value means.
 *
 * @param tls spoken at the port; empty where it is plain
 * @param http laid over {@code pekko.http} for this server
 */
public record RpcConfig(
        String host,
        int port,
        boolean testnet,
        Set<String> origins,
        Optional<Tls> tls,
        Connections connections,
        Messages messages,
        Sessions sessions,
        SessionLimits auth,
        Rates rates,
        Config http) {

    /** Bounds of a connection. */
    public record Connections(
            int max,
            int maxPerAddress,
            Duration headerDeadline,
            Duration bodyDeadline,
            Duration messageDeadline,
            Duration idleTimeout,
            Duration pingInterval,
            Duration closeGrace,
            Duration stopDeadline) {

        public Connections {
            positive("connections.max", max);
            positive("connections.max-per-address", maxPerAddress);
            for (Duration each :
                    List.of(
                            headerDeadline,
                            bodyDeadline,
                            messageDeadline,
                            idleTimeout,
                            pingInterval,
                            closeGrace,
                            stopDeadline)) {
                positive("connections: every duration", each.toNanos());
            }
            if (pingInterval.multipliedBy(2).compareTo(idleTimeout) > 0) {
                throw new IllegalArgumentException(
                        "connections.ping-interval="
                                + pingInterval
                                + " must be at most half of idle-timeout="
                                + idleTimeout);
            }
        }

        /** How often a connection looks at its deadlines. */
        Duration tick() {
            Duration shortest = Duration.ofSeconds(4);
            for (Duration each :
                    List.of(
                            headerDeadline,
                            messageDeadline,
                            idleTimeout,
                            pingInterval,
                            closeGrace)) {
                shortest = each.compareTo(shortest) < 0 ? each : shortest;
            }
            return shortest.dividedBy(4);
        }
    }

    /** Bounds of a message, in bytes. */
    public record Messages(int maxFrame, int maxBody) {

        public Messages {
            between("messages.max-frame", maxFrame, 1024, 64 * 1024);
            between("messages.max-body", maxBody, 1024, 64 * 1024);
        }
    }

    /** Bounds of a session. */
    public record Sessions(
            int inFlight,
            int queuedResponses,
            int queuedUpdates,
            int queuedBytes,
            long queuedBytesOfAll,
            int subscriptions,
            Duration quoteWait,
            Duration requestDeadline) {

        public Sessions {
            positive("sessions.in-flight", inFlight);
            positive("sessions.queued-responses", queuedResponses);
            positive("sessions.queued-updates", queuedUpdates);
            positive("sessions.queued-bytes", queuedBytes);
            positive("sessions.queued-bytes-of-all", queuedBytesOfAll);
            positive("sessions.subscriptions", subscriptions);
            positive("sessions.quote-wait", quoteWait.toNanos());
            positive("sessions.request-deadline", requestDeadline.toNanos());
        }
    }

    /** A token bucket. */
    public record Rate(long burst, long perSecond) {

        public Rate {
            positive("burst", burst);
            positive("per-second", perSecond);
        }
    }

    /** The buckets. */
    public record Rates(
            Rate keyMatching,
            Rate keyReading,
            Rate addressMatching,
            Rate addressReading,
            Rate auth,
            int remembered) {

        public Rates {
            positive("rates.remembered", remembered);
        }
    }

    public RpcConfig {
        origins = Set.copyOf(origins);
        between("port", port, 0, 65535);
    }

    /** Reads {@code dolim.api} of a whole configuration. */
    public static RpcConfig of(Config root) {
        Config api = root.getConfig("dolim.api");
        return new RpcConfig(
                api.getString("host"),
                api.getInt("port"),
                api.getBoolean("testnet"),
                Set.copyOf(api.getStringList("origins")),
                Tls.of(root),
                connections(api.getConfig("connections")),
                new Messages(api.getInt("messages.max-frame"), api.getInt("messages.max-body")),
                sessions(api.getConfig("sessions")),
                auth(api.getConfig("auth")),
                rates(api.getConfig("rates")),
                api.getConfig("http"));
    }

    /** The configuration that Pekko HTTP gets. */
    Config overlaid(Config root) {
        return ConfigFactory.empty().withFallback(http.atPath("pekko.http")).withFallback(root);
    }

    private static Connections connections(Config c) {
        return new Connections(
                c.getInt("max"),
                c.getInt("max-per-address"),
                c.getDuration("header-deadline"),
                c.getDuration("body-deadline"),
                c.getDuration("message-deadline"),
                c.getDuration("idle-timeout"),
                c.getDuration("ping-interval"),
                c.getDuration("close-grace"),
                c.getDuration("stop-deadline"));
    }

    private static Sessions sessions(Config c) {
        return new Sessions(
                c.getInt("in-flight"),
                c.getInt("queued-responses"),
                c.getInt("queued-updates"),
                c.getInt("queued-bytes"),
                c.getLong("queued-bytes-of-all"),
                c.getInt("subscriptions"),
                c.getDuration("quote-wait"),
                c.getDuration("request-deadline"));
    }

    private static SessionLimits auth(Config c) {
        return new SessionLimits(
                c.getDuration("clock-window"),
                c.getInt("nonces-per-key"),
                c.getInt("tokens"),
                c.getInt("tokens-per-key"),
                c.getDuration("access-token-life"),
                c.getDuration("refresh-token-life"));
    }

    private static Rates rates(Config c) {
        return new Rates(
                rate(c.getConfig("key.matching")),
                rate(c.getConfig("key.reading")),
                rate(c.getConfig("address.matching")),
                rate(c.getConfig("address.reading")),
                rate(c.getConfig("auth")),
                c.getInt("remembered"));
    }

    private static Rate rate(Config c) {
        return new Rate(c.getLong("burst"), c.getLong("per-second"));
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(
                    "dolim.api." + name + " must be positive, was " + value);
        }
    }

    private static void between(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "dolim.api." + name + " must be from " + min + " to " + max + ", was " + value);
        }
    }
}
