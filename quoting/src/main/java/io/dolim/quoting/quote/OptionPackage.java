package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a taker trades in one piece: 1 to 16 legs on one underlying, each instrument once, in the
 * instruments' order.
 */
public record OptionPackage(List<Leg> legs) {

    /** Most legs of a package. */
    public static final int MAX_LEGS = 16;

    /** @throws IllegalArgumentException when legs are missing, too many, doubled or on two underlyings */
    public OptionPackage {
        if (legs.isEmpty() || legs.size() > MAX_LEGS) {
            throw new IllegalArgumentException("legs=" + legs.size() + " must be 1 to " + MAX_LEGS);
        }
        List<Leg> sorted = new ArrayList<>(legs);
        sorted.sort(Comparator.comparing(Leg::contract));
        for (int i = 1; i < sorted.size(); i++) {
            requireDistinct(sorted.get(i - 1), sorted.get(i));
        }
        legs = List.copyOf(sorted);
    }

    /** A package of one leg. */
    public static OptionPackage of(Leg leg) {
        return new OptionPackage(List.of(leg));
    }

    /** The underlying of all legs. */
    public Underlying underlying() {
        return legs.getFirst().contract().underlying();
    }

    /** The lots of all legs together, whichever way. */
    public long grossLots() {
        long lots = 0;
        for (Leg leg : legs) {
            lots = Math.addExact(lots, Math.absExact(leg.lots()));
        }
        return lots;
    }

    /** The same package traded the other way. */
    public OptionPackage reversed() {
        return new OptionPackage(
                legs.stream().map(leg -> new Leg(leg.contract(), -leg.lots())).toList());
    }

    private static void requireDistinct(Leg first, Leg second) {
        if (first.contract().equals(second.contract())) {
            throw new IllegalArgumentException(
                    "leg=" + first.contract() + " must appear once in a package");
        }
        if (!first.contract().underlying().equals(second.contract().underlying())) {
            throw new IllegalArgumentException(
                    "legs on "
                            + first.contract().underlying()
                            + " and "
                            + second.contract().underlying()
                            + ": a package has one underlying");
        }
    }
}
