package io.dolim.api.rpc;

import io.dolim.api.rpc.json.StrictJson;
import io.dolim.api.rpc.json.Unreadable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/**
 * Reads WebSocket frames as a server does (RFC 6455, section 5). A frame is judged by its header, before a byte of it is
 * kept: what announces more than the bound is refused at the announcement, and a message in fragments is counted over all
 * of them. One instance per connection; not thread-safe.
 */
final class FrameReader {

    /** What was read. */
    sealed interface Read {
        /** Nothing whole yet: all bytes are taken, more are needed. */
        record Starved() implements Read {}

        /** One whole text message. */
        record Text(String text) implements Read {}

        /** A ping to be answered. */
        record Ping(ByteString payload) implements Read {}

        /** An answer to a ping of ours. */
        record Pong() implements Read {}

        /** The peer says goodbye. */
        record Close(int code) implements Read {}

        /** The peer broke a rule: the connection is closed with this code, and the reader is not to be used again. */
        record Violation(int code, String cause) implements Read {}
    }

    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL = 1002;
    static final int UNSUPPORTED = 1003;
    static final int NO_STATUS = 1005;
    static final int NOT_UTF8 = 1007;
    static final int POLICY = 1008;
    static final int TOO_BIG = 1009;

    private static final Read STARVED = new Read.Starved();
    private static final int SHORT_HEADER = 2;
    private static final int MASK = 4;
    private static final int INITIAL = 256;

    private final int maxMessage;

    private final byte[] header = new byte[14];
    private int headerHave;
    private int headerNeed = SHORT_HEADER;

    private int opcode;
    private boolean fin;
    private int payloadLength;
    private int payloadHave;
    private boolean inPayload;

    private byte[] message = new byte[INITIAL];
    private int messageLength;
    private boolean inMessage;
    private final byte[] control = new byte[Frames.MAX_CONTROL];

    FrameReader(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    /** Whether a frame or a message has begun and not ended. */
    boolean halfWay() {
        return inMessage || inPayload || headerHave > 0;
    }

    /** Reads on until something is whole. */
    Read next(ByteBuffer bytes) {
        while (true) {
            if (!inPayload) {
                if (!headerComplete(bytes)) {
                    return STARVED;
                }
                long announced = announced();
                String broken = brokenRule(announced);
                if (!broken.isEmpty()) {
                    return violation(broken);
                }
                begin((int) announced);
            }
            if (!payloadComplete(bytes)) {
                return STARVED;
            }
            inPayload = false;
            if (isControl()) {
                return endControl();
            }
            messageLength += payloadLength;
            if (fin) {
                return endMessage();
            }
        }
    }

    private boolean headerComplete(ByteBuffer bytes) {
        while (headerHave < headerNeed) {
            if (!bytes.hasRemaining()) {
                return false;
            }
            header[headerHave++] = bytes.get();
            if (headerHave == SHORT_HEADER) {
                headerNeed = SHORT_HEADER + extendedLength() + (masked() ? MASK : 0);
            }
        }
        return true;
    }

    private int extendedLength() {
        int length = header[1] & 0x7F;
        return length == 126 ? 2 : length == 127 ? 8 : 0;
    }

    private boolean masked() {
        return (header[1] & 0x80) != 0;
    }

    /** The length that the header announces; negative where it is beyond 63 bits. */
    private long announced() {
        return switch (extendedLength()) {
            case 2 -> ByteBuffer.wrap(header, SHORT_HEADER, 2).getShort() & 0xFFFFL;
            case 8 -> ByteBuffer.wrap(header, SHORT_HEADER, 8).getLong();
            default -> header[1] & 0x7F;
        };
    }

    /** The rule that a header breaks, or empty. */
    private String brokenRule(long announced) {
        opcode = header[0] & 0x0F;
        fin = (header[0] & 0x80) != 0;
        if ((header[0] & 0x70) != 0) {
            return "reserved_bits";
        }
        if (!masked()) {
            return "unmasked";
        }
        return isControl() ? brokenControl(announced) : brokenData(announced);
    }

    private String brokenControl(long announced) {
        if (opcode != Frames.CLOSE && opcode != Frames.PING && opcode != Frames.PONG) {
            return "unknown_opcode";
        }
        return !fin || announced < 0 || announced > Frames.MAX_CONTROL ? "control_frame" : "";
    }

    private String brokenData(long announced) {
        if (opcode == Frames.BINARY) {
            return "binary";
        }
        if (opcode != 0 && opcode != Frames.TEXT) {
            return "unknown_opcode";
        }
        if ((opcode == 0) != inMessage) {
            return "fragmentation";
        }
        return announced < 0 || announced > maxMessage - messageLength ? "too_big" : "";
    }

    private static Read violation(String cause) {
        return new Read.Violation(
                switch (cause) {
                    case "binary" -> UNSUPPORTED;
                    case "too_big" -> TOO_BIG;
                    default -> PROTOCOL;
                },
                cause);
    }

    private void begin(int length) {
        payloadLength = length;
        payloadHave = 0;
        inPayload = true;
        headerHave = 0;
        if (!isControl()) {
            inMessage = true;
            ensureRoom(messageLength + Math.min(length, 4096));
        }
    }

    private boolean payloadComplete(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), payloadLength - payloadHave);
        byte[] target = isControl() ? control : message;
        int offset = payloadHave + (isControl() ? 0 : messageLength);
        if (!isControl()) {
            ensureRoom(offset + count);
            target = message;
        }
        bytes.get(target, offset, count);
        int maskAt = headerNeed - MASK;
        for (int i = 0; i < count; i++) {
            target[offset + i] ^= header[maskAt + ((payloadHave + i) & 3)];
        }
        payloadHave += count;
        if (payloadHave < payloadLength) {
            return false;
        }
        headerNeed = SHORT_HEADER;
        return true;
    }

    /** Grows with what has arrived, not with what was announced. */
    private void ensureRoom(int length) {
        if (message.length < length) {
            message =
                    Arrays.copyOf(
                            message, Math.max(length, Math.min(maxMessage, message.length * 2)));
        }
    }

    private boolean isControl() {
        return (opcode & 0x8) != 0;
    }

    private Read endMessage() {
        ByteBuffer whole = ByteBuffer.wrap(message, 0, messageLength);
        messageLength = 0;
        inMessage = false;
        message = new byte[INITIAL];
        try {
            return new Read.Text(StrictJson.text(whole));
        } catch (Unreadable notUtf8) {
            return new Read.Violation(NOT_UTF8, "not_utf8");
        }
    }

    private Read endControl() {
        byte[] payload = Arrays.copyOf(control, payloadLength);
        return switch (opcode) {
            case Frames.PING -> new Read.Ping(ByteString.fromArrayUnsafe(payload));
            case Frames.PONG -> new Read.Pong();
            default -> endClose(payload);
        };
    }

    private static Read endClose(byte[] payload) {
        if (payload.length == 0) {
            return new Read.Close(NO_STATUS);
        }
        if (payload.length == 1) {
            return new Read.Violation(PROTOCOL, "close_code");
        }
        int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        boolean known =
                (code >= 1000 && code <= 1003)
                        || (code >= 1007 && code <= 1014)
                        || (code >= 3000 && code <= 4999);
        if (!known) {
            return new Read.Violation(PROTOCOL, "close_code");
        }
        try {
            StrictJson.text(ByteBuffer.wrap(payload, 2, payload.length - 2));
            return new Read.Close(code);
        } catch (Unreadable notUtf8) {
            return new Read.Violation(NOT_UTF8, "not_utf8");
        }
    }
}
