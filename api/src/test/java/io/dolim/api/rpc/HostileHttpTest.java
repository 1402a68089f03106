package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** HTTP that is no good: each is answered with a status, code and reason, or cut at its deadline. */
final class HostileHttpTest {

    private static EdgeServer server;
    private static Witness witness;

    /** The code is 0 where Pekko HTTP answers before we see a request. */
    private record Case(String name, String bytes, int status, int code, String reason) {}

    @BeforeAll
    static void start() {
        server =
                new EdgeServer(
                        """
                        origins = ["https://desk.example"]
                        connections.header-deadline = 400 ms
                        connections.body-deadline = 300 ms
                        """);
        witness = new Witness(server);
    }

    @AfterAll
    static void stop() {
        witness.close();
        server.close();
    }

    private static List<Case> cases() {
        return List.of(
                new Case(
                        "unknown method",
                        HttpText.get("/api/v2/public/nothing"),
                        400,
                        -32601,
                        "unknown_method"),
                new Case("no method", HttpText.get("/api/v2/"), 400, -32601, "unknown_method"),
                new Case(
                        "a path upwards",
                        HttpText.get("/api/v2/public/../private/who"),
                        400,
                        -32601,
                        "unknown_method"),
                new Case("unknown path", HttpText.get("/nothing"), 404, 11050, "unknown_path"),
                new Case(
                        "the WebSocket's path without a handshake",
                        HttpText.get("/ws/api/v2"),
                        400,
                        11050,
                        "websocket_handshake_expected"),
                new Case(
                        "POST to health",
                        "POST /health/live HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
                        405,
                        11050,
                        "method_not_allowed"),
                new Case(
                        "PUT",
                        "PUT /api/v2/public/test HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
                        405,
                        -32600,
                        "method_not_allowed"),
                new Case(
                        "DELETE",
                        "DELETE /api/v2/public/test HTTP/1.1\r\nHost: h\r\n\r\n",
                        405,
                        -32600,
                        "method_not_allowed"),
                new Case(
                        "a parameter twice",
                        HttpText.get("/api/v2/public/echo?text=a&text=b"),
                        400,
                        -32600,
                        "query"),
                new Case(
                        "a query with no UTF-8",
                        HttpText.get("/api/v2/public/echo?text=%FF"),
                        400,
                        -32600,
                        "query"),
                new Case(
                        "an overlong query",
                        HttpText.get("/api/v2/public/echo?text=%C0%AF"),
                        400,
                        -32600,
                        "query"),
                new Case(
                        "65 parameters",
                        HttpText.get("/api/v2/public/echo?" + "a=&".repeat(64) + "b="),
                        400,
                        -32600,
                        "query"),
                new Case(
                        "a parameter missing",
                        HttpText.get("/api/v2/public/echo"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "an array that is no JSON",
                        HttpText.get("/api/v2/public/sum?legs=%5B"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "an array with a duplicate key",
                        HttpText.get(
                                "/api/v2/public/sum?legs=%5B%7B%22amount%22:1,%22amount%22:2%7D%5D"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "1e400 in an array",
                        HttpText.get("/api/v2/public/sum?legs=%5B%7B%22amount%22:1e400%7D%5D"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "heartbeat over HTTP",
                        HttpText.get("/api/v2/public/set_heartbeat?interval=10"),
                        400,
                        10030,
                        "must_be_websocket_request"),
                new Case(
                        "subscription over HTTP",
                        HttpText.get("/api/v2/public/subscribe?channels=%5B%22ticker.A%22%5D"),
                        400,
                        10030,
                        "must_be_websocket_request"),
                new Case(
                        "1e1 where a whole number is due",
                        HttpText.get("/api/v2/public/set_heartbeat?interval=1e1"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "a plus sign before a number",
                        HttpText.get("/api/v2/public/set_heartbeat?interval=%2B10"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "digits of another script",
                        HttpText.get("/api/v2/public/set_heartbeat?interval=%D9%A1%D9%A0"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "a private GET",
                        HttpText.get("/api/v2/private/who"),
                        400,
                        13009,
                        "authentication_required"),
                new Case(
                        "a private POST, its body unread",
                        "POST /api/v2/private/buy HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n{",
                        400,
                        13009,
                        "authentication_required"),
                new Case(
                        "POST with no JSON",
                        HttpText.post("public/echo", "hello"),
                        400,
                        -32700,
                        "syntax"),
                new Case(
                        "POST with two documents",
                        HttpText.post("public/echo", "{}{}"),
                        400,
                        -32700,
                        "trailing_tokens"),
                new Case(
                        "POST with a duplicate key",
                        HttpText.post("public/echo", "{\"id\":1,\"id\":1}"),
                        400,
                        -32700,
                        "duplicate_key"),
                new Case(
                        "POST that is no UTF-8",
                        HttpText.post("public/echo", "\"\u00ff\""),
                        400,
                        -32700,
                        "not_utf8"),
                new Case(
                        "POST of a batch",
                        HttpText.post("public/echo", "[]"),
                        400,
                        -32600,
                        "batch_not_supported"),
                new Case(
                        "POST of another method than its path's",
                        HttpText.post("public/echo", "{\"method\":\"public/test\"}"),
                        400,
                        -32600,
                        "method_differs_from_path"),
                new Case(
                        "POST with id null",
                        HttpText.post("public/echo", "{\"id\":null}"),
                        400,
                        -32600,
                        "id_must_be_integer_or_string"),
                new Case(
                        "POST deep",
                        HttpText.post("public/echo", "[".repeat(60_000)),
                        400,
                        -32700,
                        "too_deep"),
                new Case(
                        "POST of a text for a number",
                        HttpText.post("public/set_heartbeat", "{\"params\":{\"interval\":\"10\"}}"),
                        400,
                        -32602,
                        "invalid_param"),
                new Case(
                        "a body announced too large",
                        "POST /api/v2/public/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1099511627776\r\n\r\n",
                        413,
                        -32600,
                        "body_too_large"),
                new Case(
                        "a body that grows too large",
                        HttpText.chunked("public/echo", " ".repeat(30_000)),
                        413,
                        -32600,
                        "body_too_large"),
                new Case(
                        "a body that never ends",
                        "POST /api/v2/public/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n{",
                        408,
                        -32600,
                        "body_deadline"),
                new Case(
                        "a GET with a body",
                        "GET /api/v2/public/test HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}",
                        400,
                        -32600,
                        "get_with_body"),
                new Case(
                        "a foreign origin",
                        RawSocket.handshake("Origin: https://evil.example\r\n"),
                        403,
                        11050,
                        "origin_not_allowed"),
                new Case(
                        "origin null",
                        RawSocket.handshake("Origin: null\r\n"),
                        403,
                        11050,
                        "origin_not_allowed"),
                new Case(
                        "an origin that begins like ours",
                        RawSocket.handshake("Origin: https://desk.example.evil\r\n"),
                        403,
                        11050,
                        "origin_not_allowed"),
                new Case(
                        "our origin over http",
                        RawSocket.handshake("Origin: http://desk.example\r\n"),
                        403,
                        11050,
                        "origin_not_allowed"),
                new Case(
                        "two origins",
                        RawSocket.handshake(
                                "Origin: https://desk.example\r\nOrigin: https://evil.example\r\n"),
                        403,
                        11050,
                        "origin_not_allowed"),
                new Case(
                        "WebSocket of version 8",
                        RawSocket.handshake("").replace("Version: 13", "Version: 8"),
                        400,
                        11050,
                        "websocket_handshake_expected"),
                new Case("no HTTP", "hello, is this the pool?\r\n\r\n", 501, 0, ""),
                new Case("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400, 0, ""),
                new Case(
                        "a header of 5000",
                        HttpText.get("/health/live", "X: " + "x".repeat(5000) + "\r\n"),
                        431,
                        0,
                        ""),
                new Case(
                        "60 headers",
                        HttpText.get("/health/live", "X-A: 1\r\n".repeat(60)),
                        400,
                        0,
                        ""),
                new Case("a target of 9000", HttpText.get("/" + "a".repeat(9000)), 414, 0, ""),
                new Case("a target that is none", HttpText.get("/a<b>"), 400, 0, ""),
                new Case(
                        "a percent sign and no hex",
                        HttpText.get("/api/v2/public/echo?text=%zz"),
                        400,
                        0,
                        ""),
                new Case(
                        "two lengths",
                        "POST /api/v2/public/test HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                        400,
                        0,
                        ""),
                new Case("no host", "GET /health/live HTTP/1.1\r\n\r\n", 400, 0, ""),
                new Case(
                        "a header that begins and stops",
                        "GET /health/live HTTP/1.1\r\nHost",
                        408,
                        0,
                        ""),
                new Case("nothing at all", "", 408, 0, ""));
    }

    @TestFactory
    Stream<DynamicTest> isAnsweredWithItsStatusCodeAndReason() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> verify(c)));
    }

    private static void verify(Case c) {
        try (RawSocket raw = new RawSocket(server.port())) {
            RawSocket.Http answer = raw.send(c.bytes().getBytes(ISO_8859_1)).http();
            assertEquals(c.status(), answer.status(), answer::toString);
            if (c.code() != 0) {
                assertEquals(
                        c.code(),
                        answer.json().path("error").path("code").intValue(),
                        answer::body);
                assertEquals(
                        c.reason(),
                        answer.json().path("error").path("data").path("reason").textValue());
            }
        }
        witness.isUnharmed();
    }
}
