package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long a connection may take over HTTP, and when it may be used again. */
final class HttpConnectionTest {

    private static EdgeServer server;
    private static Witness witness;

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

    @Test
    void aHeaderThatDribblesIsCutAtTheDeadlineOfTheWholeHeader() {
        long began = System.nanoTime();
        try (RawSocket raw = new RawSocket(server.port())) {
            raw.send("GET /health/live HTTP/1.1\r\nHost: h\r\nX: ");
            while (!raw.hasArrived(50)) {
                raw.send("x");
                assertTrue(System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(), "never cut");
            }
            assertEquals(408, raw.http().status());
        }
        witness.isUnharmed();
    }

    @Test
    void aSecondRequestThatDribblesIsCutToo() {
        long began = System.nanoTime();
        try (RawSocket raw = new RawSocket(server.port())) {
            assertEquals(200, raw.send(HttpText.get("/health/live")).http().status());
            while (!raw.hasArrived(50)) {
                raw.send("G");
                assertTrue(System.nanoTime() - began < EdgeServer.PATIENCE.toNanos(), "never cut");
            }
            raw.http();
            assertTrue(raw.ends());
        }
    }

    @Test
    void aConnectionMayBeUsedAgainAfterARefusal() {
        try (RawSocket raw = new RawSocket(server.port())) {
            assertEquals(400, raw.send(HttpText.get("/api/v2/private/who")).http().status());
            assertEquals(400, raw.send(HttpText.post("public/echo", "[]")).http().status());
            assertEquals(200, raw.send(HttpText.get("/api/v2/public/echo?text=a")).http().status());
        }
    }

    @Test
    void aBodyThatWasNotReadEndsItsConnection() {
        for (String headers :
                List.of(
                        "Content-Length: 60000",
                        "Content-Length: 1099511627776",
                        "Transfer-Encoding: chunked")) {
            for (String path : List.of("private/buy", "public/echo")) {
                try (RawSocket raw = new RawSocket(server.port())) {
                    raw.send(
                            "POST /api/v2/"
                                    + path
                                    + " HTTP/1.1\r\nHost: h\r\n"
                                    + headers
                                    + "\r\n\r\n");
                    RawSocket.Http answer = raw.http();
                    assertTrue(answer.status() >= 400, answer::toString);
                    assertTrue(answer.head().contains("Connection: close"), answer::toString);
                    assertTrue(raw.ends(), answer::toString);
                }
            }
        }
        witness.isUnharmed();
    }

    @Test
    void ourOwnOriginIsLetIn() {
        try (RawSocket raw = new RawSocket(server.port())) {
            assertEquals(
                    101,
                    raw.send(RawSocket.handshake("Origin: https://desk.example\r\n"))
                            .http()
                            .status());
        }
    }
}
