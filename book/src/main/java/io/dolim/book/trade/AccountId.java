package io.dolim.book.trade;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a taker's account; part of persistence ids and tags, so its letters are few. */
public record AccountId(@JsonValue String text) implements Comparable<AccountId> {

    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    /** @throws IllegalArgumentException when not 1 to 32 of a-z, 0-9, _ and - (first a letter or digit) */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccountId {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "account=" + text + " must be 1 to 32 of a-z, 0-9, _ and -");
        }
    }

    @Override
    public int compareTo(AccountId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
