package io.dolim.api.method;

import io.dolim.quoting.instrument.OptionContract;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A channel of one instrument, by its name as Deribit writes it.
 *
 * @param depth levels of each side, for {@link Kind#TOP} alone
 */
record ChannelName(String text, Kind kind, OptionContract contract, int depth) {

    /** What the channel says. */
    enum Kind {
        /** {@code ticker.{instrument}.{100ms|agg2|raw}}. */
        TICKER,
        /** {@code quote.{instrument}}. */
        QUOTE,
        /** {@code book.{instrument}.{100ms|agg2|raw}}: a snapshot, then changes in a chain. */
        BOOK,
        /** {@code book.{instrument}.none.{depth}.{100ms|agg2|raw}}: the top, whole each time. */
        TOP
    }

    private static final Pattern TICKER = Pattern.compile("ticker\\.([^.]+)\\.(?:100ms|agg2|raw)");
    private static final Pattern QUOTE = Pattern.compile("quote\\.([^.]+)");
    private static final Pattern BOOK = Pattern.compile("book\\.([^.]+)\\.(?:100ms|agg2|raw)");
    private static final Pattern TOP =
            Pattern.compile("book\\.([^.]+)\\.none\\.(1|10|20)\\.(?:100ms|agg2|raw)");

    /** The channel of that name; nothing when there is none. */
    static Optional<ChannelName> parse(String text) {
        return match(TICKER, Kind.TICKER, text)
                .or(() -> match(QUOTE, Kind.QUOTE, text))
                .or(() -> match(BOOK, Kind.BOOK, text))
                .or(() -> match(TOP, Kind.TOP, text));
    }

    private static Optional<ChannelName> match(Pattern pattern, Kind kind, String text) {
        Matcher parts = pattern.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int depth = kind == Kind.TOP ? Integer.parseInt(parts.group(2)) : Integer.MAX_VALUE;
        return Wire.reading(OptionContract::parse, parts.group(1))
                .map(contract -> new ChannelName(text, kind, contract, depth));
    }
}
