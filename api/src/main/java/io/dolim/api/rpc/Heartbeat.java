package io.dolim.api.rpc;

import java.time.Duration;
import org.apache.pekko.util.ByteString;

/**
 * Deribit's heartbeat. Every interval the server says {@code heartbeat}, or {@code test_request} where the client was silent
 * for that long; a client still silent an interval after a test request is gone.
 *
 * @param intervalNanos 0 is off
 */
record Heartbeat(long intervalNanos, long nextNanos, boolean isQuiet, boolean isTested) {

    static final Heartbeat OFF = new Heartbeat(0, 0, false, false);
    static final ByteString BEAT = frame("heartbeat");
    static final ByteString TEST_REQUEST = frame("test_request");

    static Heartbeat every(Duration interval, long nowNanos) {
        return new Heartbeat(interval.toNanos(), nowNanos + interval.toNanos(), true, false);
    }

    Heartbeat heard() {
        return new Heartbeat(intervalNanos, nextNanos, false, false);
    }

    boolean due(long nowNanos) {
        return intervalNanos > 0 && nowNanos - nextNanos >= 0;
    }

    boolean missed() {
        return isTested && isQuiet;
    }

    Heartbeat next(long nowNanos) {
        return new Heartbeat(intervalNanos, nowNanos + intervalNanos, true, isQuiet);
    }

    private static ByteString frame(String type) {
        return Frames.text(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("jsonrpc", "2.0");
                    json.writeStringField("method", "heartbeat");
                    json.writeObjectFieldStart("params");
                    json.writeStringField("type", type);
                    json.writeEndObject();
                    json.writeEndObject();
                });
    }
}
