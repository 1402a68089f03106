package io.dolim.book.trade;

import io.dolim.quoting.instrument.Underlying;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals firm quotes and opens them again: {@code base64url(text) "." base64url(HMAC-SHA256(text))}.
 *
 * <p>Key and boot id are random at each start and handed in, so a token of another start has lapsed
 * whatever the clock says. Safe on any thread.
 */
public final class QuoteToken {

    /** Longest token that is looked at, characters. */
    public static final int MAX_LENGTH = 4096;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;
    private final String bootId;

    /**
     * @param key 32 random bytes
     * @param bootId random, 1 to 40 letters, digits, '_' or '-'
     * @throws IllegalArgumentException when the key has another length
     */
    public QuoteToken(byte[] key, String bootId) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("key bytes=" + key.length + " must be 32");
        }
        this.key = Arrays.copyOf(key, key.length);
        this.bootId = bootId;
    }

    /** What opening a token gives. */
    public sealed interface Opened {}

    /** The seal is ours. */
    public record Genuine(FirmQuote quote) implements Opened {}

    /** It is no promise of this start. */
    public record Rejected(RefusalReason reason) implements Opened {}

    /** The id of this start, which every quote carries. */
    public String bootId() {
        return bootId;
    }

    /**
     * The token of a quote.
     *
     * @throws IllegalArgumentException when the quote is of another boot
     */
    public String seal(FirmQuote quote) {
        if (!quote.bootId().equals(bootId)) {
            throw new IllegalArgumentException("quote is of boot " + quote.bootId());
        }
        byte[] text = quote.canonical().getBytes(StandardCharsets.US_ASCII);
        return ENCODER.encodeToString(text) + "." + ENCODER.encodeToString(mac(text));
    }

    /** Opens a token; never throws, whatever the text. */
    public Opened open(String token) {
        int dot = token.indexOf('.');
        if (dot < 1 || token.length() > MAX_LENGTH) {
            return new Rejected(RefusalReason.TOKEN_MALFORMED);
        }
        byte[] text;
        byte[] seal;
        FirmQuote quote;
        try {
            text = decode(token.substring(0, dot));
            seal = decode(token.substring(dot + 1));
            quote = FirmQuote.parse(new String(text, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException unreadable) {
            return new Rejected(RefusalReason.TOKEN_MALFORMED);
        }
        if (!quote.bootId().equals(bootId)) {
            return new Rejected(RefusalReason.TOKEN_OF_ANOTHER_BOOT);
        }
        if (!MessageDigest.isEqual(seal, mac(text))) {
            return new Rejected(RefusalReason.TOKEN_FORGED);
        }
        return new Genuine(quote);
    }

    /** Which Book a token claims to be for: an address, not a proof. */
    public static Optional<Underlying> addressee(String token) {
        int dot = token.indexOf('.');
        if (dot < 1 || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] text = decode(token.substring(0, dot));
            return Optional.of(
                    FirmQuote.parse(new String(text, StandardCharsets.US_ASCII)).underlying());
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] decode(String base64) {
        byte[] bytes = Base64.getUrlDecoder().decode(base64);
        if (!ENCODER.encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("not canonical base64url");
        }
        return bytes;
    }

    private byte[] mac(byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(text);
        } catch (NoSuchAlgorithmException | InvalidKeyException everyJvmHasIt) {
            throw new IllegalStateException(ALGORITHM + " is missing", everyJvmHasIt);
        }
    }
}
