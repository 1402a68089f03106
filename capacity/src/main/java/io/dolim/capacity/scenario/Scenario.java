package io.dolim.capacity.scenario;

import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One scenario, moving everything at once.
 *
 * @param name what it is, as a date or an event's name; at most 60 characters, may be empty
 * @param weight relative weight in expectations, positive; the set divides by the sum
 * @param damping factor on its profit and loss, in (0, 1]
 */
public record Scenario(
        Family family,
        String name,
        double weight,
        double damping,
        SortedMap<Underlying, Move> moves,
        Conditions conditions) {

    private static final int LONGEST_NAME = 60;

    /** Copies the moves. @throws IllegalArgumentException when weight or damping is out of range */
    public Scenario {
        moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "name=" + name + " must have at most " + LONGEST_NAME + " characters");
        }
        if (!(weight > 0 && weight <= 1e9)) {
            throw new IllegalArgumentException("weight=" + weight + " must be positive");
        }
        if (!(damping > 0 && damping <= 1)) {
            throw new IllegalArgumentException("damping=" + damping + " must lie in (0, 1]");
        }
    }

    /** Without a name, in calm conditions. */
    public Scenario(
            Family family, double weight, double damping, SortedMap<Underlying, Move> moves) {
        this(family, "", weight, damping, moves, Conditions.CALM);
    }

    /** The same with another weight. */
    Scenario weighing(double other) {
        return new Scenario(family, name, other, damping, moves, conditions);
    }
}
