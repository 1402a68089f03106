package io.dolim.api.rpc;

import io.dolim.api.rpc.json.StrictJson;
import io.dolim.api.rpc.json.Unreadable;
import io.dolim.api.session.Authenticator;
import io.dolim.api.session.Authority;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.util.ByteString;

/**
 * One WebSocket connection's conversation: who it is, what it listens to, what it is owed. Everything in here runs on the
 * connection's thread except {@link #push} and the sending of answers, which only touch the {@link Outbox}.
 */
public final class Session {

    /** The socket, as a session sees it. Safe from any thread. */
    interface Wire {
        /** Something is in the outbox, or there is room for requests again. */
        void wake();

        /** Closes the connection with a WebSocket code. */
        void close(int code, String reason);
    }

    /** What all sessions share. */
    record Context(
            RpcConfig.Sessions bounds,
            Budget budget,
            Dispatcher dispatcher,
            Authenticator authenticator,
            SessionListener listener,
            EdgeMetrics metrics,
            Clocks clocks) {}

    private record Held(Runnable end, boolean ofAccount) {}

    private record Opening(String name, Channel channel, boolean ofAccount) {}

    private final Context context;
    private final InetAddress address;
    private final long connection;
    private final Wire wire;
    private final Outbox outbox;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** Calls whose answer is not queued yet; those in flight may be read past a moment before. */
    private final AtomicInteger owed = new AtomicInteger();

    private volatile boolean leaving;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Queue<Opening> opening = new ArrayDeque<>();
    private Optional<Authority> authority = Optional.empty();
    private Heartbeat heartbeat = Heartbeat.OFF;
    private long heardNanos;

    Session(Context context, InetAddress address, long connection, Wire wire) {
        this.context = context;
        this.address = address;
        this.connection = connection;
        this.wire = wire;
        this.outbox =
                new Outbox(
                        context.bounds().queuedResponses(),
                        context.bounds().queuedUpdates(),
                        context.bounds().queuedBytes(),
                        context.budget());
        context.metrics().sessionOpened();
    }

    /** A number of this connection, unique in this process. */
    public long id() {
        return connection;
    }

    /** Whether another request may be read now. */
    boolean mayRead() {
        return inFlight.get() < context.bounds().inFlight();
    }

    /**
     * A message arrived.
     *
     * @param heard when its last byte did, nanoseconds of the monotonic clock
     */
    void onText(String text, long heard) {
        heardNanos = heard;
        long usIn = context.clocks().micros();
        heartbeat = heartbeat.heard();
        switch (read(text)) {
            case Envelope.Malformed malformed ->
                    send(context.dispatcher().malformed(caller(), malformed, usIn));
            case Envelope.Request request -> call(request, usIn);
        }
        openSubscribed();
    }

    private static Envelope.Read read(String text) {
        try {
            return Envelope.read(StrictJson.read(text));
        } catch (Unreadable why) {
            return Envelope.unreadable(why);
        }
    }

    private void call(Envelope.Request request, long usIn) {
        inFlight.incrementAndGet();
        owed.incrementAndGet();
        context.dispatcher()
                .dispatch(
                        caller(),
                        request,
                        usIn,
                        response -> {
                            inFlight.decrementAndGet();
                            send(response);
                            if (owed.decrementAndGet() == 0 && leaving) {
                                wire.wake();
                            }
                        });
    }

    /** Why the request at hand is refused if others may do without it; called on the connection's thread. */
    Optional<Refusal> shortage() {
        long waitedMs = (context.clocks().nanos() - heardNanos) / 1_000_000L;
        long mostMs = context.bounds().quoteWait().toMillis();
        if (waitedMs > mostMs) {
            return Optional.of(
                    overloaded("quotes that waited too long to be read give way to trades")
                            .with("waited", waitedMs)
                            .with("limit", mostMs));
        }
        return outbox.isShort()
                ? Optional.of(overloaded("read what was sent before more is asked for"))
                : Optional.empty();
    }

    private static Refusal overloaded(String rule) {
        return Refusal.of(ErrorCode.MATCHING_ENGINE_QUEUE_FULL, "overloaded").with("rule", rule);
    }

    private Caller caller() {
        if (authority.isPresent()) {
            authority = authority.flatMap(context.authenticator()::stillHolds);
            if (authority.isEmpty()) {
                withdrawn();
            }
        }
        return new Caller(authority, address, connection, Optional.of(this));
    }

    private void send(Response response) {
        after(outbox.respond(response.encoded(Frames::text), response.precedence()));
    }

    private void send(ByteString frame) {
        after(outbox.respond(frame, Precedence.OTHER));
    }

    /** The server stops: what is owed is still said, and nothing more is told. */
    void leave() {
        leaving = true;
        outbox.endUpdates();
    }

    /** Whether every call is answered and all that was to be said has been taken. */
    boolean owesNothing() {
        return owed.get() == 0 && outbox.isEmpty();
    }

    /** Sends an update; safe from any thread. */
    void push(Notification update) {
        after(outbox.update(update));
    }

    private void after(Outbox.Offer offer) {
        switch (offer) {
            case QUEUED -> wire.wake();
            case CONFLATED -> context.metrics().conflated();
            case OVERFLOW -> {
                context.metrics().overflowed();
                wire.close(FrameReader.POLICY, "slow reader");
            }
            case CLOSED -> {}
        }
    }

    /** Answers a ping. */
    void onPing(ByteString payload) {
        outbox.pong(Frames.control(Frames.PONG, payload.toArrayUnsafe()));
        wire.wake();
    }

    /** Takes frames to be written, up to about {@code atMost} bytes. */
    ByteString take(int atMost) {
        return outbox.take(atMost);
    }

    /** Looks at what is due. */
    void onTick(long nowNanos) {
        if (authority.isPresent()
                && authority.flatMap(context.authenticator()::stillHolds).isEmpty()) {
            withdrawn();
            return;
        }
        if (heartbeat.due(nowNanos)) {
            beat(nowNanos);
        }
    }

    /** Its key has ended, or has another secret: what it listened to ends at once, and it is closed. */
    private void withdrawn() {
        endOfAccount();
        wire.close(FrameReader.POLICY, "key withdrawn");
    }

    private void beat(long nowNanos) {
        if (heartbeat.missed()) {
            wire.close(FrameReader.POLICY, "heartbeat missed");
            return;
        }
        send(heartbeat.isQuiet() ? Heartbeat.TEST_REQUEST : Heartbeat.BEAT);
        heartbeat = heartbeat.next(nowNanos);
    }

    void heartbeatEvery(Duration interval) {
        heartbeat = Heartbeat.every(interval, context.clocks().nanos());
    }

    void heartbeatOff() {
        heartbeat = Heartbeat.OFF;
    }

    /** From now on the session acts for this account; channels of another account end. */
    void authenticated(Authority proved) {
        if (authority.filter(a -> !a.account().equals(proved.account())).isPresent()) {
            endOfAccount();
        }
        authority = Optional.of(proved);
    }

    /** @param endsTokens whether the tokens that were handed out over this connection end with it, whatever their scope */
    void logout(boolean endsTokens) {
        if (endsTokens) {
            context.authenticator().loggedOut(connection);
        }
        wire.close(FrameReader.NORMAL, "logged out");
    }

    /** How many channels would be listened to with these besides. */
    int subscriptionsWith(List<String> names) {
        return held.size()
                + (int) names.stream().distinct().filter(name -> !held.containsKey(name)).count();
    }

    int maxSubscriptions() {
        return context.bounds().subscriptions();
    }

    /** Listens to a channel, from after the answer to this request on. */
    void subscribe(String name, Channel channel, boolean ofAccount) {
        if (!held.containsKey(name)) {
            held.put(name, new Held(() -> {}, ofAccount));
            opening.add(new Opening(name, channel, ofAccount));
        }
    }

    boolean isSubscribed(String name) {
        return held.containsKey(name);
    }

    private void openSubscribed() {
        for (Opening next = opening.poll(); next != null; next = opening.poll()) {
            if (held.containsKey(next.name())) {
                held.put(next.name(), new Held(next.channel().open(this::push), next.ofAccount()));
            }
        }
    }

    /** Stops listening; whether it had been. */
    boolean unsubscribe(String name) {
        Held ended = held.remove(name);
        if (ended == null) {
            return false;
        }
        ended.end().run();
        return true;
    }

    List<String> subscriptions() {
        return new ArrayList<>(held.keySet());
    }

    private void endOfAccount() {
        held.entrySet().stream()
                .filter(entry -> entry.getValue().ofAccount())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::unsubscribe);
    }

    /** The connection is gone. */
    void onClosed() {
        outbox.close();
        opening.clear();
        subscriptions().forEach(this::unsubscribe);
        context.authenticator().connectionEnded(connection);
        context.metrics().sessionClosed();
        context.listener().closed(caller());
    }
}
