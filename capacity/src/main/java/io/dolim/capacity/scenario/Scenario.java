package io.dolim.capacity.scenario;

import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One scenario, moving everything at once.
 *
 * @param weight relative weight in expectations, positive; the set divides by the sum
 * @param damping factor on its profit and loss, in (0, 1]
 */
public record Scenario(
        Family family, double weight, double damping, SortedMap<Underlying, Move> moves) {

    /** Copies the moves. @throws IllegalArgumentException when weight or damping is out of range */
    public Scenario {
        moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
        if (!(weight > 0 && weight <= 1e9)) {
            throw new IllegalArgumentException("weight=" + weight + " must be positive");
        }
        if (!(damping > 0 && damping <= 1)) {
            throw new IllegalArgumentException("damping=" + damping + " must lie in (0, 1]");
        }
    }
}
