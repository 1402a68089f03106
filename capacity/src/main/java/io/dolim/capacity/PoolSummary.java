package io.dolim.capacity;

import io.dolim.capacity.vector.Exposure;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool in figures, for operators and the public page.
 *
 * @param mode the effective mode
 * @param reasons why it is not open, and what is missing or stale
 * @param cash the pool's cash, capital and trades together
 * @param chargeAccount what discounts may draw on
 * @param measures of the open view on the inventory of now; empty before the first view
 * @param exposures by underlying
 * @param cut sequence numbers by persistence id that the figures contain, Capacity's own included
 * @param entityHash hash of Capacity's own journaled state
 * @param limits by key, as {@code operator/set} takes them
 */
public record PoolSummary(
        Mode mode,
        List<String> reasons,
        Usdc cash,
        Usdc chargeAccount,
        Optional<Measures> measures,
        SortedMap<Underlying, Exposure> exposures,
        SortedMap<String, Long> cut,
        String entityHash,
        SortedMap<String, Double> limits,
        int reservations,
        long viewNumber,
        long viewAgeMs) {
    /** Copies the collections. */
    public PoolSummary {
        reasons = List.copyOf(reasons);
        exposures = Collections.unmodifiableSortedMap(new TreeMap<>(exposures));
        cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }
}
