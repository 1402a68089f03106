package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/** A client that says whatever bytes it is told to, over a plain socket, with blocking reads under a deadline. */
final class RawSocket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] MASK = {1, 2, 3, 4};

    final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** What arrives in a frame. */
    record Frame(int opcode, ByteString payload) {
        String text() {
            return payload.utf8String();
        }

        int closeCode() {
            return payload.size() < 2 ? 1005 : payload.asByteBuffer().getShort() & 0xFFFF;
        }

        String closeReason() {
            return payload.drop(2).utf8String();
        }
    }

    /** An HTTP answer. */
    record Http(int status, String head, String body) {
        JsonNode json() {
            return read(body);
        }
    }

    RawSocket(int port) {
        this(connected(port));
    }

    /** Over a socket that is connected, a sealed one perhaps. */
    RawSocket(Socket connected) {
        try {
            socket = connected;
            socket.setSoTimeout((int) EdgeServer.PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(int port) {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawSocket webSocket(int port) {
        return webSocket(connected(port));
    }

    static RawSocket webSocket(Socket connected) {
        RawSocket raw = new RawSocket(connected);
        Http answer = raw.send(handshake("")).http();
        if (answer.status() != 101) {
            throw new IllegalStateException("no upgrade: " + answer);
        }
        return raw;
    }

    static String handshake(String moreHeaders) {
        return "GET /ws/api/v2 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + moreHeaders
                + "\r\n";
    }

    RawSocket send(String ascii) {
        return send(ascii.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes; that the peer has gone already is what some of these tests are about, and is seen when reading. */
    RawSocket send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (SocketException goneAlready) {
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    RawSocket text(String text) {
        return send(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65536) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i & 3]);
        }
        return frame.toByteArray();
    }

    /** The next frame. */
    Frame frame() {
        try {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return new Frame(first & 0x0F, ByteString.fromArrayUnsafe(payload));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next text message. */
    JsonNode message() {
        Frame frame = frame();
        if (frame.opcode() == 0x9) {
            return message();
        }
        if (frame.opcode() != 0x1) {
            throw new IllegalStateException(
                    "opcode " + frame.opcode() + " code " + frame.closeCode());
        }
        return read(frame.text());
    }

    JsonNode call(String text) {
        return text(text).message();
    }

    /** Reads one HTTP answer. */
    Http http() {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int last = 0;
            while (last != 0x0D0A0D0A) {
                int next = in.readUnsignedByte();
                head.write(next);
                last = last << 8 | next;
            }
            String text = head.toString(StandardCharsets.US_ASCII);
            byte[] body = new byte[contentLength(text)];
            in.readFully(body);
            return new Http(
                    Integer.parseInt(text.substring(9, 12)),
                    text,
                    new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int contentLength(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(15).trim());
            }
        }
        return 0;
    }

    /** Whether something arrives within so many milliseconds; it is left to be read. */
    boolean hasArrived(int withinMillis) {
        try {
            socket.setSoTimeout(withinMillis);
            in.mark(1);
            int next = in.read();
            in.reset();
            return next >= 0;
        } catch (SocketTimeoutException nothingYet) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            patiently();
        }
    }

    private void patiently() {
        try {
            socket.setSoTimeout((int) EdgeServer.PATIENCE.toMillis());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the peer still says until it ends the connection. */
    String rest() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.write(next);
            }
        } catch (EOFException | SocketException reset) {
            return rest.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException stillOpen) {
            throw new UncheckedIOException(stillOpen);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the peer has ended the connection, reading past what it still had to say. */
    boolean ends() {
        try {
            int next;
            do {
                next = in.read();
            } while (next >= 0);
            return true;
        } catch (EOFException | SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    void hangUp() {
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
