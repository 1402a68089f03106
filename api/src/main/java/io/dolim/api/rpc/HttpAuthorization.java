package io.dolim.api.rpc;

import io.dolim.api.rpc.json.Decimals;
import io.dolim.api.session.Proof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code Authorization} header: Deribit's signature, a bearer token, or Basic. */
final class HttpAuthorization {

    private static final Set<String> SIGNATURE_PARTS = Set.of("id", "ts", "sig", "nonce");

    private HttpAuthorization() {}

    /**
     * The proof that a header's value offers; nothing where it cannot be read.
     *
     * @param signed what the signature covers beside time and nonce
     */
    static Optional<Proof> read(String header, String signed) {
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        String scheme = header.substring(0, space);
        String rest = header.substring(space + 1).trim();
        if (scheme.equalsIgnoreCase("deri-hmac-sha256")) {
            return signature(rest, signed);
        }
        if (scheme.equalsIgnoreCase("bearer")) {
            return rest.isEmpty() ? Optional.empty() : Optional.of(new Proof.Bearer(rest));
        }
        return scheme.equalsIgnoreCase("basic") ? basic(rest) : Optional.empty();
    }

    private static Optional<Proof> signature(String rest, String signed) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rest.split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).trim();
            if (!SIGNATURE_PARTS.contains(name)
                    || parts.put(name, part.substring(equals + 1).trim()) != null) {
                return Optional.empty();
            }
        }
        if (parts.size() != SIGNATURE_PARTS.size()) {
            return Optional.empty();
        }
        return Decimals.parseWhole(parts.getOrDefault("ts", ""))
                .filter(ts -> ts >= 0 && ts < Long.MAX_VALUE / 2)
                .map(
                        ts ->
                                new Proof.Signature(
                                        parts.getOrDefault("id", ""),
                                        ts,
                                        parts.getOrDefault("nonce", ""),
                                        parts.getOrDefault("sig", ""),
                                        signed));
    }

    private static Optional<Proof> basic(String rest) {
        try {
            String pair = new String(Base64.getDecoder().decode(rest), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Proof.Credentials(
                                    pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
