package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The market-maker protection of one underlying in figures.
 *
 * @param windowMs trades of so long count together
 * @param used by the trades of the window that are written
 * @param allowed with shares of K as the open view froze it
 * @param frozenUntilMs until when nothing that adds risk is granted; 0 when it is not tripped
 */
public record ProtectionSummary(
        long windowMs, WindowUse used, WindowUse allowed, long frozenUntilMs) {

    static SortedMap<Underlying, ProtectionSummary> of(
            SortedMap<Underlying, Protection> protections) {
        SortedMap<Underlying, ProtectionSummary> summaries = new TreeMap<>();
        protections.forEach((underlying, each) -> summaries.put(underlying, each.summary()));
        return summaries;
    }
}
