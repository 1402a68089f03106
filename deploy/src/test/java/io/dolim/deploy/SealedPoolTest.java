package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.client.PinnedTrust;
import io.dolim.api.client.RpcClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole engine behind TLS with a certificate of its own making. */
@Tag("slow")
class SealedPoolTest {

    @TempDir private Path dir;

    @Test
    void everythingIsSpokenSealedAndTheAddressesSaySo() throws Exception {
        Path store = dir.resolve("server.p12");
        Path certificate = dir.resolve("server.crt");
        keytool(
                List.of(
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=desk.example",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password"));
        keytool(
                List.of(
                        "-exportcert",
                        "-rfc",
                        "-alias",
                        "server",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password",
                        "-file",
                        certificate.toString()));
        Path password =
                Files.writeString(
                        Files.createFile(
                                dir.resolve("password"),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------"))),
                        "password\n");
        String[] flags =
                CalmMarket.flagsWith(
                        dir,
                        "dolim.api.tls { store = \""
                                + store
                                + "\", store-password-file = \""
                                + password
                                + "\" }\n",
                        Taker.KEY + ":" + Taker.SECRET);
        flags[1] = "1";
        try (HttpClient http = PinnedTrust.client(certificate);
                EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String base = engine.http("").toString();
            assertTrue(base.startsWith("https://"), base);
            assertEquals("wss", engine.webSocket().getScheme());
            String said = engine.output();
            assertTrue(said.contains("  WebSocket  wss://127.0.0.1:"), said);
            assertTrue(said.contains("curl -sk 'https://127.0.0.1:"), said);
            String call = taker.options("BTC").getFirst();
            taker.quote(call, "buy", new java.math.BigDecimal("0.1"));
            awaitRequest(http, engine, "private/request_quote");
            Ran listed =
                    Ran.of(
                            "keys",
                            "list",
                            "--dir",
                            dir.toString(),
                            "--format",
                            "json",
                            "--url",
                            "wss://127.0.0.1:" + engine.webSocket().getPort(),
                            "--certificate",
                            certificate.toString());
            assertEquals(2, listed.json().size(), listed.err());
            try (HttpClient stranger = HttpClient.newHttpClient()) {
                assertThrows(
                        CompletionException.class,
                        () -> RpcClient.connect(stranger, engine.webSocket(), _ -> {}));
            }
            assertEquals(143, engine.stop());
        }
    }

    /** The simulated taker asks as well, over the sealed port. */
    private static void awaitRequest(HttpClient http, EngineProcess engine, String method)
            throws Exception {
        HttpRequest metrics = HttpRequest.newBuilder(engine.http("/metrics")).build();
        String wanted =
                "dolim_api_requests_seconds_count{method=\"" + method + "\",outcome=\"ok\"} ";
        long deadline = System.nanoTime() + java.time.Duration.ofSeconds(60).toNanos();
        while (true) {
            String text = http.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
            long count =
                    text.lines()
                            .filter(line -> line.startsWith(wanted))
                            .mapToLong(
                                    line ->
                                            (long)
                                                    Double.parseDouble(
                                                            line.substring(wanted.length())))
                            .findFirst()
                            .orElse(0);
            if (count > 1) {
                return;
            }
            assertTrue(System.nanoTime() < deadline, "the simulated taker asks for nothing");
        }
    }

    private static void keytool(List<String> words) throws Exception {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
