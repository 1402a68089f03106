package io.dolim.book.hedge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a keeper: who executes hedges for the pool. */
public record KeeperId(@JsonValue String text) implements Comparable<KeeperId> {

    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    /** @throws IllegalArgumentException when not 1 to 32 of a-z, 0-9, _ and - (first a letter or digit) */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public KeeperId {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "keeper=" + text + " must be 1 to 32 of a-z, 0-9, _ and -");
        }
    }

    @Override
    public int compareTo(KeeperId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
