package io.dolim.api.session;

import java.nio.charset.StandardCharsets;

/** What a caller offers to be believed. */
public sealed interface Proof {

    /** Key id and secret in clear: {@code client_credentials}, HTTP Basic. */
    record Credentials(String id, String secret) implements Proof {
        @Override
        public String toString() {
            return "Credentials(" + id + ")";
        }
    }

    /**
     * A signature over {@code ts + "\n" + nonce + "\n" + rest}.
     *
     * @param timestampMillis Unix milliseconds as the client signed them
     * @param signatureHex HMAC-SHA256 in hex
     * @param rest what follows the nonce's line: the data of a WebSocket client, or method, target and body of a request
     */
    record Signature(
            String id, long timestampMillis, String nonce, String signatureHex, String rest)
            implements Proof {

        /** The bytes under the signature. */
        byte[] message() {
            return (timestampMillis + "\n" + nonce + "\n" + rest).getBytes(StandardCharsets.UTF_8);
        }

        /** What is signed of an HTTP request, {@code METHOD\n path?query\n body\n}, the target exactly as it was sent. */
        public static String ofRequest(String method, String target, String body) {
            return method + "\n" + target + "\n" + body + "\n";
        }
    }

    /** An access token. */
    record Bearer(String token) implements Proof {
        @Override
        public String toString() {
            return "Bearer(hidden)";
        }
    }
}
