package io.dolim.api.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.rpc.json.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * An answer, written when it is sent, on the thread that completed the handler.
 *
 * @param body writes one JSON value
 */
public record Result(JsonText.Writable body) implements Reply {

    /** A tree. */
    public static Result of(JsonNode tree) {
        return new Result(json -> json.writeTree(tree));
    }

    /** A string. */
    public static Result of(String text) {
        return new Result(json -> json.writeString(text));
    }

    /** A whole number. */
    public static Result of(long number) {
        return new Result(json -> json.writeNumber(number));
    }

    /** A decimal, written plain. */
    public static Result of(BigDecimal number) {
        return new Result(json -> json.writeNumber(number));
    }

    /** Records, lists, maps of these, immutable all, by their component names as they stand. */
    public static Result ofValue(Object value) {
        return new Result(json -> json.writePOJO(value));
    }

    /** A value that was serialised before, in UTF-8; sent as it stands, so only a value of our own making. */
    public static Result ofSerialised(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return new Result(json -> json.writeRawValue(text));
    }

    /** The {@code "ok"} that Deribit answers where there is nothing to say. */
    public static Result ok() {
        return of("ok");
    }
}
