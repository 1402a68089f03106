package io.dolim.quoting.surface;

import java.util.List;

/**
 * A chain's quotes of one expiry.
 *
 * @param expiryMs when it expires, milliseconds since 1970
 * @param forward settlement currency per unit of the underlying
 * @param discount discount factor to expiry
 * @param quotes one or more a strike, in any order
 */
public record ExpiryQuotes(
        long expiryMs, double forward, double discount, List<OptionQuote> quotes) {

    /** Copies the list. */
    public ExpiryQuotes {
        quotes = List.copyOf(quotes);
    }
}
