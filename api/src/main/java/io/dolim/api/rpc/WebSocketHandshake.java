package io.dolim.api.rpc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/** Judges a WebSocket handshake (RFC 6455, section 4.2). */
final class WebSocketHandshake {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Set<String> origins;

    WebSocketHandshake(Set<String> origins) {
        this.origins = origins;
    }

    /** What to answer. */
    sealed interface Judged {
        record Accepted(String acceptKey) implements Judged {}

        record NotOne(String reason) implements Judged {}

        record ForeignOrigin(String origin) implements Judged {}
    }

    Judged judge(HttpRequest request) {
        Optional<String> key = header(request, "Sec-WebSocket-Key");
        if (request.getAttribute(AttributeKeys.webSocketUpgrade).isEmpty() || key.isEmpty()) {
            return new Judged.NotOne("websocket_handshake_expected");
        }
        // a browser always says where its page is from, a program has no page
        Optional<String> foreign =
                headers(request, "Origin").filter(o -> !origins.contains(o)).findFirst();
        return foreign.isPresent()
                ? new Judged.ForeignOrigin(foreign.get())
                : new Judged.Accepted(accept(key.get()));
    }

    private static Optional<String> header(HttpRequest request, String name) {
        return headers(request, name).findFirst();
    }

    static java.util.stream.Stream<String> headers(HttpRequest request, String name) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value);
    }

    static String accept(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The answer to an accepted handshake: no extension, no subprotocol. */
    static ByteString switching(String acceptKey) {
        return ByteString.fromString(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + acceptKey
                        + "\r\n\r\n",
                StandardCharsets.US_ASCII);
    }
}
