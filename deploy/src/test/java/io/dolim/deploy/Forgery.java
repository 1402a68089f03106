package io.dolim.deploy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens with something changed, and signatures as a client makes them. */
final class Forgery {

    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Forgery() {}

    record Signature(long timestampMs, String hex) {}

    /**
     * A token with an edit: {@code unsealed}, {@code emptied}, {@code doubled}, {@code flip} or {@code
     * seal} and the place of a character to change, or a field's number and its new value.
     */
    static String of(String token, String edit) {
        int dot = token.indexOf('.');
        String text = token.substring(0, dot);
        String seal = token.substring(dot + 1);
        if (edit.isEmpty()) {
            return token;
        }
        if (edit.startsWith("flip")) {
            return flipped(text, Integer.parseInt(edit.substring(4))) + "." + seal;
        }
        if (edit.startsWith("seal")) {
            return text + "." + flipped(seal, Integer.parseInt(edit.substring(4)));
        }
        return switch (edit) {
            case "unsealed" -> text;
            case "emptied" -> text + ".";
            case "doubled" -> text + "." + seal.substring(0, 40) + seal;
            default -> withField(text, edit) + "." + seal;
        };
    }

    /** A bit that is no padding: the text stays canonical base64url. */
    private static String flipped(String text, int at) {
        char other = ALPHABET.charAt(ALPHABET.indexOf(text.charAt(at)) ^ 4);
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String withField(String text, String edit) {
        int equals = edit.indexOf('=');
        String[] fields =
                new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII)
                        .split("\\|", -1);
        fields[Integer.parseInt(edit.substring(0, equals))] = edit.substring(equals + 1);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("|", fields).getBytes(StandardCharsets.US_ASCII));
    }

    /** Deribit's signature over time, nonce and data. */
    static Signature signature(String secret, long timestampMs, String nonce, String data)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String text = timestampMs + "\n" + nonce + "\n" + data;
        return new Signature(
                timestampMs,
                HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
    }
}
