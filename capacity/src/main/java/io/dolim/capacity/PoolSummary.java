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
 * @param causes why it is not open, and what is missing or stale
 * @param cash the pool's cash, capital, trades and hedges together, wherever it lies
 * @param capitalMoved whether capital ever came in or went out
 * @param chargeAccount what discounts may draw on
 * @param measures of the open view on the inventory of now; empty before the first view
 * @param exposures of options, by underlying
 * @param hedges what lies at venues, by the open view
 * @param cut sequence numbers by persistence id that the figures contain, Capacity's own included
 * @param entityHash hash of Capacity's own journaled state
 * @param limits by key, as {@code operator/set} takes them
 * @param protections by underlying; empty before the first view
 */
public record PoolSummary(
        Mode mode,
        List<Cause> causes,
        Usdc cash,
        boolean capitalMoved,
        Usdc chargeAccount,
        Optional<Measures> measures,
        SortedMap<Underlying, Exposure> exposures,
        HedgeFigures hedges,
        SortedMap<String, Long> cut,
        String entityHash,
        SortedMap<String, Double> limits,
        SortedMap<Underlying, ProtectionSummary> protections,
        int reservations,
        long viewNumber,
        long viewAgeMs) {
    /** Copies the collections. */
    public PoolSummary {
        causes = List.copyOf(causes);
        exposures = Collections.unmodifiableSortedMap(new TreeMap<>(exposures));
        cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
        protections = Collections.unmodifiableSortedMap(new TreeMap<>(protections));
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }

    /** The causes in a line each. */
    public List<String> reasons() {
        return causes.stream().map(Cause::reason).toList();
    }
}
