package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.api.client.PinnedTrust;
import io.dolim.api.client.RpcClient;
import io.dolim.api.session.OwnerOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server behind TLS, driven by the JDK's client, and what is said of files that do not do. */
final class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private static Path dir;
    private static MadeCertificate elliptic;
    private static MadeCertificate rsa;

    @BeforeAll
    static void make() throws Exception {
        elliptic =
                MadeCertificate.make(
                        dir, "ec", List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        rsa = MadeCertificate.make(dir, "rsa", List.of("-keyalg", "RSA", "-keysize", "2048"));
    }

    private static EdgeServer server(String tls) {
        return new EdgeServer(tls + "connections.header-deadline = 400 ms\n");
    }

    private static String echoed(HttpClient client, EdgeServer server) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "https://127.0.0.1:"
                                                        + server.port()
                                                        + "/api/v2/public/echo?text=hi"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static RpcClient webSocket(HttpClient client, EdgeServer server) {
        return RpcClient.connect(
                client, URI.create("wss://127.0.0.1:" + server.port() + "/ws/api/v2"), _ -> {});
    }

    private static SSLSocket socket(EdgeServer server, String... protocols) throws Exception {
        javax.net.ssl.SSLContext context = PinnedTrust.client(elliptic.certificate()).sslContext();
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setEnabledProtocols(protocols);
        return socket;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec pem", "rsa pem", "ec store", "rsa store"})
    void onePortSpeaksHttpsAndWss(String what) throws Exception {
        MadeCertificate made = what.startsWith("ec") ? elliptic : rsa;
        try (EdgeServer server = server(what.endsWith("pem") ? made.asPem() : made.asStore());
                HttpClient client = PinnedTrust.client(made.certificate());
                RpcClient session = webSocket(client, server)) {
            assertTrue(echoed(client, server).contains("\"result\":\"hi\""));
            assertEquals(
                    "é",
                    session.call("public/echo", RpcClient.params().put("text", "é"), PATIENCE)
                            .asText());
            assertEquals(
                    16 * 1024,
                    session.call("public/big", RpcClient.params(), PATIENCE).asText().length());
        }
    }

    @Test
    void aServerWithAnotherCertificateIsNotTrusted() throws Exception {
        try (EdgeServer server = server(elliptic.asPem());
                HttpClient client = PinnedTrust.client(rsa.certificate())) {
            assertThrows(SSLHandshakeException.class, () -> echoed(client, server));
        }
    }

    @Test
    void onlyTheProtocolsThatAreConfiguredAreSpoken() throws Exception {
        try (EdgeServer server = server(elliptic.asPem() + "tls.protocols = [\"TLSv1.3\"]\n")) {
            try (SSLSocket old = socket(server, "TLSv1.2")) {
                assertThrows(SSLHandshakeException.class, old::startHandshake);
            }
            try (SSLSocket today = socket(server, "TLSv1.3")) {
                today.startHandshake();
                assertEquals("TLSv1.3", today.getSession().getProtocol());
            }
        }
    }

    @Test
    void suitesWithoutForwardSecrecyOrAuthenticatedEncryptionAreNotSpoken() throws Exception {
        try (EdgeServer server = server(rsa.asPem());
                SSLSocket weak = socket(server, "TLSv1.2")) {
            weak.setEnabledCipherSuites(
                    new String[] {
                        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
                    });
            assertThrows(IOException.class, weak::startHandshake);
        }
    }

    @Test
    void whoSpeaksPlainTextOrDribblesAHandshakeIsCutAndHarmsNobody() throws Exception {
        try (EdgeServer server = server(elliptic.asPem());
                HttpClient client = PinnedTrust.client(elliptic.certificate());
                RpcClient session = webSocket(client, server);
                RawSocket plain = new RawSocket(server.port());
                RawSocket slow = new RawSocket(server.port())) {
            plain.send("GET /api/v2/public/echo?text=hi HTTP/1.1\r\nHost: h\r\n\r\n");
            slow.send(new byte[] {0x16, 0x03, 0x01});
            assertFalse(plain.rest().contains("HTTP/1.1"), "no answer in clear");
            slow.rest();
            assertEquals(
                    "still here",
                    session.call(
                                    "public/echo",
                                    RpcClient.params().put("text", "still here"),
                                    PATIENCE)
                            .asText());
        }
    }

    @Test
    void aCloseCodeReachesItsPeer() throws Exception {
        try (EdgeServer server = server(elliptic.asPem());
                RawSocket raw = RawSocket.webSocket(socket(server, "TLSv1.3"))) {
            raw.send(new byte[] {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4});
            assertEquals(1009, raw.frame().closeCode(), "a frame that announces 1 TiB");
            assertTrue(raw.ends());
        }
    }

    @Test
    void whenTheServerStopsItSaysSo() throws Exception {
        try (EdgeServer server = server(elliptic.asPem());
                HttpClient client = PinnedTrust.client(elliptic.certificate());
                RpcClient session = webSocket(client, server)) {
            server.bound.stop().toCompletableFuture().get(10, TimeUnit.SECONDS);
            session.ended().get(10, TimeUnit.SECONDS);
        }
    }

    private static String refused(String tls) {
        Config config =
                ConfigFactory.parseString("dolim.api {" + tls + "\n}")
                        .withFallback(ConfigFactory.load());
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Tls.of(config)).getMessage());
    }

    @Test
    void filesThatDoNotDoAreNamedWithTheRule() throws Exception {
        Path none = dir.resolve("none");
        Path text = Files.writeString(dir.resolve("text"), "no certificate");
        Path noKey = dir.resolve("no-key");
        OwnerOnly.write(
                noKey, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Path badKey = dir.resolve("bad-key");
        OwnerOnly.write(badKey, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        String chain = "tls.certificate-chain = \"" + elliptic.chain() + "\"\n";
        String key = "tls.private-key = \"" + elliptic.key() + "\"\n";
        assertEquals(
                "dolim.api.tls.certificate-chain and .private-key must be set together",
                refused(chain));
        assertEquals(
                "dolim.api.tls.store and .store-password-file must be set together",
                refused("tls.store = \"" + elliptic.store() + "\"\n"));
        assertEquals(
                "dolim.api.tls.certificate-chain and .store are both set: one is enough",
                refused(elliptic.asPem() + rsa.asStore()));
        assertEquals(
                "dolim.api.tls.certificate-chain=" + none + " must be a file",
                refused("tls.certificate-chain = \"" + none + "\"\n" + key));
        assertEquals(
                "dolim.api.tls.certificate-chain="
                        + text
                        + " must hold certificates in PEM, the server's own first",
                refused("tls.certificate-chain = \"" + text + "\"\n" + key));
        assertEquals(
                "dolim.api.tls.private-key=" + none + " must be a file",
                refused(chain + "tls.private-key = \"" + none + "\"\n"));
        assertEquals(
                "dolim.api.tls.private-key="
                        + noKey
                        + " must hold a private key in PEM, PKCS#8 without a password (openssl pkcs8 -topk8 -nocrypt)",
                refused(chain + "tls.private-key = \"" + noKey + "\"\n"));
        assertEquals(
                "dolim.api.tls.private-key="
                        + badKey
                        + " must hold a private key of one of [EC, RSA, EdDSA]",
                refused(chain + "tls.private-key = \"" + badKey + "\"\n"));
        assertEquals(
                "dolim.api.tls.certificate-chain="
                        + elliptic.chain()
                        + " and dolim.api.tls.private-key="
                        + rsa.key()
                        + ": the private key must be that of the first certificate",
                refused(chain + "tls.private-key = \"" + rsa.key() + "\"\n"));
        assertEquals(
                "dolim.api.tls.store="
                        + elliptic.store()
                        + " must be a PKCS#12 store that the password in dolim.api.tls.store-password-file="
                        + noKey
                        + " opens",
                refused(
                        "tls.store = \""
                                + elliptic.store()
                                + "\"\ntls.store-password-file = \""
                                + noKey
                                + "\"\n"));
        assertEquals(
                "dolim.api.tls.protocols=[SSLv3] must be of [TLSv1.3, TLSv1.2]",
                refused(elliptic.asPem() + "tls.protocols = [SSLv3]\n"));
        Path open = dir.resolve("open.key");
        Files.copy(elliptic.key(), open);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(
                "dolim.api.tls.private-key="
                        + open
                        + " has permissions rw-r--r-- and must be its owner's alone: chmod 600",
                refused(chain + "tls.private-key = \"" + open + "\"\n"));
    }
}
