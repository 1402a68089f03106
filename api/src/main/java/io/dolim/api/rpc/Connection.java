package io.dolim.api.rpc;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The handle on one connection that is passed to those on other threads: the HTTP handler, publishers, shutdown. What they
 * say reaches the {@link Door} as a {@link Signal} on the connection's thread.
 */
final class Connection implements Session.Wire {

    /** What the door is told. */
    sealed interface Signal {
        /** The HTTP handler accepted a WebSocket handshake. */
        record Upgrade(String acceptKey, Session session) implements Signal {}

        /** The session's outbox has something. */
        record Wake() implements Signal {}

        /**
         * Close, with a WebSocket code if it is one.
         *
         * @param whenSaid not before all that is owed has been said
         */
        record Close(int code, String reason, boolean whenSaid) implements Signal {}

        /** Cut the connection, whatever it is doing. */
        record Cut() implements Signal {}
    }

    private final long id;
    private final InetAddress address;
    private final Consumer<Connection> onClosed;
    private volatile Consumer<Signal> door = signal -> {};
    private volatile Consumer<CutOff> cutter = why -> {};
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicBoolean woken = new AtomicBoolean();

    /**
     * @param onClosed told once when it is gone
     */
    Connection(long id, InetAddress address, Consumer<Connection> onClosed) {
        this.id = id;
        this.address = address;
        this.onClosed = onClosed;
    }

    long id() {
        return id;
    }

    InetAddress address() {
        return address;
    }

    void attach(Consumer<Signal> opened) {
        door = opened;
    }

    /** What lies between the door and the socket is told when the door cuts the connection. */
    void cutWith(Consumer<CutOff> told) {
        cutter = told;
    }

    /** Why the door cuts the connection. */
    CutOff cutOff(String why) {
        CutOff cut = new CutOff(why);
        cutter.accept(cut);
        return cut;
    }

    /** A request's header is whole. */
    void requestRead() {
        requests.incrementAndGet();
    }

    /** A request's answer is on its way. */
    void requestAnswered() {
        answers.incrementAndGet();
    }

    long requestsRead() {
        return requests.get();
    }

    boolean isBusy() {
        return requests.get() != answers.get();
    }

    void upgrade(String acceptKey, Session session) {
        door.accept(new Signal.Upgrade(acceptKey, session));
    }

    @Override
    public void wake() {
        if (woken.compareAndSet(false, true)) {
            door.accept(new Signal.Wake());
        }
    }

    /** From here on wakes are not sent: the door is looking anyway. */
    void hush() {
        woken.set(true);
    }

    /** From here on the next wake is sent again. */
    void awake() {
        woken.set(false);
    }

    @Override
    public void close(int code, String reason) {
        door.accept(new Signal.Close(code, reason, false));
    }

    /** The server stops: says what is owed, and then goodbye. */
    void leave() {
        door.accept(new Signal.Close(FrameReader.GOING_AWAY, Connections.GOING_AWAY, true));
    }

    void cut() {
        door.accept(new Signal.Cut());
    }

    void closed() {
        onClosed.accept(this);
    }
}
