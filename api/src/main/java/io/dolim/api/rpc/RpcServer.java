package io.dolim.api.rpc;

import io.dolim.api.session.Authenticator;
import io.dolim.api.session.Keys;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SendBytes;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * The server: JSON-RPC over HTTP and WebSocket, health and metrics, on one port.
 *
 * <pre>  socket ── Door ── Pekko HTTP's server layer ── HttpFace ── Dispatcher ── Methods</pre>
 */
public final class RpcServer {

    /**
     * What the edge is handed.
     *
     * @param methods the domain's method table; the edge adds its own
     * @param tokens makes access tokens nobody can guess
     * @param describing describes the whole table, and may refuse to
     * @param version what {@code public/test} and {@code public/hello} answer
     */
    public record Parts(
            Methods methods,
            Channels channels,
            Keys keys,
            SessionListener sessionListener,
            Readiness readiness,
            Page pages,
            Describing describing,
            PrometheusMeterRegistry registry,
            Clocks clocks,
            Supplier<String> tokens,
            String version) {

        /** These three, ready at once, without pages, on the machine's clocks and randomness. */
        public static Parts of(Methods methods, Channels channels, Keys keys) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    caller -> {},
                    new Readiness(List.of()),
                    Page.NONE,
                    Describing.NONE,
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    Clocks.system(),
                    secureTokens(),
                    "2.0.0");
        }

        public Parts with(Readiness other) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    sessionListener,
                    other,
                    pages,
                    describing,
                    registry,
                    clocks,
                    tokens,
                    version);
        }

        public Parts with(Page other) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    sessionListener,
                    readiness,
                    other,
                    describing,
                    registry,
                    clocks,
                    tokens,
                    version);
        }

        public Parts describedBy(Describing other) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    sessionListener,
                    readiness,
                    pages,
                    other,
                    registry,
                    clocks,
                    tokens,
                    version);
        }

        public Parts with(SessionListener other) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    other,
                    readiness,
                    pages,
                    describing,
                    registry,
                    clocks,
                    tokens,
                    version);
        }

        public Parts with(PrometheusMeterRegistry other) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    sessionListener,
                    readiness,
                    pages,
                    describing,
                    other,
                    clocks,
                    tokens,
                    version);
        }

        public Parts with(Clocks other) {
            return new Parts(
                    methods,
                    channels,
                    keys,
                    sessionListener,
                    readiness,
                    pages,
                    describing,
                    registry,
                    other,
                    tokens,
                    version);
        }

        private static Supplier<String> secureTokens() {
            SecureRandom random = new SecureRandom();
            return () -> {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            };
        }
    }

    private static final int BACKLOG = 1024;

    private final ClassicActorSystemProvider system;
    private final Materializer materializer;
    private final RpcConfig config;
    private final EdgeMetrics metrics;
    private final Clocks clocks;
    private final Connections connections;
    private final PlatformState platform = new PlatformState();
    private final HttpFace face;
    private final ServerSettings settings;

    private RpcServer(ClassicActorSystemProvider system, RpcConfig config, Parts parts) {
        this.system = system;
        this.materializer = SystemMaterializer.get(system).materializer();
        this.config = config;
        this.clocks = parts.clocks();
        this.metrics = new EdgeMetrics(parts.registry());
        this.connections = new Connections(config.connections(), metrics);
        this.settings =
                ServerSettings.create(config.overlaid(system.classicSystem().settings().config()));
        this.face = face(config, parts);
    }

    private HttpFace face(RpcConfig config, Parts parts) {
        Authenticator authenticator =
                new Authenticator(
                        parts.keys(),
                        config.auth(),
                        clocks::millis,
                        clocks.monotonicNanos(),
                        parts.tokens());
        RateLimits limits = new RateLimits(config.rates(), clocks.monotonicNanos());
        Methods table =
                parts.methods()
                        .and(Methods.of(SessionMethods.methods(clocks, parts.version())))
                        .and(
                                Methods.of(
                                        SubscriptionMethods.methods(
                                                platform.beside(parts.channels()))))
                        .and(Methods.of(new AuthMethod(authenticator, limits, metrics).method()));
        Describing.Description described = parts.describing().describe(table, parts.version());
        Dispatcher dispatcher =
                new Dispatcher(
                        table.and(Methods.of(described.methods())),
                        limits,
                        metrics,
                        clocks,
                        config.sessions().requestDeadline(),
                        config.testnet(),
                        connections::isStopping);
        return new HttpFace(
                new RpcOverHttp(
                        dispatcher, authenticator, limits, metrics, clocks, config, materializer),
                new WebSocketHandshake(config.origins()),
                new Session.Context(
                        config.sessions(),
                        new Budget(config.sessions().queuedBytesOfAll()),
                        dispatcher,
                        authenticator,
                        parts.sessionListener(),
                        metrics,
                        clocks),
                parts,
                described.pages().or(parts.pages()),
                metrics,
                connections::isStopping);
    }

    /** Binds and serves. The stage fails where the address cannot be bound. */
    public static CompletionStage<Bound> start(
            ClassicActorSystemProvider system, RpcConfig config, Parts parts) {
        return new RpcServer(system, config, parts).bind();
    }

    private CompletionStage<Bound> bind() {
        return Tcp.get(system)
                .bind(
                        config.host(),
                        config.port(),
                        BACKLOG,
                        List.of(TcpSO.tcpNoDelay(true)),
                        true,
                        Optional.empty())
                .toMat(Sink.foreach(this::accept), Keep.left())
                .run(materializer)
                .thenApply(binding -> new Bound(binding, connections, platform, config));
    }

    private void accept(Tcp.IncomingConnection incoming) {
        InetAddress address = incoming.remoteAddress().getAddress();
        Optional<Connection> admitted = connections.admit(address);
        if (admitted.isPresent()) {
            incoming.handleWith(served(admitted.get()), materializer);
        } else {
            incoming.handleWith(
                    Flow.fromSinkAndSource(Sink.cancelled(), Source.empty()), materializer);
        }
    }

    private Flow<ByteString, ByteString, NotUsed> served(Connection connection) {
        Flow<HttpRequest, HttpResponse, NotUsed> handler =
                Flow.<HttpRequest>create().mapAsync(1, request -> face.handle(request, connection));
        BidiFlow<ByteString, ByteString, ByteString, ByteString, NotUsed> door =
                BidiFlow.fromGraph(new Door(connection, config, metrics, clocks));
        Flow<ByteString, ByteString, NotUsed> clear =
                door.join(
                        Http.get(system)
                                .serverLayer(settings)
                                .atop(plainText())
                                .reversed()
                                .join(handler));
        return config.tls().map(tls -> sealed(tls, connection, clear)).orElse(clear);
    }

    /**
     * The door stands behind TLS: what it reads and writes is in clear. When it cuts a connection the socket is cut beside TLS,
     * which would wait for the end of a handshake.
     */
    private static Flow<ByteString, ByteString, NotUsed> sealed(
            Tls tls, Connection connection, Flow<ByteString, ByteString, NotUsed> clear) {
        SharedKillSwitch cut = KillSwitches.shared("cut");
        connection.cutWith(cut::abort);
        Flow<SslTlsInbound, SslTlsOutbound, NotUsed> inside =
                Flow.<SslTlsInbound>create()
                        .collectType(SessionBytes.class)
                        .map(SessionBytes::bytes)
                        .via(clear)
                        .map(SendBytes::new);
        return Flow.<ByteString>create()
                .via(cut.<ByteString>flow())
                .via(TLS.create(tls::engine, TLSClosing.eagerClose()).reversed().join(inside))
                .via(cut.<ByteString>flow());
    }

    /** The HTTP layer knows of no encryption; a session's bytes are inbound bytes, which Java's generics cannot say. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed>
            plainText() {
        return (BidiFlow) TLSPlacebo.getInstance();
    }

    /** A server that listens. */
    public static final class Bound {

        private final Tcp.ServerBinding binding;
        private final Connections connections;
        private final PlatformState platform;
        private final RpcConfig config;

        private Bound(
                Tcp.ServerBinding binding,
                Connections connections,
                PlatformState platform,
                RpcConfig config) {
            this.binding = binding;
            this.connections = connections;
            this.platform = platform;
            this.config = config;
        }

        /** Where it speaks HTTP, as in {@code https://127.0.0.1:8080}. */
        public String http() {
            return "http" + (certificate().isPresent() ? "s" : "") + place();
        }

        /** Where it speaks WebSocket. */
        public URI webSocket() {
            return URI.create(
                    "ws" + (certificate().isPresent() ? "s" : "") + place() + "/ws/api/v2");
        }

        private String place() {
            return "://" + config.host() + ":" + address().getPort();
        }

        /** Its certificate, where it speaks TLS. */
        public Optional<X509Certificate> certificate() {
            return config.tls().map(Tls::certificate);
        }

        /** Where it listens. */
        public InetSocketAddress address() {
            return binding.localAddress();
        }

        /**
         * Stops: accepts nothing more, refuses new calls with 11051, tells those who listen to {@code platform_state}, lets calls
         * under way be answered, then closes WebSockets with 1001, and cuts what is left at the stop deadline.
         */
        public CompletionStage<Done> stop() {
            connections.begins();
            platform.maintenance();
            return binding.unbind()
                    .thenCompose(unbound -> connections.stop())
                    .thenApply(stopped -> Done.getInstance());
        }

        /** Stops with the actor system, before anything behind the edge does. */
        public Bound stopWith(CoordinatedShutdown shutdown) {
            shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "rpc-stop", this::stop);
            return this;
        }
    }
}
