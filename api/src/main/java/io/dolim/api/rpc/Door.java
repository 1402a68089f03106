package io.dolim.api.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the socket and the HTTP layer, and does what that layer does not: a deadline for a whole header, a bound on
 * a WebSocket message, close codes, one bounded queue out.
 *
 * <pre>
 *   socket ──netIn──► Door ──httpOut──► HTTP layer ──► handler
 *   socket ◄──netOut─ Door ◄──httpIn─── HTTP layer ◄──
 * </pre>
 *
 * <p>While a connection speaks HTTP the bytes pass through, and the door only watches the time. When the handler has accepted
 * a handshake the door answers 101 itself, cuts the HTTP layer off, and from then on reads and writes frames for the
 * {@link Session}. After it has closed its side it reads on for a grace period, so that the peer gets our last bytes and not
 * a reset; then it cuts the connection.
 */
final class Door extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {

    private static final int WRITE_AT_ONCE = 64 * 1024;
    private static final String TICK = "tick";

    private final Inlet<ByteString> netIn = Inlet.create("Door.netIn");
    private final Outlet<ByteString> httpOut = Outlet.create("Door.httpOut");
    private final Inlet<ByteString> httpIn = Inlet.create("Door.httpIn");
    private final Outlet<ByteString> netOut = Outlet.create("Door.netOut");
    private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
            BidiShape.of(netIn, httpOut, httpIn, netOut);

    private final Connection connection;
    private final RpcConfig.Connections bounds;
    private final int maxMessage;
    private final EdgeMetrics metrics;
    private final Clocks clocks;

    Door(Connection connection, RpcConfig config, EdgeMetrics metrics, Clocks clocks) {
        this.connection = connection;
        this.bounds = config.connections();
        this.maxMessage = config.messages().maxFrame();
        this.metrics = metrics;
        this.clocks = clocks;
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private enum Phase {
        HTTP,
        WEBSOCKET,
        CLOSING
    }

    private final class Logic extends TimerGraphStageLogic {

        private Phase phase = Phase.HTTP;
        private long lastHeardNanos = clocks.nanos();
        private long lastSaidNanos = lastHeardNanos;
        private final HeaderWatch header =
                new HeaderWatch(connection, bounds.headerDeadline(), lastHeardNanos);
        private final FrameReader frames = new FrameReader(maxMessage);
        private ByteBuffer unread = ByteBuffer.allocate(0);
        private final MessageWatch message = new MessageWatch(bounds.messageDeadline());
        private @Nullable Session session;
        private @Nullable ByteString lastWords;
        private long closingSinceNanos;
        private Optional<ByteString> goodbye = Optional.empty();

        Logic() {
            super(shape);
            setHandler(netIn, new FromNet());
            setHandler(netOut, new ToNet());
            setHandler(httpIn, new FromHttp());
            setHandler(httpOut, new ToHttp());
        }

        @Override
        public void preStart() {
            var signals = this.<Connection.Signal>createAsyncCallback(this::onSignal);
            connection.attach(signals::invoke);
            scheduleWithFixedDelay(TICK, bounds.tick(), bounds.tick());
        }

        @Override
        public void postStop() {
            endSession();
            connection.closed();
        }

        private void endSession() {
            Session ending = session;
            session = null;
            if (ending != null) {
                ending.onClosed();
            }
        }

        private void onSignal(Connection.Signal signal) {
            switch (signal) {
                case Connection.Signal.Upgrade upgrade -> onUpgrade(upgrade);
                case Connection.Signal.Wake wake -> {
                    connection.awake();
                    write();
                    read();
                }
                case Connection.Signal.Close close -> onClose(close);
                case Connection.Signal.Cut cut -> failStage(connection.cutOff("server stopped"));
            }
        }

        private void onClose(Connection.Signal.Close close) {
            switch (phase) {
                case HTTP -> {
                    // no more requests; an answer on its way still passes, then HTTP ends
                    if (!connection.isBusy() && !isClosed(httpOut)) {
                        complete(httpOut);
                    }
                }
                case WEBSOCKET -> {
                    goodbye = Optional.of(Frames.close(close.code(), close.reason()));
                    if (close.whenSaid() && session != null) {
                        session.leave();
                        write();
                    } else {
                        endWith(goodbye.get());
                    }
                }
                case CLOSING -> {}
            }
        }

        @Override
        public void onTimer(Object key) {
            long now = clocks.nanos();
            switch (phase) {
                case HTTP -> httpTick(now);
                case WEBSOCKET -> webSocketTick(now);
                case CLOSING -> {
                    if (over(now, closingSinceNanos, bounds.closeGrace())) {
                        failStage(connection.cutOff("peer did not say goodbye"));
                    }
                }
            }
        }

        private boolean over(long now, long since, Duration limit) {
            return now - since >= limit.toNanos();
        }

        private void httpTick(long now) {
            if (header.isLate(now)) {
                metrics.refused("header_deadline");
                endWith(HeaderWatch.TIMED_OUT);
            } else if (over(now, lastHeardNanos, bounds.idleTimeout())) {
                endWith(ByteString.emptyByteString());
            }
        }

        private void onHttpBytes(ByteString bytes) {
            header.onBytes(bytes, lastHeardNanos);
            push(httpOut, bytes);
        }

        /** The handshake's last four bytes end its header; a client that sent more before our 101 breaks RFC 6455. */
        private void onUpgrade(Connection.Signal.Upgrade upgrade) {
            if (phase != Phase.HTTP) {
                upgrade.session().onClosed();
                return;
            }
            phase = Phase.WEBSOCKET;
            session = upgrade.session();
            cancel(httpIn);
            complete(httpOut);
            if (!header.endedLast()) {
                metrics.refused("early_frame");
                endWith(ByteString.emptyByteString());
                return;
            }
            say(WebSocketHandshake.switching(upgrade.acceptKey()));
            read();
        }

        private void webSocketTick(long now) {
            if (message.isLate(now)) {
                violated(FrameReader.POLICY, "message_deadline");
            } else if (over(now, lastHeardNanos, bounds.idleTimeout())) {
                violated(FrameReader.GOING_AWAY, "idle");
            } else if (session != null) {
                session.onTick(now);
                if (over(now, lastSaidNanos, bounds.pingInterval()) && isAvailable(netOut)) {
                    say(Frames.control(Frames.PING, new byte[0]));
                }
            }
        }

        /**
         * Reads messages until the bytes are used up or the session has enough on its hands. Answers given meanwhile need no
         * wake, they are written here; room made meanwhile by another thread is seen by looking again.
         */
        private void read() {
            Session reading = session;
            if (phase != Phase.WEBSOCKET || reading == null) {
                return;
            }
            do {
                connection.hush();
                while (phase == Phase.WEBSOCKET && reading.mayRead() && unread.hasRemaining()) {
                    onRead(reading, frames.next(unread));
                }
                connection.awake();
                write();
            } while (phase == Phase.WEBSOCKET && reading.mayRead() && unread.hasRemaining());
            if (phase == Phase.WEBSOCKET && !unread.hasRemaining()) {
                message.look(frames.halfWay(), lastHeardNanos);
                pullNet();
            }
        }

        private void onRead(Session reading, FrameReader.Read read) {
            switch (read) {
                case FrameReader.Read.Starved starved -> {}
                case FrameReader.Read.Text text -> {
                    message.ended();
                    reading.onText(text.text(), lastHeardNanos);
                }
                case FrameReader.Read.Ping ping -> reading.onPing(ping.payload());
                case FrameReader.Read.Pong pong -> {}
                case FrameReader.Read.Close close ->
                        endWith(
                                close.code() == FrameReader.NO_STATUS
                                        ? Frames.control(Frames.CLOSE, new byte[0])
                                        : Frames.close(close.code(), ""));
                case FrameReader.Read.Violation violation ->
                        violated(violation.code(), violation.cause());
            }
        }

        private void violated(int code, String cause) {
            metrics.refused(cause);
            endWith(Frames.close(code, cause));
        }

        private void write() {
            if (phase == Phase.WEBSOCKET && session != null && isAvailable(netOut)) {
                ByteString frames = session.take(WRITE_AT_ONCE);
                if (frames.nonEmpty()) {
                    say(frames);
                }
                if (goodbye.isPresent() && session.owesNothing()) {
                    endWith(goodbye.get());
                }
            }
        }

        private void say(ByteString bytes) {
            lastSaidNanos = clocks.nanos();
            emit(netOut, bytes);
        }

        private void pullNet() {
            if (!hasBeenPulled(netIn) && !isClosed(netIn)) {
                pull(netIn);
            }
        }

        /** Says the last bytes once the socket takes them, ends our side, and drains the peer's for the grace period. */
        private void endWith(ByteString bytes) {
            phase = Phase.CLOSING;
            closingSinceNanos = clocks.nanos();
            endSession();
            unread = ByteBuffer.allocate(0);
            if (!isClosed(httpIn)) {
                cancel(httpIn);
            }
            if (!isClosed(httpOut)) {
                complete(httpOut);
            }
            if (isClosed(netOut)) {
                completeStage();
            } else if (bytes.isEmpty()) {
                complete(netOut);
            } else if (isAvailable(netOut)) {
                push(netOut, bytes);
                complete(netOut);
            } else {
                lastWords = bytes;
            }
            if (isClosed(netIn)) {
                finishIfSaid();
            } else {
                pullNet();
            }
        }

        private void finishIfSaid() {
            if (lastWords == null) {
                completeStage();
            }
        }

        private final class FromNet extends AbstractInHandler {
            @Override
            public void onPush() {
                ByteString bytes = grab(netIn);
                lastHeardNanos = clocks.nanos();
                switch (phase) {
                    case HTTP -> onHttpBytes(bytes);
                    case WEBSOCKET -> {
                        unread = bytes.asByteBuffer();
                        read();
                    }
                    case CLOSING -> pull(netIn);
                }
            }

            @Override
            public void onUpstreamFinish() {
                switch (phase) {
                    case HTTP -> complete(httpOut);
                    case WEBSOCKET, CLOSING -> completeStage();
                }
            }
        }

        private final class ToNet extends AbstractOutHandler {
            @Override
            public void onPull() {
                switch (phase) {
                    case HTTP -> {
                        if (!hasBeenPulled(httpIn)) {
                            pull(httpIn);
                        }
                    }
                    case WEBSOCKET -> write();
                    case CLOSING -> {
                        ByteString last = lastWords;
                        if (last != null) {
                            lastWords = null;
                            push(netOut, last);
                        }
                        complete(netOut);
                        if (isClosed(netIn)) {
                            completeStage();
                        }
                    }
                }
            }
        }

        private final class FromHttp extends AbstractInHandler {
            @Override
            public void onPush() {
                lastSaidNanos = clocks.nanos();
                push(netOut, grab(httpIn));
            }

            @Override
            public void onUpstreamFinish() {
                if (phase == Phase.HTTP) {
                    endWith(ByteString.emptyByteString());
                }
            }
        }

        private final class ToHttp extends AbstractOutHandler {
            @Override
            public void onPull() {
                if (phase == Phase.HTTP) {
                    pullNet();
                }
            }

            /** The HTTP layer reads no more but may still have an answer to say. */
            @Override
            public void onDownstreamFinish(Throwable cause) {
                header.ignore();
            }
        }
    }
}
