package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What well-behaved clients rely on, over real sockets. */
final class RpcServerTest {

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = new EdgeServer("origins = [\"https://desk.example\"]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String get(String path) throws Exception {
        return http(path).body();
    }

    private static HttpResponse<String> http(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aGetAnswersInTheEnvelopeWithTimes() throws Exception {
        JsonNode answer =
                new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(get("/api/v2/public/echo?text=a%20b"));
        assertEquals("2.0", answer.path("jsonrpc").textValue());
        assertEquals("a b", answer.path("result").textValue());
        assertTrue(answer.path("testnet").booleanValue());
        assertEquals(
                answer.path("usOut").longValue() - answer.path("usIn").longValue(),
                answer.path("usDiff").longValue());
        assertFalse(answer.has("id"));
    }

    @Test
    void aGetReadsNumbersAndArraysFromText() throws Exception {
        String legs = "%5B%7B%22amount%22%3A1.5%7D%2C%7B%22amount%22%3A2%7D%5D";
        assertTrue(get("/api/v2/public/sum?legs=" + legs).contains("\"result\":3.5"));
    }

    @Test
    void aPostEchoesItsIdVerbatim() {
        try (RawSocket raw = new RawSocket(server.port())) {
            String body =
                    "{\"jsonrpc\":\"2.0\",\"id\":\"x-1\",\"method\":\"public/echo\",\"params\":{\"text\":\"hi\"}}";
            raw.send(
                    "POST /api/v2/public/echo HTTP/1.1\r\nHost: h\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            RawSocket.Http answer = raw.http();
            assertEquals(200, answer.status());
            assertEquals("x-1", answer.json().path("id").textValue());
            assertEquals("hi", answer.json().path("result").textValue());
        }
    }

    @Test
    void theJdksWebSocketClientTalksAndSaysGoodbye() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + server.port() + "/ws/api/v2"),
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletionStage<?> onText(
                                            WebSocket w, CharSequence data, boolean last) {
                                        heard.add(data.toString());
                                        return WebSocket.Listener.super.onText(w, data, last);
                                    }
                                })
                        .get(10, TimeUnit.SECONDS);
        socket.sendText("{\"jsonrpc\":\"2.0\",\"id\":7,", false).get();
        socket.sendText("\"method\":\"public/echo\",\"params\":{\"text\":\"é\"}}", true).get();
        String answer = heard.poll(10, TimeUnit.SECONDS);
        assertTrue(
                answer.startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"é\",\"usIn\":"),
                answer);
        socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
    }

    @Test
    void lockedIsTheStringFalse() throws Exception {
        assertTrue(get("/api/v2/public/status").contains("\"locked\":\"false\""));
    }

    @Test
    void readinessNamesWhatIsMissing() throws Exception {
        assertEquals(200, http("/health/live").statusCode());
        assertEquals(200, http("/health/ready").statusCode());
        server.missing.put("market", "stale 12 s");
        try {
            HttpResponse<String> unready = http("/health/ready");
            assertEquals(503, unready.statusCode());
            assertEquals(
                    "{\"ready\":false,\"conditions\":{\"journal\":\"ok\",\"market\":\"stale 12 s\"}}",
                    unready.body());
        } finally {
            server.missing.clear();
        }
    }

    @Test
    void metricsCountRequestsByMethodAndOutcome() throws Exception {
        get("/api/v2/public/echo?text=a");
        assertTrue(
                get("/metrics")
                        .contains(
                                "dolim_api_requests_seconds_count{method=\"public/echo\",outcome=\"ok\"}"));
    }

    @Test
    void aSubscriberHearsTheLastStateAndThenUpdatesUnderTheNameItAskedFor() {
        Topic topic = server.topic("ticker.B", Delivery.LATEST);
        topic.publish("1".getBytes(UTF_8));
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode answer =
                    raw.call(
                            "{\"id\":1,\"method\":\"public/subscribe\",\"params\":{\"channels\":[\"ticker.B\",\"none.C\",\"user.x\"]}}");
            assertEquals("[\"ticker.B\"]", answer.path("result").toString());
            assertEquals(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"channel\":\"ticker.B\",\"sequence\":1,\"data\":1}}",
                    raw.frame().text());
            topic.publish("{\"x\":2}".getBytes(UTF_8));
            assertEquals(
                    "{\"channel\":\"ticker.B\",\"sequence\":2,\"data\":{\"x\":2}}",
                    raw.message().path("params").toString());
            assertEquals(
                    "[\"ticker.B\"]",
                    raw.call(
                                    "{\"id\":2,\"method\":\"public/unsubscribe\",\"params\":{\"channels\":[\"ticker.B\",\"zzz\"]}}")
                            .path("result")
                            .toString());
            assertEquals(0, topic.subscribers());
        }
    }

    @Test
    void aPingIsAnsweredWithItsPayloadAndACloseWithItsCode() {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            RawSocket.Frame pong = raw.send(RawSocket.frame(0x89, "abc".getBytes(UTF_8))).frame();
            assertEquals(0xA, pong.opcode());
            assertEquals("abc", pong.text());
            RawSocket.Frame close =
                    raw.send(RawSocket.frame(0x88, new byte[] {3, (byte) 0xE8})).frame();
            assertEquals(1000, close.closeCode());
            assertTrue(raw.ends());
        }
    }
}
