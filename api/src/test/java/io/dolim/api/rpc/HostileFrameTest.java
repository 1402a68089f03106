package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Frames that break RFC 6455 or a bound: each closes its own connection with a code and a reason, and no other. */
final class HostileFrameTest {

    private static EdgeServer server;
    private static Witness witness;

    private record Case(String name, ByteString bytes, int code, String reason) {
        Case(String name, byte[] bytes, int code, String reason) {
            this(name, ByteString.fromArrayUnsafe(bytes), code, reason);
        }

        static Case hex(String name, String hex, int code, String reason) {
            return new Case(name, HexFormat.of().parseHex(hex.replace(" ", "")), code, reason);
        }
    }

    @BeforeAll
    static void start() {
        server = new EdgeServer("connections.message-deadline = 300 ms");
        witness = new Witness(server);
    }

    @AfterAll
    static void stop() {
        witness.close();
        server.close();
    }

    private static byte[] announced(int first, long length) {
        return ByteBuffer.allocate(14)
                .put((byte) first)
                .put((byte) 0xFF)
                .putLong(length)
                .putInt(0)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(p -> p.length).sum());
        Stream.of(parts).forEach(all::put);
        return all.array();
    }

    private static final byte[] HALF = new byte[20_000];

    private static List<Case> cases() {
        byte[] fragment = RawSocket.frame(0x01, HALF);
        byte[] more = RawSocket.frame(0x00, HALF);
        return List.of(
                new Case("a binary frame", RawSocket.frame(0x82, new byte[] {1}), 1003, "binary"),
                new Case(
                        "an empty binary frame",
                        RawSocket.frame(0x82, new byte[0]),
                        1003,
                        "binary"),
                new Case("1 TiB announced", announced(0x81, 1L << 40), 1009, "too_big"),
                new Case("2^63-1 announced", announced(0x81, Long.MAX_VALUE), 1009, "too_big"),
                new Case("a negative length announced", announced(0x81, -1), 1009, "too_big"),
                new Case("32769 bytes announced", announced(0x81, 32769), 1009, "too_big"),
                new Case(
                        "32769 bytes sent",
                        RawSocket.frame(0x81, new byte[32769]),
                        1009,
                        "too_big"),
                new Case("two fragments of 20000", joined(fragment, more), 1009, "too_big"),
                new Case(
                        "1 TiB in a second fragment",
                        joined(fragment, announced(0x80, 1L << 40)),
                        1009,
                        "too_big"),
                new Case(
                        "no UTF-8",
                        RawSocket.frame(0x81, new byte[] {(byte) 0xFF}),
                        1007,
                        "not_utf8"),
                new Case(
                        "overlong UTF-8",
                        RawSocket.frame(0x81, new byte[] {(byte) 0xC0, (byte) 0xAF}),
                        1007,
                        "not_utf8"),
                new Case(
                        "a surrogate in UTF-8",
                        RawSocket.frame(0x81, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}),
                        1007,
                        "not_utf8"),
                new Case(
                        "UTF-8 cut short",
                        RawSocket.frame(0x81, new byte[] {(byte) 0xE2, (byte) 0x82}),
                        1007,
                        "not_utf8"),
                new Case(
                        "Latin-1",
                        RawSocket.frame(0x81, new byte[] {'"', (byte) 0xE9, '"'}),
                        1007,
                        "not_utf8"),
                Case.hex("an unmasked frame", "81 01 61", 1002, "unmasked"),
                Case.hex(
                        "reserved bit 1, as with compression",
                        "C1 81 00000000 61",
                        1002,
                        "reserved_bits"),
                Case.hex("reserved bit 3", "91 81 00000000 61", 1002, "reserved_bits"),
                Case.hex("opcode 3", "83 80 00000000", 1002, "unknown_opcode"),
                Case.hex("opcode 11", "8B 80 00000000", 1002, "unknown_opcode"),
                Case.hex("a continuation of nothing", "80 81 00000000 61", 1002, "fragmentation"),
                new Case(
                        "a text inside a text",
                        joined(fragment, RawSocket.frame(0x81, new byte[1])),
                        1002,
                        "fragmentation"),
                Case.hex("a ping in fragments", "09 80 00000000", 1002, "control_frame"),
                new Case(
                        "a ping of 126 bytes",
                        RawSocket.frame(0x89, new byte[126]),
                        1002,
                        "control_frame"),
                new Case("a ping of 1 TiB", announced(0x89, 1L << 40), 1002, "control_frame"),
                new Case(
                        "a close of one byte",
                        RawSocket.frame(0x88, new byte[1]),
                        1002,
                        "close_code"),
                new Case(
                        "a close with code 0",
                        RawSocket.frame(0x88, new byte[2]),
                        1002,
                        "close_code"),
                new Case(
                        "a close with code 1005",
                        RawSocket.frame(0x88, new byte[] {3, (byte) 0xED}),
                        1002,
                        "close_code"),
                new Case(
                        "a close whose reason is no UTF-8",
                        RawSocket.frame(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xFF}),
                        1007,
                        "not_utf8"),
                new Case(
                        "a message that never ends",
                        RawSocket.frame(0x01, "{".getBytes(UTF_8)),
                        1008,
                        "message_deadline"),
                Case.hex("half a header", "81", 1008, "message_deadline"),
                new Case(
                        "a payload that never comes",
                        announced(0x81, 30_000),
                        1008,
                        "message_deadline"));
    }

    @TestFactory
    Stream<DynamicTest> closesItsConnectionWithACodeAndNoOther() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> verify(c)));
    }

    private static void verify(Case c) {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            RawSocket.Frame close = raw.send(c.bytes().toArrayUnsafe()).frame();
            assertEquals(Frames.CLOSE, close.opcode());
            assertEquals(c.code(), close.closeCode());
            assertEquals(c.reason(), close.closeReason());
            assertTrue(raw.ends());
        }
        witness.isUnharmed();
        assertTrue(
                server.registry.get("dolim_api_refused").tag("cause", c.reason()).counter().count()
                        >= 1);
    }

    @Test
    void aMessageOfExactlyTheBoundInManyFragmentsWithPingsBetweenIsRead() {
        byte[] filler = " ".repeat(16_000).getBytes(UTF_8);
        byte[] end =
                "{\"id\":1,\"method\":\"public/echo\",\"params\":{\"text\":\"whole\"}}"
                        .getBytes(UTF_8);
        byte[] rest = " ".repeat(32_768 - 32_000 - end.length).getBytes(UTF_8);
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            raw.send(
                    joined(
                            RawSocket.frame(0x01, filler),
                            RawSocket.frame(0x89, new byte[0]),
                            RawSocket.frame(0x00, filler)));
            assertEquals(Frames.PONG, raw.frame().opcode());
            raw.send(
                    joined(
                            RawSocket.frame(0x00, rest),
                            RawSocket.frame(0x00, new byte[0]),
                            RawSocket.frame(0x80, end)));
            assertEquals("whole", raw.message().path("result").textValue());
        }
    }

    @Test
    void aFrameThatArrivesByteByByteIsReadTheSame() {
        byte[] frame =
                RawSocket.frame(0x81, "{\"id\":1,\"method\":\"public/test\"}".getBytes(UTF_8));
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            for (byte each : frame) {
                raw.send(new byte[] {each});
            }
            assertEquals(1, raw.message().path("id").intValue());
        }
    }

    @Test
    void aFrameSentBeforeTheHandshakeIsAnsweredEndsTheConnection() {
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.send(
                    joined(
                            RawSocket.handshake("").getBytes(UTF_8),
                            RawSocket.frame(0x81, "{}".getBytes(UTF_8))));
            assertTrue(raw.ends());
        }
        witness.isUnharmed();
    }
}
