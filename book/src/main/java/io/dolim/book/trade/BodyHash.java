package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what a client asked for under an order id: the same id with another body is refused. */
@JsonDeserialize(using = BodyHash.Reader.class)
public record BodyHash(@JsonValue String hex) {

    private static final int DIGITS = 64;

    /** @throws IllegalArgumentException when not 64 lower-case hexadecimal digits */
    public BodyHash {
        if (!isHash(hex)) {
            throw new IllegalArgumentException("body hash must be 64 hexadecimal digits");
        }
    }

    /** By hand, because every trade and every recorded input that is read has some. */
    private static boolean isHash(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            char digit = hex.charAt(i);
            if (!(digit >= '0' && digit <= '9') && !(digit >= 'a' && digit <= 'f')) {
                return false;
            }
        }
        return hex.length() == DIGITS;
    }

    /** The hash of a request's canonical text. */
    public static BodyHash of(String canonicalBody) {
        return ofBytes(canonicalBody.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of bytes. */
    public static BodyHash ofBytes(byte[] bytes) {
        return new BodyHash(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }

    @Override
    public String toString() {
        return hex;
    }

    /** By whatever form of a text the mapper reads. */
    static final class Reader extends JsonDeserializer<BodyHash> {
        @Override
        public BodyHash deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            return new BodyHash(context.readValue(in, String.class));
        }
    }
}
