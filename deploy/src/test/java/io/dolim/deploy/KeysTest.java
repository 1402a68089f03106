package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import io.dolim.api.session.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys over a whole engine: made, used, rotated and revoked without a restart, and the same after one. */
@Tag("slow")
class KeysTest {

    private static final String SUMMARY = "/api/v2/private/get_account_summary?currency=USDC";

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private String url = "";

    @Test
    void aKeyIsInForceAsLongAsItsOperatorSaysAndNoLonger() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        // of an earlier release
        Files.writeString(
                Files.createFile(
                        dir.resolve("demo-keys"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))),
                "demo:0123456789abcdef\nsecond:fedcba9876543210\n");
        // a slow machine takes long to start again: what is refused then is not refused as too old
        String[] flags =
                CalmMarket.flagsWith(
                        dir,
                        "dolim.api.auth.clock-window = 10 m\n",
                        Taker.KEY + ":" + Taker.SECRET);
        String first;
        String second;
        String replayed;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker witness = Taker.connect(http, engine.webSocket())) {
            url = "ws://127.0.0.1:" + engine.webSocket().getPort();
            String state = stateHash(witness);
            assertTrue(engine.output().contains("demo:0123456789abcdef"), engine.output());
            first = made("desk", "trade:read_write", "account:read");
            Taker desk = Taker.connect(http, engine.webSocket(), "desk", first);
            desk.call("private/get_account_summary", usdc());
            requireRefused(desk, "operator/list_keys", 13021);
            String token = bearer(desk, first);
            assertEquals(200, withToken(engine, token));
            String signed = signed("desk", first, System.currentTimeMillis(), "n-1");
            assertEquals(200, get(engine, signed).statusCode());
            assertEquals("nonce_used", reason(get(engine, signed)));

            assertEquals(
                    1,
                    verb("create", "--account", "desk", "--scope", "keeper", "--id", "desk")
                            .code());
            assertEquals(2, verb("create", "--scope", "keeper").code(), "without an account");

            second = secret(verb("rotate", "desk", "--reason", "lost"));
            assertNotEquals(first, second);
            requireEnded(desk);
            assertEquals(400, withToken(engine, token));
            assertEquals(
                    "bad_credentials",
                    reason(get(engine, signed("desk", first, System.currentTimeMillis(), "n-2"))));
            replayed = signed("desk", second, System.currentTimeMillis(), "n-3");
            assertEquals(200, get(engine, replayed).statusCode());

            String keeper = made("brief", "keeper", "account:read");
            Taker brief = Taker.connect(http, engine.webSocket(), "brief", keeper);
            assertEquals(0, verb("revoke", "brief", "--reason", "enough").code());
            requireEnded(brief);
            RpcError gone =
                    assertThrows(
                            RpcError.class,
                            () -> Taker.connect(http, engine.webSocket(), "brief", keeper));
            assertEquals(13004, gone.code());

            requireRecord(List.of(first, second, keeper));
            assertEquals(0, verb("revoke", "demo", "--reason", "no demonstration").code());
            assertEquals(state, stateHash(witness), "keys are no business of the pool's state");
            assertEquals(143, engine.stop());
        }
        requireNowhere(List.of(first, second, "0123456789abcdef"));
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            url = "ws://127.0.0.1:" + engine.webSocket().getPort();
            assertEquals("signed_before_start", reason(get(engine, replayed)));
            assertEquals(
                    200,
                    get(engine, signed("desk", second, System.currentTimeMillis(), "n-3"))
                            .statusCode());
            assertEquals(1, verb("rotate", "brief", "--reason", "again").code(), "for ever");
            assertEquals(1, verb("revoke", "second", "--reason", "x").code(), "the last operator");
            assertFalse(engine.output().contains("demo:"), engine.output());
            assertEquals(
                    List.of("second:fedcba9876543210"),
                    Files.readAllLines(dir.resolve("demo-keys")));
            assertEquals(143, engine.stop());
        }
        requireNoStartWithoutTheMasterKey(flags);
    }

    private void requireNoStartWithoutTheMasterKey(String[] flags) throws Exception {
        Path file = dir.resolve("master-key");
        Files.writeString(file, "dolim-master-key.1 " + "ab".repeat(32) + "\n");
        requireNoStart("its secret is sealed by master key ", flags);
        Files.delete(file);
        requireNoStart("does not exist, and keys in the journal are sealed by it", flags);
        assertFalse(Files.exists(file));
    }

    private void requireNoStart(String why, String[] flags) throws Exception {
        try (EngineProcess engine = EngineProcess.launch(dir, flags)) {
            assertEquals(2, engine.exitCode(), engine.output());
            assertTrue(
                    engine.output().contains("dolim: dolim.keys.master-key-file=" + dir),
                    engine.output());
            assertTrue(engine.output().contains(why), engine.output());
            assertFalse(engine.output().contains("listening"), engine.output());
        }
    }

    private Ran verb(String... words) {
        String[] all = new String[words.length + 7];
        all[0] = "keys";
        System.arraycopy(words, 0, all, 1, words.length);
        String[] how = {"--url", url, "--dir", dir.toString(), "--format", "json"};
        System.arraycopy(how, 0, all, words.length + 1, how.length);
        return Ran.of(all);
    }

    private static String secret(Ran made) throws IOException {
        assertEquals(0, made.code(), made.err());
        String secret = made.json().path("secret").asText();
        assertTrue(secret.matches("[0-9a-f]{64}"), made.out());
        return secret;
    }

    private String made(String id, String... scopes) throws IOException {
        String[] words = new String[5 + 2 * scopes.length];
        words[0] = "create";
        words[1] = "--account";
        words[2] = Taker.KEY;
        words[3] = "--id";
        words[4] = id;
        for (int i = 0; i < scopes.length; i++) {
            words[5 + 2 * i] = "--scope";
            words[6 + 2 * i] = scopes[i];
        }
        return secret(verb(words));
    }

    /** Who, when, what: and nowhere a secret. */
    private void requireRecord(List<String> secrets) throws IOException {
        Ran listed = verb("list");
        assertEquals(0, listed.code(), listed.err());
        JsonNode keys = listed.json();
        assertEquals(4, keys.size(), listed.out());
        JsonNode brief = keys.path(0);
        assertEquals("brief", brief.path("key_id").asText());
        assertEquals("account:read keeper", brief.path("scopes").asText());
        assertFalse(brief.path("enabled").asBoolean());
        assertEquals("demo", brief.path("revoked").path("by").asText());
        assertEquals("first start", keys.path(1).path("created").path("by").asText());
        assertEquals(1, keys.path(2).path("generation").asInt(), listed.out());
        assertEquals("demo", keys.path(2).path("rotated").path("by").asText());
        Ran history = Ran.of("history", "keys", "--dir", dir.toString(), "--format", "jsonl");
        assertEquals(0, history.code(), history.err());
        List<JsonNode> rows = new java.util.ArrayList<>();
        for (String line : history.out().lines().toList()) {
            rows.add(Rows.JSON.readTree(line));
        }
        assertEquals(
                List.of(
                        "created demo",
                        "created second",
                        "created desk",
                        "rotated desk",
                        "created brief",
                        "revoked brief"),
                rows.stream()
                        .map(row -> row.path("what").asText() + " " + row.path("key_id").asText())
                        .toList());
        assertEquals("enough", rows.get(5).path("reason").asText());
        for (String secret : secrets) {
            assertFalse(listed.out().contains(secret));
            assertFalse(history.out().contains(secret));
        }
    }

    /** Not in the journal nor in the log. */
    private void requireNowhere(List<String> secrets) throws IOException {
        try (var files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.endsWith("demo-keys")) {
                    continue;
                }
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertFalse(content.contains(secret), file.toString());
                }
            }
        }
    }

    private static String stateHash(Taker taker) throws Exception {
        return taker.call("public/get_pool_summary", RpcClient.params())
                .path("state_hash")
                .asText();
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode usdc() {
        return RpcClient.params().put("currency", "USDC");
    }

    private static void requireRefused(Taker taker, String method, int code) {
        RpcError refused =
                assertThrows(RpcError.class, () -> taker.call(method, RpcClient.params()));
        assertEquals(code, refused.code(), method);
    }

    /** Its session is closed by the server. */
    private static void requireEnded(Taker taker) throws Exception {
        taker.client().ended().get(10, TimeUnit.SECONDS);
        taker.close();
    }

    private static String bearer(Taker taker, String secret) throws Exception {
        return taker.call(
                        "public/auth",
                        RpcClient.params()
                                .put("grant_type", "client_credentials")
                                .put("client_id", "desk")
                                .put("client_secret", secret)
                                .put("scope", "session:web"))
                .path("access_token")
                .asText();
    }

    private int withToken(EngineProcess engine, String token) throws Exception {
        return get(engine, "Bearer " + token).statusCode();
    }

    private static String signed(String id, String secret, long ts, String nonce) {
        String signature =
                Secret.of(secret)
                        .sign(
                                (ts + "\n" + nonce + "\nGET\n" + SUMMARY + "\n\n")
                                        .getBytes(StandardCharsets.UTF_8));
        return "deri-hmac-sha256 id=" + id + ",ts=" + ts + ",sig=" + signature + ",nonce=" + nonce;
    }

    private HttpResponse<String> get(EngineProcess engine, String authorization) throws Exception {
        return http.send(
                HttpRequest.newBuilder(engine.http(SUMMARY))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String reason(HttpResponse<String> response) throws IOException {
        return Rows.JSON
                .readTree(response.body())
                .path("error")
                .path("data")
                .path("reason")
                .asText();
    }
}
