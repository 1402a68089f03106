package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The taker's name for one wish to trade, unique within his account for ever. */
public record ClientOrderId(@JsonValue String text) implements Comparable<ClientOrderId> {

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** @throws IllegalArgumentException when not 1 to 64 of letters, digits, '.', '_', ':' and '-' */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClientOrderId {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "client_order_id must be 1 to 64 of letters, digits, '.', '_', ':' and '-'");
        }
    }

    @Override
    public int compareTo(ClientOrderId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
