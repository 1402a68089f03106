package io.dolim.api.rpc;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests whose method or parameters are no good: each is answered with its code and reason, and the session goes on. */
final class HostileCallTest {

    private static EdgeServer server;
    private static Witness witness;

    @BeforeAll
    static void start() {
        server = new EdgeServer("rates.address.reading { burst = 100000, per-second = 100000 }");
        witness = new Witness(server);
    }

    @AfterAll
    static void stop() {
        witness.close();
        server.close();
    }

    private static List<HostileMessage> refused() {
        return List.of(
                HostileMessage.params(
                        "unknown method", "public/nothing", "{}", -32601, "unknown_method"),
                HostileMessage.params(
                        "method without a space of names", "echo", "{}", -32601, "unknown_method"),
                HostileMessage.params(
                        "method in another case", "public/Echo", "{}", -32601, "unknown_method"),
                HostileMessage.params(
                        "method with a path",
                        "public/../private/who",
                        "{}",
                        -32601,
                        "unknown_method"),
                HostileMessage.params(
                        "private without authority",
                        "private/who",
                        "{}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "private with broken params, still authority first",
                        "private/buy",
                        "{\"amount\":{}}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "unknown private method, still authority first",
                        "private/nothing",
                        "{}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "keeper without authority",
                        "keeper/claim",
                        "{}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "operator without authority",
                        "operator/halt",
                        "{}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "private subscribe without authority",
                        "private/subscribe",
                        "{\"channels\":[\"user.x\"]}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "logout without authority",
                        "private/logout",
                        "{}",
                        13009,
                        "authentication_required"),
                HostileMessage.params(
                        "param missing", "public/echo", "{}", -32602, "invalid_param"),
                HostileMessage.params(
                        "param null", "public/echo", "{\"text\":null}", -32602, "invalid_param"),
                HostileMessage.params(
                        "param a number for a text",
                        "public/echo",
                        "{\"text\":1}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "param empty", "public/echo", "{\"text\":\"\"}", -32602, "invalid_param"),
                HostileMessage.params(
                        "param too long",
                        "public/echo",
                        "{\"text\":\"" + "x".repeat(65) + "\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "array for a text",
                        "public/echo",
                        "{\"text\":[\"a\"]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "text for a number",
                        "public/sum",
                        "{\"legs\":[{\"amount\":\"1\"}]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "\"NaN\" for a number",
                        "public/sum",
                        "{\"legs\":[{\"amount\":\"NaN\"}]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "boolean for a number",
                        "public/sum",
                        "{\"legs\":[{\"amount\":true}]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "17 legs",
                        "public/sum",
                        "{\"legs\":[" + "{},".repeat(16) + "{}]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "leg a number", "public/sum", "{\"legs\":[1]}", -32602, "invalid_param"),
                HostileMessage.params(
                        "legs a text, as over GET",
                        "public/sum",
                        "{\"legs\":\"[]\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "heartbeat of 9",
                        "public/set_heartbeat",
                        "{\"interval\":9}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "heartbeat of 10.0",
                        "public/set_heartbeat",
                        "{\"interval\":10.0}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "heartbeat of \"10\"",
                        "public/set_heartbeat",
                        "{\"interval\":\"10\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "heartbeat of 2^70",
                        "public/set_heartbeat",
                        "{\"interval\":1180591620717411303424}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "hello without a name", "public/hello", "{}", -32602, "invalid_param"),
                HostileMessage.params(
                        "channels a text",
                        "public/subscribe",
                        "{\"channels\":\"ticker.A\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "channel a number",
                        "public/subscribe",
                        "{\"channels\":[1]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "channel of 300 characters",
                        "public/subscribe",
                        "{\"channels\":[\"" + "c".repeat(300) + "\"]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "501 channels",
                        "public/subscribe",
                        "{\"channels\":[" + "\"x\",".repeat(500) + "\"x\"]}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "grant of no kind",
                        "public/auth",
                        "{\"grant_type\":\"magic\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "auth without a secret",
                        "public/auth",
                        "{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "scope of no kind",
                        "public/auth",
                        "{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\",\"client_secret\":\"x\",\"scope\":\"root\"}",
                        -32602,
                        "invalid_param"),
                HostileMessage.params(
                        "a handler that fails", "public/fault", "{}", 10001, "internal"),
                HostileMessage.params(
                        "a handler that throws", "public/throw", "{}", 10001, "internal"),
                HostileMessage.params(
                        "a handler that answers NaN", "public/nan", "{}", 10001, "internal"));
    }

    @TestFactory
    Stream<DynamicTest> isAnsweredWithItsCodeAndReason() {
        return refused().stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> c.verify(server, witness)));
    }
}
