package io.dolim.api.rpc;

import io.dolim.api.session.Authority;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who calls, and over what.
 *
 * @param authority what he has proved; the dispatcher sees to it that a method which needs one gets one
 * @param address the peer's address
 * @param connection a number of this connection, unique in this process
 * @param session the WebSocket session; empty over HTTP
 */
public record Caller(
        Optional<Authority> authority,
        InetAddress address,
        long connection,
        Optional<Session> session) {

    /** The account called for. Only of methods that need authority: elsewhere it is a fault to ask. */
    public String account() {
        return authority
                .map(Authority::account)
                .orElseThrow(() -> new IllegalStateException("anonymous caller"));
    }

    /** The same caller as a stranger, for what is public. */
    Caller anonymous() {
        return new Caller(Optional.empty(), address, connection, session);
    }

    Caller as(Optional<Authority> other) {
        return new Caller(other, address, connection, session);
    }
}
