package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which proofs are let in over HTTP, and why the others are not. */
final class ProofTest {

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

    @Test
    void aSignedGetIsLetInOnceAndItsNonceNeverAgain() {
        String authorization = Proofs.signed("n-once");
        assertEquals(
                "alice",
                Proofs.get(server, Proofs.WHO, authorization).json().path("result").textValue());
        JsonNode again = Proofs.get(server, Proofs.WHO, authorization).json().path("error");
        assertEquals(13004, again.path("code").intValue());
        assertEquals("nonce_used", again.path("data").path("reason").textValue());
    }

    @Test
    void aSignatureCoversTheQueryAsItWasSent() {
        String target = "/api/v2/private/buy?instrument_name=A%2dB&amount=1.50";
        long ts = Proofs.now();
        RawSocket.Http good =
                Proofs.get(
                        server,
                        target,
                        Proofs.header(
                                "trader", ts, "q-1", Proofs.sign(ts, "q-1", "GET", target, "")));
        assertTrue(
                good.body()
                        .contains(
                                "\"result\":{\"instrument\":\"A-B\",\"amount\":1.50,\"clientOrderId\":0}"),
                good.body());
        String decoded = target.replace("%2d", "-");
        RawSocket.Http bad =
                Proofs.get(
                        server,
                        decoded,
                        Proofs.header(
                                "trader", ts, "q-2", Proofs.sign(ts, "q-2", "GET", target, "")));
        assertEquals(
                "bad_credentials",
                bad.json().path("error").path("data").path("reason").textValue());
    }

    @Test
    void aSignatureCoversTheBody() {
        String target = "/api/v2/private/buy";
        String body = "{\"id\":4,\"params\":{\"instrument_name\":\"A\",\"amount\":1}}";
        for (String sent : List.of(body, body.replace("1}", "9}"))) {
            long ts = Proofs.now();
            String nonce = "b" + sent.hashCode();
            try (RawSocket raw = new RawSocket(server.port())) {
                RawSocket.Http answer =
                        raw.send(
                                        "POST "
                                                + target
                                                + " HTTP/1.1\r\nHost: h\r\n"
                                                + Proofs.header(
                                                        "trader",
                                                        ts,
                                                        nonce,
                                                        Proofs.sign(
                                                                ts, nonce, "POST", target, body))
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

    private static List<Case> cases() {
        long ts = Proofs.now();
        String sig = Proofs.sign(ts, "c-1", "GET", Proofs.WHO, "");
        long late = ts - 61_000;
        long early = ts + 70_000;
        return List.of(
                new Case(
                        "another signature",
                        Proofs.header("trader", ts, "c-1", sig.replace(sig.charAt(0), 'x')),
                        13004,
                        "bad_credentials"),
                new Case(
                        "half a signature",
                        Proofs.header("trader", ts, "c-1", sig.substring(32)),
                        13004,
                        "bad_credentials"),
                new Case(
                        "no signature",
                        Proofs.header("trader", ts, "c-1", ""),
                        13004,
                        "bad_credentials"),
                new Case(
                        "another nonce than signed",
                        Proofs.header("trader", ts, "c-2", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "another time than signed",
                        Proofs.header("trader", ts + 1, "c-1", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "a key that does not exist",
                        Proofs.header("nobody", ts, "c-1", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "an id that cannot be one",
                        Proofs.header("a b", ts, "c-1", sig),
                        13004,
                        "bad_credentials"),
                new Case(
                        "signed for POST",
                        Proofs.header(
                                "trader",
                                ts,
                                "c-1",
                                Proofs.sign(ts, "c-1", "POST", Proofs.WHO, "")),
                        13004,
                        "bad_credentials"),
                new Case(
                        "signed for another path",
                        Proofs.header(
                                "trader",
                                ts,
                                "c-1",
                                Proofs.sign(ts, "c-1", "GET", "/api/v2/private/buy", "")),
                        13004,
                        "bad_credentials"),
                new Case(
                        "61 s ago",
                        Proofs.header(
                                "trader",
                                late,
                                "c-1",
                                Proofs.sign(late, "c-1", "GET", Proofs.WHO, "")),
                        13004,
                        "stale_timestamp"),
                new Case(
                        "70 s ahead",
                        Proofs.header(
                                "trader",
                                early,
                                "c-1",
                                Proofs.sign(early, "c-1", "GET", Proofs.WHO, "")),
                        13004,
                        "stale_timestamp"),
                new Case(
                        "seconds for milliseconds",
                        Proofs.header(
                                "trader",
                                ts / 1000,
                                "c-1",
                                Proofs.sign(ts / 1000, "c-1", "GET", Proofs.WHO, "")),
                        13004,
                        "stale_timestamp"),
                new Case(
                        "an empty nonce",
                        Proofs.header("trader", ts, "", Proofs.sign(ts, "", "GET", Proofs.WHO, "")),
                        13004,
                        "bad_nonce"),
                new Case(
                        "a nonce of 200",
                        Proofs.header(
                                "trader",
                                ts,
                                "n".repeat(200),
                                Proofs.sign(ts, "n".repeat(200), "GET", Proofs.WHO, "")),
                        13004,
                        "bad_nonce"),
                new Case(
                        "a part twice",
                        Proofs.header("trader", ts, "c-1", sig).replace("\r\n", ",id=reader\r\n"),
                        13004,
                        "unreadable"),
                new Case(
                        "a part missing",
                        "Authorization: deri-hmac-sha256 id=trader,ts=1\r\n",
                        13004,
                        "unreadable"),
                new Case(
                        "a part too many",
                        Proofs.header("trader", ts, "c-1", sig).replace("\r\n", ",x=1\r\n"),
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
                        Proofs.basic("trader:wrong"),
                        13004,
                        "bad_credentials"),
                new Case(
                        "Basic of nobody", Proofs.basic("nobody:nobody"), 13004, "bad_credentials"),
                new Case("Basic without a colon", Proofs.basic("trader"), 13004, "unreadable"),
                new Case(
                        "Basic that is no Base64",
                        "Authorization: Basic ***\r\n",
                        13004,
                        "unreadable"),
                new Case(
                        "two authorizations",
                        Proofs.basic("trader:" + EdgeServer.SECRET).repeat(2),
                        -32600,
                        "two_authorizations"));
    }

    @TestFactory
    Stream<DynamicTest> aProofThatIsNoneIsRefusedWithItsReason() {
        return cases().stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> verify(c)));
    }

    private static void verify(Case c) {
        RawSocket.Http answer = Proofs.get(server, Proofs.WHO, c.authorization());
        assertEquals(400, answer.status());
        assertEquals(c.code(), answer.json().path("error").path("code").intValue(), answer::body);
        assertEquals(
                c.reason(), answer.json().path("error").path("data").path("reason").textValue());
        witness.isUnharmed();
    }
}
