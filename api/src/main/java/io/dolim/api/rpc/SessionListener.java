package io.dolim.api.rpc;

/** Told when a WebSocket session is over: where cancel-on-disconnect begins. */
@FunctionalInterface
public interface SessionListener {

    /** The session ended; called once, on the connection's thread, and returns at once. */
    void closed(Caller caller);
}
