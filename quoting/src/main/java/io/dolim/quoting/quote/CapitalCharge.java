package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.Underlying;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The port to the price of capacity: what a package does to the pool's potential, on the inventory of
 * one published moment. Pure: asks nobody, any thread.
 */
public interface CapitalCharge {

    /** The charge of a package, or why it has none. */
    Answer of(OptionPackage asked);

    /** How much of the pool's capacity is used, 0 to 1, read at the opening of the market view. */
    double strain();

    /** The pool's net delta that no hedge covers, coins. */
    double unhedgedDeltaCoins(Underlying underlying);

    /** Number of the market view that froze the vectors. */
    long viewNumber();

    /** Number of the inventory within the boot: rises with every trade that reaches the pool's sum. */
    long revision();

    /** Outcome of a question. */
    sealed interface Answer {}

    /**
     * A charge.
     *
     * @param usdc what the taker owes for capacity, after its clips; negative is a discount
     * @param risingShare share of the package, 0 to 1, along which the potential rises
     * @param reducing whether the package reduces risk, so that it is granted in every mode
     */
    record Charged(double usdc, double risingShare, boolean reducing) implements Answer {}

    /**
     * No price: the pool can't take the risk, or doesn't know what it would be.
     *
     * @param rule short name of the rule, as in {@code rac_below_floor}
     * @param numbers the figures behind it, by name
     */
    record Unavailable(String rule, SortedMap<String, Double> numbers) implements Answer {
        /** Copies the numbers. */
        public Unavailable {
            numbers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
        }
    }
}
