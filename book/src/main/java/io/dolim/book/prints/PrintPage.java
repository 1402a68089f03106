package io.dolim.book.prints;

import java.util.List;

/**
 * An answer to a {@link PrintQuery}.
 *
 * @param more whether there are more than asked for
 */
public record PrintPage(List<Print> prints, boolean more) {
    /** Copies the list. */
    public PrintPage {
        prints = List.copyOf(prints);
    }
}
