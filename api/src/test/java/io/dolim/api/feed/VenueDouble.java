package io.dolim.api.feed;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A WebSocket server over a real socket (RFC 6455), as small as a test needs: it says what the test
 * tells it to say, and hands every text it hears to the test.
 */
public final class VenueDouble implements AutoCloseable {

    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket server;
    private final boolean shakesHands;
    public final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();

    VenueDouble(int port, boolean shakesHands) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.shakesHands = shakesHands;
        Thread.ofVirtual().start(this::acceptAll);
    }

    public static VenueDouble open() throws IOException {
        return new VenueDouble(0, true);
    }

    int port() {
        return server.getLocalPort();
    }

    public URI endpoint() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/api/v2");
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Peer peer : peers) {
            peer.drop();
        }
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Peer peer = new Peer(server.accept());
                if (shakesHands) {
                    Thread.ofVirtual().start(() -> peer.serve(peers));
                } else {
                    peers.add(peer);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** One client. */
    public static final class Peer {

        public final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        private final Socket socket;

        Peer(Socket socket) {
            this.socket = socket;
        }

        public void say(String text) throws IOException {
            frame(0x1, text.getBytes(StandardCharsets.UTF_8));
        }

        void frame(int opcode, byte[] payload) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(0x80 | opcode);
            if (payload.length < 126) {
                bytes.write(payload.length);
            } else if (payload.length < 65_536) {
                bytes.write(126);
                bytes.write(payload.length >>> 8);
                bytes.write(payload.length);
            } else {
                bytes.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    bytes.write((int) ((long) payload.length >>> shift));
                }
            }
            bytes.write(payload);
            OutputStream out = socket.getOutputStream();
            synchronized (this) {
                out.write(bytes.toByteArray());
                out.flush();
            }
        }

        public void drop() throws IOException {
            socket.close();
        }

        private void serve(BlockingQueue<Peer> peers) {
            try {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                shakeHands(in);
                peers.add(this);
                while (true) {
                    hear(in);
                }
            } catch (IOException gone) {
                requests.add("gone");
            }
        }

        private void shakeHands(DataInputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            String key =
                    head.toString()
                            .lines()
                            .filter(
                                    line ->
                                            line.toLowerCase(java.util.Locale.ROOT)
                                                    .startsWith("sec-websocket-key:"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElseThrow(() -> new IOException("no key in " + head));
            String answer =
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: "
                            + Base64.getEncoder().encodeToString(sha1(key + ACCEPT_SALT))
                            + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }

        private void hear(DataInputStream in) throws IOException {
            int opcode = in.readUnsignedByte() & 0xF;
            int length = in.readUnsignedByte() & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            if (opcode == 1) {
                requests.add(new String(payload, StandardCharsets.UTF_8));
            } else if (opcode == 8) {
                throw new IOException("closed by the client");
            }
        }

        private static byte[] sha1(String text) {
            try {
                return MessageDigest.getInstance("SHA-1")
                        .digest(text.getBytes(StandardCharsets.US_ASCII));
            } catch (NoSuchAlgorithmException never) {
                throw new UncheckedIOException(new IOException(never));
            }
        }
    }
}
