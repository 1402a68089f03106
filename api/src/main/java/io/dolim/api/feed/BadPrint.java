package io.dolim.api.feed;

import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Wrong prices that a simulated market prints, to try what follows from them.
 *
 * @param atMs simulated time from which on, milliseconds since 1970
 * @param factor what a price is multiplied with
 * @param ticks how many index ticks of the coin it lasts, those of all sources counted
 * @param sources who prints it: index sources ({@code simulated-1} and so on), and {@code simulated},
 *     of which perpetual and chains are
 */
public record BadPrint(
        Underlying underlying, long atMs, double factor, int ticks, SortedSet<String> sources) {

    /** @throws IllegalArgumentException when a figure is out of range or nobody prints */
    public BadPrint {
        sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
        Bounds.within("factor", factor, 0.1, 10);
        Bounds.within("ticks", ticks, 1, 1_000_000);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("sources of a bad print must not be empty");
        }
    }

    /** What this source's price is multiplied with at a time. */
    double factor(Underlying of, String source, long timeMs, long stepMs) {
        boolean prints =
                underlying.equals(of)
                        && sources.contains(source)
                        && timeMs >= atMs
                        && timeMs < atMs + ticks * stepMs;
        return prints ? factor : 1;
    }
}
