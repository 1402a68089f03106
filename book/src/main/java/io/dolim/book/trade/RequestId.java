package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a deposit, a withdrawal or an operator's order, so that sending it twice does it once. */
public record RequestId(@JsonValue String text) implements Comparable<RequestId> {

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** @throws IllegalArgumentException when not 1 to 64 of letters, digits, '.', '_', ':' and '-' */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RequestId {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "request_id must be 1 to 64 of letters, digits, '.', '_', ':' and '-'");
        }
    }

    @Override
    public int compareTo(RequestId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
