package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A WebSocket that says whatever it is told to, one message at a time. */
final class BareSocket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 20_000;
    private static final byte[] MASK = {1, 2, 3, 4};
    private static final int SMALL = 16 * 1024;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;

    private final Socket socket;
    private final DataInputStream in;

    /** What the peer closed with. */
    record Closed(int code, String reason) {}

    private record Frame(int opcode, ByteBuffer payload) {}

    private BareSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static BareSocket connect(URI address) throws IOException {
        return connect(address, new Socket());
    }

    /** One whose kernel takes little before its reader does. */
    static BareSocket slow(URI address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        return connect(address, socket);
    }

    private static BareSocket connect(URI address, Socket socket) throws IOException {
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        BareSocket bare = new BareSocket(socket);
        bare.send(
                ("GET "
                                + address.getPath()
                                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Version: 13\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String head = bare.head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no upgrade: " + head);
        }
        return bare;
    }

    /** Sends a text message and waits for the next one. */
    JsonNode call(String message) throws IOException {
        say(List.of(message));
        Heard answer = hear();
        return answer.message()
                .orElseThrow(() -> new IOException("closed: " + answer.closed().orElseThrow()));
    }

    /** Sends text messages in one write. */
    void say(List<String> messages) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String message : messages) {
            frames.writeBytes(text(message.getBytes(StandardCharsets.UTF_8)));
        }
        send(frames.toByteArray());
    }

    /** A message, or the end. */
    record Heard(Optional<JsonNode> message, Optional<Closed> closed) {}

    /** Waits for the next message or the close. */
    Heard hear() throws IOException {
        Frame frame = next();
        return frame.opcode == TEXT
                ? new Heard(
                        Optional.of(
                                JSON.readTree(
                                        StandardCharsets.UTF_8.decode(frame.payload).toString())),
                        Optional.empty())
                : new Heard(Optional.empty(), Optional.of(closed(frame.payload)));
    }

    /** Sends bytes and waits for the close. */
    Closed closedBy(byte[] bytes) throws IOException {
        send(bytes);
        Frame frame = next();
        while (frame.opcode != CLOSE) {
            frame = next();
        }
        return closed(frame.payload);
    }

    private static Closed closed(ByteBuffer payload) {
        int code = payload.remaining() < 2 ? 0 : payload.getShort() & 0xffff;
        return new Closed(code, StandardCharsets.UTF_8.decode(payload).toString());
    }

    private void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static byte[] text(byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i & 3]);
        }
        return frame.toByteArray();
    }

    /** The next frame that is no ping. */
    private Frame next() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            if (opcode == TEXT || opcode == CLOSE) {
                return new Frame(opcode, ByteBuffer.wrap(payload));
            }
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
