package io.dolim.api.session;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public half of an API key, Deribit's {@code client_id}.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}
 */
public record KeyId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public KeyId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("key id must match " + SHAPE);
        }
    }

    /** The id, or nothing where the text cannot be one: a stranger's text is refused, never thrown at him. */
    public static Optional<KeyId> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
