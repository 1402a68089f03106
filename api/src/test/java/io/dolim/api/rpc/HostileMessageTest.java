package io.dolim.api.rpc;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Messages that are no JSON or no request: each is answered with its code and reason, and the session goes on. */
final class HostileMessageTest {

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

    private static List<HostileMessage> unreadable() {
        return List.of(
                HostileMessage.of("empty message", "", -32700, "syntax"),
                HostileMessage.of("blanks", "   ", -32700, "syntax"),
                HostileMessage.of("a word", "hello", -32700, "syntax"),
                HostileMessage.of("half an object", "{\"id\":1", -32700, "syntax"),
                HostileMessage.of("half a string", "{\"id\":\"1", -32700, "syntax"),
                HostileMessage.of("half a key", "{\"id", -32700, "syntax"),
                HostileMessage.of("missing colon", "{\"id\" 1}", -32700, "syntax"),
                HostileMessage.of("trailing comma", "{\"id\":1,}", -32700, "syntax"),
                HostileMessage.of("single quotes", "{'id':1}", -32700, "syntax"),
                HostileMessage.of("bare key", "{id:1}", -32700, "syntax"),
                HostileMessage.of("a comment", "/* */" + HostileMessage.ECHO, -32700, "syntax"),
                HostileMessage.of(
                        "byte order mark", "\uFEFF" + HostileMessage.ECHO, -32700, "syntax"),
                HostileMessage.of(
                        "garbage behind", HostileMessage.ECHO + "x", -32700, "trailing_tokens"),
                HostileMessage.of(
                        "a second document",
                        HostileMessage.ECHO + HostileMessage.ECHO,
                        -32700,
                        "trailing_tokens"),
                HostileMessage.of(
                        "a closing brace too many",
                        HostileMessage.ECHO + "}",
                        -32700,
                        "trailing_tokens"),
                HostileMessage.of(
                        "a NUL behind", HostileMessage.ECHO + "\0", -32700, "trailing_tokens"),
                HostileMessage.of(
                        "duplicate key",
                        "{\"id\":1,\"id\":2,\"method\":\"public/test\"}",
                        -32700,
                        "duplicate_key"),
                HostileMessage.of(
                        "duplicate key within",
                        "{\"id\":1,\"method\":\"public/echo\",\"params\":{\"text\":\"a\",\"text\":\"b\"}}",
                        -32700,
                        "duplicate_key"),
                HostileMessage.of(
                        "duplicate key escaped",
                        "{\"id\":1,\"\\u0069d\":2,\"method\":\"public/test\"}",
                        -32700,
                        "duplicate_key"),
                HostileMessage.of(
                        "33 objects deep",
                        "{\"a\":".repeat(33) + "1" + "}".repeat(33),
                        -32700,
                        "too_deep"),
                HostileMessage.of(
                        "5000 arrays deep, never closed", "[".repeat(5000), -32700, "too_deep"),
                HostileMessage.of(
                        "a string of 5000",
                        "{\"id\":1,\"method\":\"" + "m".repeat(5000) + "\"}",
                        -32700,
                        "too_long"),
                HostileMessage.of(
                        "a key of 300", "{\"" + "k".repeat(300) + "\":1}", -32700, "too_long"),
                HostileMessage.of("1e400", number("1e400"), -32700, "number_out_of_range"),
                HostileMessage.of("-1e400", number("-1e400"), -32700, "number_out_of_range"),
                HostileMessage.of("1e-400", number("1e-400"), -32700, "number_out_of_range"),
                HostileMessage.of(
                        "1e1000000000", number("1e1000000000"), -32700, "number_out_of_range"),
                HostileMessage.of(
                        "a number of 41 digits",
                        number("1".repeat(41)),
                        -32700,
                        "number_out_of_range"),
                HostileMessage.of(
                        "a number of 2000 digits",
                        number("1".repeat(2000)),
                        -32700,
                        "number_out_of_range"),
                HostileMessage.of(
                        "a fraction of 60 digits",
                        number("0." + "1".repeat(60)),
                        -32700,
                        "number_out_of_range"),
                HostileMessage.of("NaN", number("NaN"), -32700, "syntax"),
                HostileMessage.of("Infinity", number("Infinity"), -32700, "syntax"),
                HostileMessage.of("-Infinity", number("-Infinity"), -32700, "syntax"),
                HostileMessage.of("leading zero", number("01"), -32700, "syntax"),
                HostileMessage.of("leading plus", number("+1"), -32700, "syntax"),
                HostileMessage.of("leading point", number(".5"), -32700, "syntax"),
                HostileMessage.of("trailing point", number("1."), -32700, "syntax"),
                HostileMessage.of("hexadecimal", number("0x10"), -32700, "syntax"),
                HostileMessage.of("an unknown escape", "{\"id\":\"\\x41\"}", -32700, "syntax"),
                HostileMessage.of(
                        "a raw newline in a string", "{\"id\":\"a\nb\"}", -32700, "syntax"),
                HostileMessage.of(
                        "half a surrogate pair",
                        "{\"id\":\"\\ud800\",\"method\":\"public/test\"}",
                        -32700,
                        "lone_surrogate"),
                HostileMessage.of(
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

    private static List<HostileMessage> noRequest() {
        return List.of(
                HostileMessage.of("a number", "1", -32600, "not_an_object"),
                HostileMessage.of("null", "null", -32600, "not_an_object"),
                HostileMessage.of("a string", "\"public/test\"", -32600, "not_an_object"),
                HostileMessage.of(
                        "a batch", "[" + HostileMessage.ECHO + "]", -32600, "batch_not_supported"),
                HostileMessage.of("an empty batch", "[]", -32600, "batch_not_supported"),
                HostileMessage.of("no method", "{}", -32600, "method_missing"),
                new HostileMessage(
                        "no method but an id", "{\"id\":9}", -32600, "method_missing", "9"),
                HostileMessage.of(
                        "id null",
                        "{\"id\":null,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                HostileMessage.of(
                        "id 1.5",
                        "{\"id\":1.5,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                HostileMessage.of(
                        "id 1e2",
                        "{\"id\":1e2,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                HostileMessage.of(
                        "id true",
                        "{\"id\":true,\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                HostileMessage.of(
                        "id an array",
                        "{\"id\":[1],\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                HostileMessage.of(
                        "id an object",
                        "{\"id\":{},\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                HostileMessage.of(
                        "id of 300 characters",
                        "{\"id\":\"" + "i".repeat(300) + "\",\"method\":\"public/test\"}",
                        -32600,
                        "id_must_be_integer_or_string"),
                new HostileMessage(
                        "jsonrpc 1.0",
                        "{\"jsonrpc\":\"1.0\",\"id\":\"q\",\"method\":\"public/test\"}",
                        -32600,
                        "jsonrpc_must_be_2.0",
                        "\"q\""),
                new HostileMessage(
                        "jsonrpc 2 as a number",
                        "{\"jsonrpc\":2.0,\"id\":3,\"method\":\"public/test\"}",
                        -32600,
                        "jsonrpc_must_be_2.0",
                        "3"),
                new HostileMessage(
                        "method a number",
                        "{\"id\":3,\"method\":7}",
                        -32600,
                        "method_must_be_a_string",
                        "3"),
                new HostileMessage(
                        "method null",
                        "{\"id\":3,\"method\":null}",
                        -32600,
                        "method_must_be_a_string",
                        "3"),
                new HostileMessage(
                        "method of 100 characters",
                        "{\"id\":3,\"method\":\"" + "m".repeat(100) + "\"}",
                        -32600,
                        "method_must_be_a_string",
                        "3"),
                new HostileMessage(
                        "params an array",
                        "{\"id\":3,\"method\":\"public/echo\",\"params\":[\"a\"]}",
                        -32600,
                        "params_must_be_an_object",
                        "3"),
                new HostileMessage(
                        "params a string",
                        "{\"id\":3,\"method\":\"public/echo\",\"params\":\"a\"}",
                        -32600,
                        "params_must_be_an_object",
                        "3"));
    }

    @TestFactory
    Stream<DynamicTest> isAnsweredWithItsCodeAndReason() {
        return Stream.of(unreadable(), noRequest())
                .flatMap(List::stream)
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> c.verify(server, witness)));
    }
}
