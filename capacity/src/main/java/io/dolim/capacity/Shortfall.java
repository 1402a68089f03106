package io.dolim.capacity;

import io.dolim.capacity.scenario.Family;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool's expected shortfall and what it is made of, USDC. The families add up to it, and so do the
 * underlyings with the collateral; a part that hedges the rest is negative.
 *
 * @param valueAtRisk of the horizon families
 * @param expected ES of the horizon families
 * @param standardError of ES, for history is a sample: about two thirds of samples lie within it
 * @param byFamily historical and event
 * @param byUnderlying of each book's vector, its hedges among it
 * @param collateral of what the peg does to cash
 */
public record Shortfall(
        double valueAtRisk,
        double expected,
        double standardError,
        SortedMap<Family, Double> byFamily,
        SortedMap<Underlying, Double> byUnderlying,
        double collateral) {

    /** Of a pool that holds nothing. */
    public static final Shortfall NONE =
            new Shortfall(0, 0, 0, new TreeMap<>(), new TreeMap<>(), 0);

    public Shortfall {
        byFamily = Collections.unmodifiableSortedMap(new TreeMap<>(byFamily));
        byUnderlying = Collections.unmodifiableSortedMap(new TreeMap<>(byUnderlying));
    }

    static Shortfall of(ScenarioSet scenarios, Inventory inventory, double level) {
        Collateral collateral = Collateral.of(scenarios, inventory.cashAtRiskUsdc());
        TailMeasure tail = TailMeasure.of(scenarios, collateral.into(inventory.profit()), level);
        SortedMap<Family, Double> byFamily = new TreeMap<>();
        for (Family family : new Family[] {Family.HISTORICAL, Family.EVENT}) {
            byFamily.put(family, tail.part(family));
        }
        SortedMap<Underlying, Double> byUnderlying = new TreeMap<>();
        inventory
                .books()
                .forEach(
                        (underlying, book) ->
                                byUnderlying.put(
                                        underlying,
                                        tail.part(
                                                inventory
                                                        .hedges()
                                                        .into(underlying, book.values()))));
        return new Shortfall(
                tail.valueAtRisk(),
                tail.expectedShortfall(),
                tail.standardError(),
                byFamily,
                byUnderlying,
                tail.part(collateral.into(new double[scenarios.size()])));
    }
}
