package io.dolim.api.rpc;

import io.dolim.api.rpc.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/** Writes WebSocket frames as a server does: final, unmasked (RFC 6455, section 5.2). */
final class Frames {

    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    /** A control frame's payload is at most this (section 5.5). */
    static final int MAX_CONTROL = 125;

    private static final int MAX_HEADER = 10;
    private static final int FIN = 0x80;

    private Frames() {}

    static ByteString text(JsonText.Writable value) {
        Buffer buffer = new Buffer();
        JsonText.write(buffer, value);
        return buffer.frame(TEXT);
    }

    static ByteString control(int opcode, byte[] payload) {
        Buffer buffer = new Buffer();
        buffer.write(payload, 0, Math.min(payload.length, MAX_CONTROL));
        return buffer.frame(opcode);
    }

    /** A close frame; the reason is ASCII of our own making and cut to what a frame holds. */
    static ByteString close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = new byte[2 + Math.min(text.length, MAX_CONTROL - 2)];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        return control(CLOSE, payload);
    }

    /** Leaves room for the longest header in front, so that a payload is written once and never moved. */
    private static final class Buffer extends ByteArrayOutputStream {

        Buffer() {
            super(512);
            count = MAX_HEADER;
        }

        ByteString frame(int opcode) {
            int length = count - MAX_HEADER;
            byte[] header = header(opcode, length);
            int start = MAX_HEADER - header.length;
            System.arraycopy(header, 0, buf, start, header.length);
            return ByteString.fromArrayUnsafe(Arrays.copyOfRange(buf, start, count));
        }

        private static byte[] header(int opcode, int length) {
            byte first = (byte) (FIN | opcode);
            if (length <= MAX_CONTROL) {
                return new byte[] {first, (byte) length};
            }
            if (length <= 0xFFFF) {
                return new byte[] {first, 126, (byte) (length >> 8), (byte) length};
            }
            return new byte[] {
                first,
                127,
                0,
                0,
                0,
                0,
                (byte) (length >> 24),
                (byte) (length >> 16),
                (byte) (length >> 8),
                (byte) length
            };
        }
    }
}
