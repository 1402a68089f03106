package io.dolim.api.rpc;

import io.dolim.api.session.OwnerOnly;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate chain with its private key, as files hold them.
 *
 * @param chain the server's own certificate first
 * @param named how the configuration names where the chain comes from
 */
record TlsFiles(List<X509Certificate> chain, PrivateKey key, String named) {

    private static final String CHAIN = "dolim.api.tls.certificate-chain=";
    private static final String KEY = "dolim.api.tls.private-key";
    private static final String STORE = "dolim.api.tls.store=";
    private static final String PASSWORD = "dolim.api.tls.store-password-file";
    private static final String IN_MEMORY = "unused";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final Pattern PKCS8 =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROBE = "does this key fit?".getBytes(StandardCharsets.US_ASCII);

    TlsFiles {
        chain = List.copyOf(chain);
        requireFit(chain.getFirst().getPublicKey(), key, named);
    }

    /** A chain in PEM and a key in PEM, PKCS#8 without a password. */
    static TlsFiles ofPem(Path chain, Path key) throws IOException {
        return new TlsFiles(
                certificates(chain), privateKey(key), CHAIN + chain + " and " + KEY + "=" + key);
    }

    /** A store in PKCS#12 that holds one key, and the file of its password. */
    static TlsFiles ofStore(Path store, Path password) throws IOException {
        String named = STORE + store;
        requireFile(named, store);
        char[] secret = OwnerOnly.read(PASSWORD, password).strip().toCharArray();
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, secret);
            List<String> entries = new ArrayList<>();
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.isKeyEntry(alias)) {
                    entries.add(alias);
                }
            }
            if (entries.size() != 1) {
                throw new IllegalArgumentException(
                        named + " holds " + entries.size() + " keys and must hold one");
            }
            List<X509Certificate> chain = new ArrayList<>();
            for (var certificate : keys.getCertificateChain(entries.getFirst())) {
                chain.add((X509Certificate) certificate);
            }
            return new TlsFiles(chain, (PrivateKey) keys.getKey(entries.getFirst(), secret), named);
        } catch (IOException | GeneralSecurityException wrong) {
            throw new IllegalArgumentException(
                    named
                            + " must be a PKCS#12 store that the password in "
                            + PASSWORD
                            + "="
                            + password
                            + " opens",
                    wrong);
        }
    }

    /** Ready to be spoken. */
    Tls tls(List<String> protocols) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "server", key, IN_MEMORY.toCharArray(), chain.toArray(X509Certificate[]::new));
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, IN_MEMORY.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return new Tls(context, chain.getFirst(), protocols);
        } catch (IOException | GeneralSecurityException refused) {
            throw new IllegalArgumentException(named + " cannot be used: " + refused, refused);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        requireFile(CHAIN + file, file);
        try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file))) {
            List<X509Certificate> chain = new ArrayList<>();
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                chain.add((X509Certificate) one);
            }
            if (chain.isEmpty()) {
                throw new IllegalArgumentException(
                        CHAIN + file + " must hold certificates in PEM, the server's own first");
            }
            return chain;
        } catch (CertificateException none) {
            throw new IllegalArgumentException(
                    CHAIN + file + " must hold certificates in PEM, the server's own first", none);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        Matcher pem = PKCS8.matcher(OwnerOnly.read(KEY, file));
        if (!pem.find()) {
            throw new IllegalArgumentException(
                    KEY
                            + "="
                            + file
                            + " must hold a private key in PEM, PKCS#8 without a password (openssl pkcs8 -topk8"
                            + " -nocrypt)");
        }
        byte[] bytes = bytes(file, pem.group(1));
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(bytes);
        return ALGORITHMS.stream()
                .flatMap(algorithm -> ofAlgorithm(algorithm, encoded).stream())
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        KEY
                                                + "="
                                                + file
                                                + " must hold a private key of one of "
                                                + ALGORITHMS));
    }

    private static Optional<PrivateKey> ofAlgorithm(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException ofAnother) {
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + algorithm, missing);
        }
    }

    private static byte[] bytes(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException(
                    KEY + "=" + file + " must hold a private key in PEM", broken);
        }
    }

    private static void requireFile(String named, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(named + " must be a file");
        }
    }

    private static void requireFit(PublicKey open, PrivateKey secret, String named) {
        boolean fits;
        try {
            String algorithm =
                    switch (secret.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> "EdDSA";
                    };
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(secret);
            signing.update(PROBE);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(open);
            verifying.update(PROBE);
            fits = verifying.verify(signature);
        } catch (GeneralSecurityException ofOtherKinds) {
            fits = false;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    named + ": the private key must be that of the first certificate");
        }
    }
}
