package io.dolim.api.session;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key's secret half. Never printed; compared in constant time. */
public final class Secret {

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The secret as its owner types it, in UTF-8; empty is refused. */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the text offered is this secret; the time taken depends on the offered length only. */
    boolean is(String offered) {
        return MessageDigest.isEqual(bytes, offered.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether {@code signatureHex} is the lower- or upper-case hex of HMAC-SHA256 over {@code message}. */
    boolean signed(byte[] message, String signatureHex) {
        byte[] expected = sign(message).getBytes(StandardCharsets.US_ASCII);
        byte[] offered = lowerCase(signatureHex).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, offered);
    }

    /** Lower-case hex of HMAC-SHA256 over {@code message}: what a client sends as {@code sig}. */
    public String sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String lowerCase(String hex) {
        return hex.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Secret(hidden)";
    }
}
