package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Scope;
import io.dolim.api.session.Secret;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session and its tokens may do, from the proof to the goodbye. */
final class AuthorityTest {

    private static EdgeServer server;
    private static Witness witness;

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
        long ts = Proofs.now();
        String signed =
                "\"grant_type\":\"client_signature\",\"client_id\":\"trader\",\"timestamp\":"
                        + ts
                        + ",\"nonce\":\"ws-1\",\"data\":\"\",\"signature\":\""
                        + Proofs.SECRET.sign((ts + "\nws-1\n").getBytes(UTF_8))
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
            assertEquals(
                    "alice",
                    Proofs.get(server, Proofs.WHO, bearer).json().path("result").textValue());
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
            assertEquals(
                    13004,
                    Proofs.get(server, Proofs.WHO, asAccess)
                            .json()
                            .path("error")
                            .path("code")
                            .intValue());
        }
    }

    private static String bearerSays(String token) {
        JsonNode said =
                Proofs.get(server, Proofs.WHO, "Authorization: Bearer " + token + "\r\n").json();
        return said.has("result")
                ? said.path("result").textValue()
                : said.path("error").path("data").path("reason").textValue();
    }

    private static void untilClosed(RawSocket raw, int code) {
        RawSocket.Frame frame = raw.frame();
        while (frame.opcode() != Frames.CLOSE) {
            frame = raw.frame();
        }
        assertEquals(code, frame.closeCode());
    }

    @Test
    void logoutEndsTheTokensOfTheSessionUnlessTheyAreToStay() {
        String named = ",\"scope\":\"session:desk account:read\"";
        for (boolean stays : new boolean[] {false, true}) {
            try (RawSocket raw = RawSocket.webSocket(server.port())) {
                String ofConnection =
                        auth(raw, credentials("trader")).at("/result/access_token").textValue();
                String ofSession =
                        auth(raw, credentials("trader") + named)
                                .at("/result/access_token")
                                .textValue();
                assertEquals("alice", bearerSays(ofConnection));
                raw.text(
                        "{\"method\":\"private/logout\",\"params\":{\"invalidate_token\":"
                                + !stays
                                + "}}");
                untilClosed(raw, 1000);
                assertEquals("unknown_token", bearerSays(ofConnection));
                assertEquals(stays ? "alice" : "unknown_token", bearerSays(ofSession));
            }
        }
    }

    @Test
    void stateIsSaidBackAndATokenExpiresWhenItIsTold() {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode granted =
                    auth(raw, credentials("trader") + ",\"state\":\"x y\",\"scope\":\"expires:30\"")
                            .path("result");
            assertEquals("x y", granted.path("state").textValue());
            assertEquals(30, granted.path("expires_in").intValue());
            JsonNode plain = auth(raw, credentials("trader")).path("result");
            assertTrue(plain.path("state").isMissingNode());
            assertEquals(900, plain.path("expires_in").intValue());
        }
    }

    @Test
    void aWordThatIsNoScopeIsRefusedByName() {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode data =
                    auth(raw, credentials("trader") + ",\"scope\":\"trade:read ip:10.0.0.1\"")
                            .path("error")
                            .path("data");
            assertEquals("scope", data.path("param").textValue());
            assertEquals("trade:read ip:10.0.0.1", data.path("value").textValue());
        }
    }

    @Test
    void basicIsLetInAsDeribitDoes() {
        assertEquals(
                "alice",
                Proofs.get(server, Proofs.WHO, Proofs.basic("trader:" + EdgeServer.SECRET))
                        .json()
                        .path("result")
                        .textValue());
    }

    @Test
    void aMethodOfOurOwnRefusesAParameterItDoesNotKnow() {
        String target = "/api/v2/private/buy?instrument_name=A&amount=1&amonut=2";
        JsonNode data =
                Proofs.get(server, target, Proofs.basic("trader:" + EdgeServer.SECRET))
                        .json()
                        .path("error")
                        .path("data");
        assertEquals(
                "{\"reason\":\"invalid_param\",\"param\":\"amonut\",\"value\":\"2\",\"rule\":\"is not a parameter of this method\"}",
                data.toString());
        assertEquals(
                "a",
                Proofs.get(server, "/api/v2/public/echo?text=a&amonut=2", "")
                        .json()
                        .path("result")
                        .textValue());
    }

    @Test
    void aWithdrawnKeyEndsItsSessionsAndTokens() {
        KeyId id = new KeyId("brief");
        server.put(new Key(id, Proofs.SECRET, "carol", Set.of(Scope.ACCOUNT_READ)));
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            String token =
                    auth(raw, credentials("brief")).path("result").path("access_token").textValue();
            server.keys.remove(id);
            assertEquals(
                    13004,
                    Proofs.get(server, Proofs.WHO, "Authorization: Bearer " + token + "\r\n")
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
    void aCallUnderAWithdrawnKeyIsAStrangersAndEndsWhatItListenedTo() {
        server.topic("user.trades.A", Delivery.EVERY);
        KeyId id = new KeyId("fleeting");
        server.put(new Key(id, Proofs.SECRET, "carol", Set.of(Scope.ACCOUNT_READ)));
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            auth(raw, credentials("fleeting"));
            call(raw, "private/subscribe", "\"channels\":[\"user.trades.A\"]");
            assertEquals(1, server.topic("user.trades.A").subscribers());
            server.put(new Key(id, Secret.of("other"), "carol", Set.of(Scope.ACCOUNT_READ), 1));
            assertEquals(
                    13009, call(raw, "private/who", "").at("/error/code").intValue(), "rotated");
            untilClosed(raw, 1008);
            assertEquals(0, server.topic("user.trades.A").subscribers());
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
