package io.dolim.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Text messages that are no good: each is answered with its code and reason, on a session that goes on. */
final class HostileMessageTest {

    private static EdgeServer server;
    private static Witness witness;

    private record Case(String name, String message, int code, String reason, String id) {}

    private static Case of(String name, String message, int code, String reason) {
        return new Case(name, message, code, reason, "");
    }

    private static Case params(String name, String method, String params, int code, String reason) {
        return new Case(
                name,
                "{\"id\":5,\"method\":\"" + method + "\",\"params\":" + params + "}",
                code,
                reason,
                "5");
    }

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

    private static final String ECHO =
            "{\"id\":1,\"method\":\"public/echo\",\"params\":{\"text\":\"a\"}}";

    private static List<Case> unreadable() {
        return List.of(
                of("empty message", "", -32700, "syntax"),
                of("blanks", "   ", -32700, "syntax"),
                of("a word", "hello", -32700, "syntax"),
                of("half an object", "{\"id\":1", -32700, "syntax"),
                of("half a string", "{\"id\":\"1", -32700, "syntax"),
                of("half a key", "{\"id", -32700, "syntax"),
                of("missing colon", "{\"id\" 1}", -32700, "syntax"),
                of("trailing comma", "{\"id\":1,}", -32700, "syntax"),
                of("single quotes", "{'id':1}", -32700, "syntax"),
                of("bare key", "{id:1}", -32700, "syntax"),
                of("a comment", "/* */" + ECHO, -32700, "syntax"),
                of("byte order mark", "\uFEFF" + ECHO, -32700, "syntax"),
                of("garbage behind", ECHO + "x", -32700, "trailing_tokens"),
                of("a second document", ECHO + ECHO, -32700, "trailing_tokens"),
                of("a closing brace too many", ECHO + "}", -32700, "trailing_tokens"),
                of("a NUL behind", ECHO + "\0", -32700, "trailing_tokens"),
                of(
                        "duplicate key",
                        "{\"id\":1,\"id\":2,\"method\":\"public/test\"}",
                        -32700,
                        "duplicate_key"),
                of(
                        "duplicate key within",
                        "{\"id\":1,\"method\":\"public/echo\",\"params\":{\"text\":\"a\",\"text\":\"b\"}}",
                        -32700,
                        "duplicate_key"),
                of(
                        "duplicate key escaped",
                        "{\"id\":1,\"\\u0069d\":2,\"method\":\"public/test\"}",
                        -32700,
                        "duplicate_key"),
                of(
                        "33 objects deep",
                        "{\"a\":".repeat(33) + "1" + "}".repeat(33),
                        -32700,
                        "too_deep"),
                of("5000 arrays deep, never closed", "[".repeat(5000), -32700, "too_deep"),
                of(
                        "a string of 5000",
                        "{\"id\":1,\"method\":\"" + "m".repeat(5000) + "\"}",
                        -32700,
                        "too_long"),
                of("a key of 300", "{\"" + "k".repeat(300) + "\":1}", -32700, "too_long"),
                of("1e400", number("1e400"), -32700, "number_out_of_range"),
                of("-1e400", number("-1e400"), -32700, "number_out_of_range"),
                of("1e-400", number("1e-400"), -32700, "number_out_of_range"),
                of("1e1000000000", number("1e1000000000"), -32700, "number_out_of_range"),
                of("a number of 41 digits", number("1".repeat(41)), -32700, "number_out_of_range"),
                of(
                        "a number of 2000 digits",
                        number("1".repeat(2000)),
                        -32700,
                        "number_out_of_range"),
                of(
                        "a fraction of 60 digits",
                        number("0." + "1".repeat(60)),
                        -32700,
                        "number_out_of_range"),
                of("NaN", number("NaN"), -32700, "syntax"),
                of("Infinity", number("Infinity"), -32700, "syntax"),
                of("-Infinity", number("-Infinity"), -32700, "syntax"),
                of("leading zero", number("01"), -32700, "syntax"),
                of("leading plus", number("+1"), -32700, "syntax"),
                of("leading point", number(".5"), -32700, "syntax"),
                of("trailing point", number("1."), -32700, "syntax"),
                of("hexadecimal", number("0x10"), -32700, "syntax"),
                of("an unknown escape", "{\"id\":\"\\x41\"}", -32700, "syntax"),
                of("a raw newline in a string", "{\"id\":\"a\nb\"}", -32700, "syntax"),
                of(
                        "half a surrogate pair",
                        "{\"id\":\"\\ud800\",\"method\":\"public/test\"}",
                        -32700,
                        "lone_surrogate"),
                of(
                        "the wrong half",
                        "{\"id\":\"\\udc00\\ud800\",\"method\":\"public/test\"}",
                        -32700,
                        "lone_surrogate"));
    }

    private static String number(String digits) {
        return "{\"id\":1,\"method\":\"public/sum\",\"params\":{\"legs\":[{\"amount\":"
                + digits
                + "}]}}";
    }

    private static List<Case> noRequest() {
        return List.of(
                of("a number", "1", -32600, "not_an_object"),
                of("null", "null", -32600, "not_an_object"),
                of("a string", "\"public/test\"", -32600, "not_an_object"),
                of("a batch", "[" + ECHO + "]", -32600, "batch_not_supported"),
                of("an empty batch", "[]", -32600, "batch_not_supported"),
                of("no method", "{}", -32600, "method_missing"),
                new Case("no method but an id", "{\"id\":9}", -32600, "method_missing", "9"),
                of(
                        "id null",
                        "{\"id\":null,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                of(
                        "id 1.5",
                        "{\"id\":1.5,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                of(
                        "id 1e2",
                        "{\"id\":1e2,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                of(
                        "id true",
                        "{\"id\":true,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                of(
                        "id an array",
                        "{\"id\":[1],\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                of(
                        "id an object",
                        "{\"id\":{},\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                of(
                        "id of 300 characters",
                        "{\"id\":\"" + "i".repeat(300) + "\",\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                new Case(
                        "jsonrpc 1.0",
                        "{\"jsonrpc\":\"1.0\",\"id\":\"q\",\"method\":\"public/test\"}",
                        -32600,
                        "jsonrpc_must_be_2.0",
                        "\"q\""),
                new Case(
                        "jsonrpc 2 as a number",
                        "{\"jsonrpc\":2.0,\"id\":3,\"method\":\"public/test\"}",
                        -32600,
                        "jsonrpc_must_be_2.0",
                        "3"),
                new Case(
                        "method a number",
                        "{\"id\":3,\"method\":7}",
                        -32600,
                        "method_must_be_a_string",
                        "3"),
                new Case(
                        "method null",
                        "{\"id\":3,\"method\":null}",
                        -32600,
                        "method_must_be_a_string",
                        "3"),
                new Case(
                        "method of 100 characters",
                        "{\"id\":3,\"method\":\"" + "m".repeat(100) + "\"}",
                        -32600,
                        "method_must_be_a_string",
                        "3"),
                new Case(
                        "params an array",
                        "{\"id\":3,\"method\":\"public/echo\",\"params\":[\"a\"]}",
                        -32600,
                        "params_must_be_an_object",
                        "3"),
                new Case(
                        "params a string",
                        "{\"id\":3,\"method\":\"public/echo\",\"params\":\"a\"}",
                        -32600,
                        "params_must_be_an_object",
                        "3"));
    }

    private static List<Case> refused() {
        return List.of(
                params("unknown method", "public/nothing", "{}", -32601, "unknown_method"),
                params("method without a space of names", "echo", "{}", -32601, "unknown_method"),
                params("method in another case", "public/Echo", "{}", -32601, "unknown_method"),
                params(
                        "method with a path",
                        "public/../private/who",
                        "{}",
                        -32601,
                        "unknown_method"),
                params(
                        "private without authority",
                        "private/who",
                        "{}",
                        13009,
                        "authentication_required"),
                params(
                        "private with broken params, still authority first",
                        "private/buy",
                        "{\"amount\":{}}",
                        13009,
                        "authentication_required"),
                params(
                        "unknown private method, still authority first",
                        "private/nothing",
                        "{}",
                        13009,
                        "authentication_required"),
                params(
                        "keeper without authority",
                        "keeper/claim",
                        "{}",
                        13009,
                        "authentication_required"),
                params(
                        "operator without authority",
                        "operator/halt",
                        "{}",
                        13009,
                        "authentication_required"),
                params(
                        "private subscribe without authority",
                        "private/subscribe",
                        "{\"channels\":[\"user.x\"]}",
                        13009,
                        "authentication_required"),
                params(
                        "logout without authority",
                        "private/logout",
                        "{}",
                        13009,
                        "authentication_required"),
                params("param missing", "public/echo", "{}", -32602, "invalid_param"),
                params("param null", "public/echo", "{\"text\":null}", -32602, "invalid_param"),
                params(
                        "param a number for a text",
                        "public/echo",
                        "{\"text\":1}",
                        -32602,
                        "invalid_param"),
                params("param empty", "public/echo", "{\"text\":\"\"}", -32602, "invalid_param"),
                params(
                        "param too long",
                        "public/echo",
                        "{\"text\":\"" + "x".repeat(65) + "\"}",
                        -32602,
                        "invalid_param"),
                params(
                        "array for a text",
                        "public/echo",
                        "{\"text\":[\"a\"]}",
                        -32602,
                        "invalid_param"),
                params(
                        "text for a number",
                        "public/sum",
                        "{\"legs\":[{\"amount\":\"1\"}]}",
                        -32602,
                        "invalid_param"),
                params(
                        "\"NaN\" for a number",
                        "public/sum",
                        "{\"legs\":[{\"amount\":\"NaN\"}]}",
                        -32602,
                        "invalid_param"),
                params(
                        "boolean for a number",
                        "public/sum",
                        "{\"legs\":[{\"amount\":true}]}",
                        -32602,
                        "invalid_param"),
                params(
                        "17 legs",
                        "public/sum",
                        "{\"legs\":[" + "{},".repeat(16) + "{}]}",
                        -32602,
                        "invalid_param"),
                params("leg a number", "public/sum", "{\"legs\":[1]}", -32602, "invalid_param"),
                params(
                        "legs a text, as over GET",
                        "public/sum",
                        "{\"legs\":\"[]\"}",
                        -32602,
                        "invalid_param"),
                params(
                        "heartbeat of 9",
                        "public/set_heartbeat",
                        "{\"interval\":9}",
                        -32602,
                        "invalid_param"),
                params(
                        "heartbeat of 10.0",
                        "public/set_heartbeat",
                        "{\"interval\":10.0}",
                        -32602,
                        "invalid_param"),
                params(
                        "heartbeat of \"10\"",
                        "public/set_heartbeat",
                        "{\"interval\":\"10\"}",
                        -32602,
                        "invalid_param"),
                params(
                        "heartbeat of 2^70",
                        "public/set_heartbeat",
                        "{\"interval\":1180591620717411303424}",
                        -32602,
                        "invalid_param"),
                params("hello without a name", "public/hello", "{}", -32602, "invalid_param"),
                params(
                        "channels a text",
                        "public/subscribe",
                        "{\"channels\":\"ticker.A\"}",
                        -32602,
                        "invalid_param"),
                params(
                        "channel a number",
                        "public/subscribe",
                        "{\"channels\":[1]}",
                        -32602,
                        "invalid_param"),
                params(
                        "channel of 300 characters",
                        "public/subscribe",
                        "{\"channels\":[\"" + "c".repeat(300) + "\"]}",
                        -32602,
                        "invalid_param"),
                params(
                        "501 channels",
                        "public/subscribe",
                        "{\"channels\":[" + "\"x\",".repeat(500) + "\"x\"]}",
                        -32602,
                        "invalid_param"),
                params(
                        "grant of no kind",
                        "public/auth",
                        "{\"grant_type\":\"magic\"}",
                        -32602,
                        "invalid_param"),
                params(
                        "auth without a secret",
                        "public/auth",
                        "{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\"}",
                        -32602,
                        "invalid_param"),
                params(
                        "scope of no kind",
                        "public/auth",
                        "{\"grant_type\":\"client_credentials\",\"client_id\":\"trader\",\"client_secret\":\"x\",\"scope\":\"root\"}",
                        -32602,
                        "invalid_param"),
                params("a handler that fails", "public/fault", "{}", 10001, "internal"),
                params("a handler that throws", "public/throw", "{}", 10001, "internal"),
                params("a handler that answers NaN", "public/nan", "{}", 10001, "internal"));
    }

    @TestFactory
    Stream<DynamicTest> isAnsweredWithItsCodeAndReason() {
        return Stream.of(unreadable(), noRequest(), refused())
                .flatMap(List::stream)
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> verify(c)));
    }

    private static void verify(Case c) {
        try (RawSocket raw = RawSocket.webSocket(server.port())) {
            JsonNode answer = raw.call(c.message());
            JsonNode error = answer.path("error");
            assertEquals(c.code(), error.path("code").intValue(), () -> answer.toString());
            assertEquals(c.reason(), error.path("data").path("reason").textValue());
            assertEquals(c.id(), answer.path("id").toString());
            assertEquals(
                    "a", raw.call(ECHO).path("result").textValue(), "the same session goes on");
        }
        witness.isUnharmed();
    }
}
