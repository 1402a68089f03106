package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Proof;
import io.dolim.api.session.Scope;
import io.dolim.api.session.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who is let in, by which proof, over both transports. */
final class AuthorityTest {

    private static EdgeServer server;
    private static Witness witness;
    private static final Secret SECRET = Secret.of(EdgeServer.SECRET);

    @BeforeAll
    static void start() {
        server =
                new EdgeServer(
                        """
                        rates.auth { burst = 100000, per-second = 1000 }
                        rates.address.reading { burst = 100000, per-second = 1000 }
                        connections.ping-interval = 200 ms
                        """);
        witness = new Witness(server);
    }

    @AfterAll
    static void stop() {
        witness.close();
        server.close();
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static String sign(long ts, String nonce, String method, String target, String body) {
        return SECRET.sign(
                (ts + "\n" + nonce + "\n" + Proof.Signature.ofRequest(method, target, body))
                        .getBytes(UTF_8));
    }

    private static String header(String id, long ts, String nonce, String sig) {
        return "Authorization: deri-hmac-sha256 id="
                + id
                + ",ts="
                + ts
                + ",sig="
                + sig
                + ",nonce="
                + nonce
                + "\r\n";
    }

    private static RawSocket.Http get(String target, String authorization) {
        try (RawSocket raw = new RawSocket(server.port())) {
            return raw.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + authorization + "\r\n")
                    .http();
        }
    }

    private static final String WHO = "/api/v2/private/who";

    private static String signed(String nonce) {
        long ts = now();
        return header("trader", ts, nonce, sign(ts, nonce, "GET", WHO, ""));
    }

    @Test
    void aSignedGetIsLetInOnceAndItsNonceNeverAgain() {
        String authorization = signed("n-once");
        assertEquals("alice", get(WHO, authorization).json().path("result").textValue());
        JsonNode again = get(WHO, authorization).json().path("error");
        assertEquals(13004, again.path("code").intValue());
        assertEquals("nonce_used", again.path("data").path("reason").textValue());
    }

    @Test
    void aSignatureCoversTheQueryAsItWasSent() {
        String target = "/api/v2/private/buy?instrument_name=A%2dB&amount=1.50";
        long ts = now();
        RawSocket.Http good =
                get(target, header("trader", ts, "q-1", sign(ts, "q-1", "GET", target, "")));
        assertTrue(
                good.body()
                        .contains(
                                "\"result\":{\"instrument\":\"A-B\",\"amount\":1.50,\"clientOrderId\":0}"),
                good.body());
        String decoded = target.replace("%2d", "-");
        RawSocket.Http bad =
                get(decoded, header("trader", ts, "q-2", sign(ts, "q-2", "GET", target, "")));
        assertEquals(
                "bad_credentials",
                bad.json().path("error").path("data").path("reason").textValue());
    }

    @Test
    void aSignatureCoversTheBody() {
        String target = "/api/v2/private/buy";
        String body = "{\"id\":4,\"params\":{\"instrument_name\":\"A\",\"amount\":1}}";
        for (String sent : List.of(body, body.replace("1}", "9}"))) {
            long ts = now();
            String nonce = "b" + sent.hashCode();
            try (RawSocket raw = new RawSocket(server.port())) {
                RawSocket.Http answer =
                        raw.send(
                                        "POST "
                                                + target
                                                + " HTTP/1.1\r\nHost: h\r\n"
                                                + header(
                                                        "trader",
                                                        ts,
                                                        nonce,
                                                        sign(ts, nonce, "POST", target, body))
                                                + "Content-Length: "
                                                + sent.length()
                                                + "\r\n\r\n"
                                                + sent)
                                .http();
                assertEquals(sent.equals(body) ? 200 : 400, answer.status());
            }
        }
    }

    private record Case(String name, String authorization, int code, String reason) {}

    private static String basic(String pair) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
                + "\r\n";
    }

    private static List<Case> cases() {
        long ts = now();
        String sig = sign(ts, "c-1", "GET", WHO, "");
        long late = ts - 61_000;
        long early = ts + 70_000;
        return List.of(
                new Case(
                        "another signature",
                        header("trader", ts, "c-1", sig.replace(sig.charAt(0), 'x')),
                        13004,
                        "bad_credentials"),
                new Case(
                        "half a signature",
                        header("trader", ts, "c-1", sig.substring(32)),
                        13004,
                        "bad_credentials"),
                new Case("no signature", header("trader", ts, "c-1", ""), 13004, "bad_credentials"),
                new Case(
                        "another nonce than signed",
                        header("trader", ts, "c-2", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "another time than signed",
                        header("trader", ts + 1, "c-1", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "a key that does not exist",
                        header("nobody", ts, "c-1", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "an id that cannot be one",
                        header("a b", ts, "c-1", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "signed for POST",
                        header("trader", ts, "c-1", sign(ts, "c-1", "POST", WHO, "")),
                        13004,
                        "bad_credentials"),
                new Case(
                        "signed for another path",
                        header(
                                "trader",
                                ts,
                                "c-1",
                                sign(ts, "c-1", "GET", "/api/v2/private/buy", "")),
                        13004,
                        "bad_credentials"),
                new Case(
                        "61 s ago",
                        header("trader", late, "c-1", sign(late, "c-1", "GET", WHO, "")),
                        13004,
                        "stale_timestamp"),
                new Case(
                        "70 s ahead",
                        header("trader", early, "c-1", sign(early, "c-1", "GET", WHO, "")),
                        13004,
                        "stale_timestamp"),
                new Case(
                        "seconds for milliseconds",
                        header("trader", ts / 1000, "c-1", sign(ts / 1000, "c-1", "GET", WHO, "")),
                        13004,
                        "stale_timestamp"),
                new Case(
                        "an empty nonce",
                        header("trader", ts, "", sign(ts, "", "GET", WHO, "")),
                        13004,
                        "bad_nonce"),
                new Case(
                        "a nonce of 200",
                        header(
                                "trader",
                                ts,
                                "n".repeat(200),
                                sign(ts, "n".repeat(200), "GET", WHO, "")),
                        13004,
                        "bad_nonce"),
                new Case(
                        "a part twice",
                        header("trader", ts, "c-1", sig).replace("\r\n", ",id=reader\r\n"),
                        13004,
                        "unreadable"),
                new Case(
                        "a part missing",
                        "Authorization: deri-hmac-sha256 id=trader,ts=1\r\n",
                        13004,
                        "unreadable"),
                new Case(
                        "a part too many",
                        header("trader", ts, "c-1", sig).replace("\r\n", ",x=1\r\n"),
                        13004,
                        "unreadable"),
                new Case(
                        "a time that is no number",
                        "Authorization: deri-hmac-sha256 id=trader,ts=now,sig="
                                + sig
                                + ",nonce=c-1\r\n",
                        13004,
                        "unreadable"),
                new Case(
                        "a scheme that is none", "Authorization: Magic x\r\n", 13004, "unreadable"),
                new Case("a bare word", "Authorization: x\r\n", 13004, "unreadable"),
                new Case(
                        "a token that is none",
                        "Authorization: Bearer abc\r\n",
                        13004,
                        "unknown_token"),
                new Case(
                        "Basic with a wrong secret",
                        basic("trader:wrong"),
                        13004,
                        "bad_credentials"),
                new Case("Basic of nobody", basic("nobody:nobody"), 13004, "bad_credentials"),
                new Case("Basic without a colon", basic("trader"), 13004, "unreadable"),
                new Case(
                        "Basic that is no Base64",
                        "Authorization: Basic ***\r\n",
                        13004,
                        "unreadable"),
                new Case(
                        "two authorizations",
                        basic("trader:" + EdgeServer.SECRET).repeat(2),
                        -32600,
                        "two_authorizations"));
    }

    @TestFactory
    Stream<DynamicTest> aProofThatIsNoneIsRefusedWithItsReason() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> verify(c)));
    }

    private static void verify(Case c) {
        RawSocket.Http answer = get(WHO, c.authorization());
        assertEquals(400, answer.status());
        assertEquals(c.code(), answer.json().path("error").path("code").intValue(), answer::body);
        assertEquals(
                c.reason(), answer.json().path("error").path("data").path("reason").textValue());
        witness.isUnharmed();
    }

    private static JsonNode auth(RawSocket raw, String params) {
        return raw.call("{\"id\":1,\"method\":\"public/auth\",\"params\":{" + params + "}}");
    }

    private static String credentials(String id) {
        return "\"grant_type\":\"client_credentials\",\"client_id\":\""
                + id
                + "\",\"client_secret\":\""
                + EdgeServer.SECRET
                + "\"";
    }

    private static JsonNode call(RawSocket raw, String method, String params) {
        return raw.call("{\"id\":2,\"method\":\"" + method + "\",\"params\":{" + params + "}}");
    }

    @Test
    void aSessionMayDoWhatItsScopesSayAndNoMore() {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode granted = auth(raw, credentials("reader")).path("result");
            assertEquals("account:read", granted.path("scope").textValue());
            assertEquals("bearer", granted.path("token_type").textValue());
            assertEquals("bob", call(raw, "private/who", "").path("result").textValue());
            for (String method : List.of("private/buy", "keeper/claim", "operator/halt")) {
                JsonNode error = call(raw, method, "\"amount\":{}").path("error");
                assertEquals(13021, error.path("code").intValue(), method);
                assertEquals("scope_missing", error.path("data").path("reason").textValue());
            }
        }
    }

    @Test
    void aTokenMayBeNarrowedButNotWidened() {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode granted =
                    auth(
                                    raw,
                                    credentials("trader")
                                            + ",\"scope\":\"trade:read operator session:desk\"")
                            .path("result");
            assertEquals("trade:read", granted.path("scope").textValue());
            assertEquals(13021, call(raw, "private/buy", "").path("error").path("code").intValue());
        }
    }

    @Test
    void aClientSignatureIsLetInOnce() {
        long ts = now();
        String signed =
                "\"grant_type\":\"client_signature\",\"client_id\":\"trader\",\"timestamp\":"
                        + ts
                        + ",\"nonce\":\"ws-1\",\"data\":\"\",\"signature\":\""
                        + SECRET.sign((ts + "\nws-1\n").getBytes(UTF_8))
                        + "\"";
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            assertTrue(auth(raw, signed).has("result"));
            assertEquals("alice", call(raw, "private/who", "").path("result").textValue());
            assertEquals(
                    "nonce_used",
                    auth(raw, signed).path("error").path("data").path("reason").textValue());
        }
    }

    @Test
    void aBearerTokenServesOverHttpAndARefreshTokenOnce() {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode granted = auth(raw, credentials("trader")).path("result");
            String bearer =
                    "Authorization: Bearer " + granted.path("access_token").textValue() + "\r\n";
            assertEquals("alice", get(WHO, bearer).json().path("result").textValue());
            String refresh =
                    "\"grant_type\":\"refresh_token\",\"refresh_token\":\""
                            + granted.path("refresh_token").textValue()
                            + "\"";
            assertTrue(auth(raw, refresh).has("result"));
            assertEquals(
                    "unknown_token",
                    auth(raw, refresh).path("error").path("data").path("reason").textValue());
            String asAccess =
                    bearer.replace(
                            granted.path("access_token").textValue(),
                            granted.path("refresh_token").textValue());
            assertEquals(13004, get(WHO, asAccess).json().path("error").path("code").intValue());
        }
    }

    @Test
    void basicIsLetInAsDeribitDoes() {
        assertEquals(
                "alice",
                get(WHO, basic("trader:" + EdgeServer.SECRET)).json().path("result").textValue());
    }

    @Test
    void aMethodOfOurOwnRefusesAParameterItDoesNotKnow() {
        String target = "/api/v2/private/buy?instrument_name=A&amount=1&amonut=2";
        JsonNode data =
                get(target, basic("trader:" + EdgeServer.SECRET)).json().path("error").path("data");
        assertEquals(
                "{\"reason\":\"invalid_param\",\"param\":\"amonut\",\"value\":\"2\",\"rule\":\"is not a parameter of this method\"}",
                data.toString());
        assertEquals(
                "a",
                get("/api/v2/public/echo?text=a&amonut=2", "").json().path("result").textValue());
    }

    @Test
    void aWithdrawnKeyEndsItsSessionsAndTokens() {
        KeyId id = new KeyId("brief");
        server.put(new Key(id, SECRET, "carol", Set.of(Scope.ACCOUNT_READ)));
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            String token =
                    auth(raw, credentials("brief")).path("result").path("access_token").textValue();
            server.keys.remove(id);
            assertEquals(
                    13004,
                    get(WHO, "Authorization: Bearer " + token + "\r\n")
                            .json()
                            .path("error")
                            .path("code")
                            .intValue());
            RawSocket.Frame last = raw.frame();
            while (last.opcode() == Frames.PING) {
                last = raw.frame();
            }
            assertEquals(1008, last.closeCode());
            assertEquals("key withdrawn", last.closeReason());
        }
    }

    @Test
    void privateChannelsAreForThoseWhoSubscribePrivately() {
        server.topic("user.orders.A", Delivery.EVERY);
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            auth(raw, credentials("trader"));
            String channels = "\"channels\":[\"user.orders.A\"]";
            assertEquals("[]", call(raw, "public/subscribe", channels).path("result").toString());
            assertEquals(
                    "[\"user.orders.A\"]",
                    call(raw, "private/subscribe", channels).path("result").toString());
            auth(raw, credentials("reader"));
            assertEquals(
                    0,
                    server.topic("user.orders.A").subscribers(),
                    "another account hears nothing");
        }
    }

    @Test
    void logoutClosesTheSessionAndTheListenerIsToldWhoItWas() throws InterruptedException {
        server.closed.clear();
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            auth(raw, credentials("trader"));
            raw.text("{\"method\":\"private/logout\"}");
            RawSocket.Frame frame = raw.frame();
            while (frame.opcode() != Frames.CLOSE) {
                frame = raw.frame();
            }
            assertEquals(1000, frame.closeCode());
        }
        Caller gone = server.closed.poll(10, TimeUnit.SECONDS);
        while (gone.authority().isEmpty()) {
            gone = server.closed.poll(10, TimeUnit.SECONDS);
        }
        assertEquals("alice", gone.account());
    }
}
