package io.dolim.api.rpc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.pekko.util.ByteString;

/**
 * Watches over the time a header takes as a whole. A header has begun with the first byte after the last answer (a
 * connection's first header begins with the connection), and has ended when the HTTP layer hands out its request. Which bytes
 * are a header's need not be known for that, so HTTP is parsed in one place only.
 */
final class HeaderWatch {

    /** What a peer is told whose header is late. */
    static final ByteString TIMED_OUT =
            ByteString.fromString(
                    "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                    StandardCharsets.US_ASCII);

    private static final int END_OF_HEADER = 0x0D0A0D0A;

    private final Connection connection;
    private final long deadlineNanos;
    private boolean pending = true;
    private long sinceNanos;
    private long requestsBefore;
    private int lastFourBytes;

    HeaderWatch(Connection connection, Duration deadline, long nowNanos) {
        this.connection = connection;
        this.deadlineNanos = deadline.toNanos();
        this.sinceNanos = nowNanos;
    }

    void onBytes(ByteString bytes, long nowNanos) {
        look();
        if (!pending && !connection.isBusy()) {
            pending = true;
            requestsBefore = connection.requestsRead();
            sinceNanos = nowNanos;
        }
        for (int i = Math.max(0, bytes.size() - 4); i < bytes.size(); i++) {
            lastFourBytes = lastFourBytes << 8 | (bytes.apply(i) & 0xFF);
        }
    }

    boolean isLate(long nowNanos) {
        look();
        return pending && nowNanos - sinceNanos >= deadlineNanos;
    }

    /** Nothing more is read as HTTP. */
    void ignore() {
        pending = false;
    }

    /** Whether the last bytes seen were the end of a header. */
    boolean endedLast() {
        return lastFourBytes == END_OF_HEADER;
    }

    private void look() {
        pending = pending && connection.requestsRead() == requestsBefore;
    }
}
