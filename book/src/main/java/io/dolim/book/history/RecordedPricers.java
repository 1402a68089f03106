package io.dolim.book.history;

import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.VectorPricer;
import java.util.IdentityHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pricers over the scenario sets that trades were priced on, built from the configuration that was
 * written down with them; each is made once. Not safe for threads.
 */
final class RecordedPricers {

    /** As many as there are settings kept. */
    private static final int MOST_FIGURES = 32;

    private final SortedMap<String, VectorPricer> pricers = new TreeMap<>();
    private final IdentityHashMap<CapacityParameters, String> figures = new IdentityHashMap<>();

    /** @throws IllegalArgumentException when the configuration has no recipe for the recorded set */
    VectorPricer of(RecordedBasis basis, CapacityParameters parameters) {
        String set = basis.frozen().inputs().scenarioSet();
        String key = set + " " + figures(parameters) + basis.cut().keySet();
        VectorPricer known = pricers.get(key);
        if (known != null) {
            return known;
        }
        VectorPricer made =
                new RememberedVectors(
                        parameters.pricer(
                                SetVersion.parse(set),
                                new TreeSet<>(basis.frozen().markets().keySet())));
        pricers.put(key, made);
        return made;
    }

    /** All that makes vectors; long, so it is written once for each configuration. */
    private String figures(CapacityParameters parameters) {
        String known = figures.get(parameters);
        if (known != null) {
            return known;
        }
        if (figures.size() >= MOST_FIGURES) {
            figures.clear();
        }
        String written = parameters.scenarios() + " " + parameters.vectors();
        figures.put(parameters, written);
        return written;
    }
}
