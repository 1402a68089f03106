package io.dolim.api.rpc;

import io.dolim.api.session.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signs itself, made by the JDK's keytool, as the files that a server may be given.
 *
 * @param store PKCS#12
 * @param password its password's file
 * @param chain PEM
 * @param key PEM, PKCS#8
 */
record MadeCertificate(
        Path store, Path password, Path chain, Path key, X509Certificate certificate) {

    private static final String SECRET = "password-of-the-tests";

    static MadeCertificate make(Path dir, String name, List<String> algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = dir.resolve(name + ".p12");
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                SECRET));
        command.addAll(algorithm);
        Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException(said);
        }
        Path password = dir.resolve(name + ".password");
        OwnerOnly.write(password, SECRET + "\n");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET.toCharArray());
        }
        X509Certificate certificate = (X509Certificate) keys.getCertificate("server");
        Path chain = dir.resolve(name + ".crt");
        Files.writeString(chain, pem("CERTIFICATE", certificate.getEncoded()));
        Path key = dir.resolve(name + ".key");
        OwnerOnly.write(
                key, pem("PRIVATE KEY", keys.getKey("server", SECRET.toCharArray()).getEncoded()));
        return new MadeCertificate(store, password, chain, key, certificate);
    }

    /** Settings of a server that has it as PEM. */
    String asPem() {
        return "tls.certificate-chain = \"" + chain + "\"\ntls.private-key = \"" + key + "\"\n";
    }

    /** Settings of a server that has it as a store. */
    String asStore() {
        return "tls.store = \"" + store + "\"\ntls.store-password-file = \"" + password + "\"\n";
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN "
                + what
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END "
                + what
                + "-----\n";
    }
}
