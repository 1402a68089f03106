package io.dolim.api.rpc;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS at the server's port, from the section {@code dolim.api.tls}; {@code reference.conf} says what each value means.
 *
 * @param context holds certificate chain and private key
 * @param certificate the server's own, the first of its chain
 * @param protocols that are spoken
 */
public record Tls(SSLContext context, X509Certificate certificate, List<String> protocols) {

    private static final String SECTION = "dolim.api.tls";
    private static final Set<String> KNOWN = Set.of("TLSv1.3", "TLSv1.2");

    /** Copies the protocols. */
    public Tls {
        protocols = List.copyOf(protocols);
        if (protocols.isEmpty() || !KNOWN.containsAll(protocols)) {
            throw new IllegalArgumentException(
                    SECTION
                            + ".protocols="
                            + protocols
                            + " must be of "
                            + List.of("TLSv1.3", "TLSv1.2"));
        }
    }

    /**
     * Reads the section of a whole configuration; nothing where it names neither files nor a store.
     *
     * @throws IllegalArgumentException when what it names is not there, unreadable, or does not fit together
     */
    public static Optional<Tls> of(Config root) {
        Config tls = root.getConfig(SECTION);
        Optional<Path> chain = path(tls, "certificate-chain");
        Optional<Path> key = path(tls, "private-key");
        Optional<Path> store = path(tls, "store");
        Optional<Path> password = path(tls, "store-password-file");
        if (chain.isPresent() != key.isPresent()) {
            throw both("certificate-chain", "private-key");
        }
        if (store.isPresent() != password.isPresent()) {
            throw both("store", "store-password-file");
        }
        if (chain.isPresent() && store.isPresent()) {
            throw new IllegalArgumentException(
                    SECTION + ".certificate-chain and .store are both set: one is enough");
        }
        List<String> protocols = tls.getStringList("protocols");
        try {
            if (chain.isPresent() && key.isPresent()) {
                return Optional.of(TlsFiles.ofPem(chain.get(), key.get()).tls(protocols));
            }
            return store.isPresent() && password.isPresent()
                    ? Optional.of(TlsFiles.ofStore(store.get(), password.get()).tls(protocols))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    SECTION + " names a file that cannot be read: " + unreadable, unreadable);
        }
    }

    private static Optional<Path> path(Config tls, String name) {
        String text = tls.getString(name);
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static IllegalArgumentException both(String one, String other) {
        return new IllegalArgumentException(
                SECTION + "." + one + " and ." + other + " must be set together");
    }

    /** For one connection. Suites without authenticated encryption or without forward secrecy are not spoken. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols.toArray(String[]::new));
        parameters.setCipherSuites(
                Arrays.stream(parameters.getCipherSuites())
                        .filter(Tls::isGood)
                        .toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static boolean isGood(String suite) {
        boolean sealed = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
        return sealed && (suite.startsWith("TLS_ECDHE_") || !suite.contains("_WITH_"));
    }
}
