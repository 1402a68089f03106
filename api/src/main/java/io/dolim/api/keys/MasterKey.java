package io.dolim.api.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the secrets of API keys for the journal: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits and a tag of
 * 128. What is sealed reads {@code 1:FINGERPRINT:BASE64URL(nonce, ciphertext, tag)}; the number is of this form, the
 * fingerprint tells which master key opens it. Id, account and scopes of the key are authenticated with it, so that no
 * other key can be given this secret. Never printed.
 */
public final class MasterKey {

    private static final int BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int FINGERPRINT_BYTES = 8;
    private static final String FORM = "1";
    private static final String ALTERED = "its sealed secret is not what was sealed";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final String fingerprint;
    private final String place;

    private MasterKey(byte[] bytes, String place) {
        this.place = place;
        this.key = new SecretKeySpec(bytes, "AES");
        this.fingerprint = fingerprint(bytes);
    }

    /**
     * The key of 64 digits of lower-case hex; nothing where the text is something else.
     *
     * @param place where it was found, said in errors
     */
    static Optional<MasterKey> parse(String hex, String place) {
        return HEX.matcher(hex).matches()
                ? Optional.of(new MasterKey(HexFormat.of().parseHex(hex), place))
                : Optional.empty();
    }

    /** 64 digits of hex that nobody can guess. */
    static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Tells it from others and nothing about it. */
    String fingerprint() {
        return fingerprint;
    }

    /** Seals the secret of a key with this id, account and scopes. */
    String seal(String secret, String id, String account, List<String> scopes) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, id, account, scopes)
                            .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = new byte[NONCE_BYTES + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return FORM
                    + ":"
                    + fingerprint
                    + ":"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM", e);
        }
    }

    /**
     * The secret of a key.
     *
     * @throws IllegalArgumentException when it was sealed by another master key, or is not what was sealed
     */
    String open(KeyRecord record) {
        String[] parts = record.sealed().split(":", -1);
        if (parts.length != 3 || !parts[0].equals(FORM)) {
            throw broken(record, "its secret is sealed in a form that this release does not know");
        }
        if (!parts[1].equals(fingerprint)) {
            throw broken(
                    record,
                    "its secret is sealed by master key " + parts[1] + ", not by " + fingerprint);
        }
        try {
            byte[] all = bytes(record, parts[2]);
            if (all.length < NONCE_BYTES + TAG_BITS / 8) {
                throw broken(record, "its sealed secret is too short");
            }
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            byte[] secret =
                    cipher(
                                    Cipher.DECRYPT_MODE,
                                    nonce,
                                    record.id(),
                                    record.account(),
                                    record.scopeWords())
                            .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (AEADBadTagException altered) {
            throw broken(record, ALTERED);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM", e);
        }
    }

    private byte[] bytes(KeyRecord record, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw broken(record, ALTERED);
        }
    }

    private IllegalArgumentException broken(KeyRecord record, String why) {
        return new IllegalArgumentException(
                place + " does not open key=" + record.id() + ": " + why);
    }

    private Cipher cipher(int mode, byte[] nonce, String id, String account, List<String> scopes)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(
                ("dolim key 1\n" + id + "\n" + account + "\n" + String.join(" ", scopes))
                        .getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static String fingerprint(byte[] bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update("dolim master key".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(bytes), 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey(" + fingerprint + ")";
    }
}
