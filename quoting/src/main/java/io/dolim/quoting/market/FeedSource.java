package io.dolim.quoting.market;

import java.util.regex.Pattern;

/**
 * Who says so: the name of a price source and whether the price was made up.
 *
 * @param name 1 to 40 lower-case letters, digits, dots and hyphens, as in {@code deribit}
 * @param synthetic true when no market ever showed the figure: simulated, or bridged between two
 *     recorded ones
 */
public record FeedSource(String name, boolean synthetic) implements Comparable<FeedSource> {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,39}");

    /** @throws IllegalArgumentException when the name is not of the form above */
    public FeedSource {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "source=" + name + " must be 1 to 40 of a-z, 0-9, dot and hyphen");
        }
    }

    /** A source that shows what a market showed. */
    public static FeedSource real(String name) {
        return new FeedSource(name, false);
    }

    /** A source that makes its figures up, and says so. */
    public static FeedSource synthetic(String name) {
        return new FeedSource(name, true);
    }

    @Override
    public int compareTo(FeedSource other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Boolean.compare(synthetic, other.synthetic);
    }

    /** The name, with {@code (synthetic)} behind it when made up. */
    @Override
    public String toString() {
        return synthetic ? name + "(synthetic)" : name;
    }
}
