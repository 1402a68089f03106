package io.dolim.api.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dolim.api.session.Proof;
import io.dolim.api.session.Secret;
import java.util.Base64;

/** Proofs as a client of the edge's own keys makes them, and what it asks with them. */
final class Proofs {

    static final Secret SECRET = Secret.of(EdgeServer.SECRET);
    static final String WHO = "/api/v2/private/who";

    private Proofs() {}

    static long now() {
        return System.currentTimeMillis();
    }

    static String sign(long ts, String nonce, String method, String target, String body) {
        return SECRET.sign(
                (ts + "\n" + nonce + "\n" + Proof.Signature.ofRequest(method, target, body))
                        .getBytes(UTF_8));
    }

    static String header(String id, long ts, String nonce, String sig) {
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

    static RawSocket.Http get(EdgeServer server, String target, String authorization) {
        try (RawSocket raw = new RawSocket(server.port())) {
            return raw.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + authorization + "\r\n")
                    .http();
        }
    }

    static String signed(String nonce) {
        long ts = now();
        return header("trader", ts, nonce, sign(ts, nonce, "GET", WHO, ""));
    }

    static String basic(String pair) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))
                + "\r\n";
    }
}
