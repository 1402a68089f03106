package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.HedgeVector;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the pool has at venues under a view, and what that leaves of its delta.
 *
 * @param netDeltaCoins by underlying: options of now and perpetuals of venues that stand
 * @param positions by underlying and venue, as they were reported when the view opened
 * @param venueCash by venue
 * @param postedUsdc the pool's cash at all venues
 * @param addOnUsdc what K is less by, as too much of it lies at one venue
 */
public record HedgeFigures(
        SortedMap<Underlying, Double> netDeltaCoins,
        SortedMap<Underlying, SortedMap<String, Position>> positions,
        SortedMap<String, VenueCash> venueCash,
        Usdc postedUsdc,
        double addOnUsdc) {

    /** Before the first view. */
    public static final HedgeFigures NONE =
            new HedgeFigures(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Usdc.ZERO, 0);

    /** Copies the maps. */
    public HedgeFigures {
        netDeltaCoins = Collections.unmodifiableSortedMap(new TreeMap<>(netDeltaCoins));
        SortedMap<Underlying, SortedMap<String, Position>> copies = new TreeMap<>();
        positions.forEach(
                (underlying, at) ->
                        copies.put(
                                underlying, Collections.unmodifiableSortedMap(new TreeMap<>(at))));
        positions = Collections.unmodifiableSortedMap(copies);
        venueCash = Collections.unmodifiableSortedMap(new TreeMap<>(venueCash));
    }

    /**
     * One position.
     *
     * @param coins signed
     * @param costUsdc what it was bought for, signed
     * @param markUsdc open profit and loss at the view's spot
     * @param postedUsdc cash that lies there
     * @param standing whether it counts as a hedge
     */
    public record Position(
            double coins, double costUsdc, double markUsdc, double postedUsdc, boolean standing) {

        static Position of(HedgeVector one) {
            HedgeVector.Position at = one.position();
            return new Position(
                    one.coins(), at.costUsdc(), one.markUsdc(), at.postedUsdc(), at.standing());
        }
    }

    /**
     * What a venue calls at most in a scenario, over all its positions.
     *
     * @param callUsdc the largest call, 0 when it calls in none
     * @param scenario where; empty when it calls in none
     * @param transferableUsdc what can be sent to all venues together in time there
     * @param covered whether what is called can be sent in every scenario in which it calls
     */
    public record VenueCash(
            double callUsdc, Optional<String> scenario, double transferableUsdc, boolean covered) {

        /** @param transferable USDC by scenario */
        static VenueCash of(
                ScenarioSet scenarios, double[] calls, double[] transferable, boolean[] met) {
            int largest = 0;
            boolean covered = true;
            for (int s = 0; s < calls.length; s++) {
                largest = calls[s] > calls[largest] ? s : largest;
                covered &= calls[s] == 0 || met[s];
            }
            return new VenueCash(
                    calls[largest],
                    calls[largest] > 0
                            ? Optional.of(scenarios.scenario(largest).name())
                            : Optional.empty(),
                    transferable[largest],
                    covered);
        }
    }

    /** Of a view. */
    public static HedgeFigures of(CapacityView view) {
        SortedMap<Underlying, Double> net = new TreeMap<>();
        view.markets()
                .keySet()
                .forEach(underlying -> net.put(underlying, view.unhedgedDeltaCoins(underlying)));
        return of(view.hedges(), net);
    }

    static HedgeFigures of(Inventory inventory) {
        SortedMap<Underlying, Double> net = new TreeMap<>();
        inventory
                .books()
                .keySet()
                .forEach(underlying -> net.put(underlying, inventory.netDeltaCoins(underlying)));
        return of(inventory.hedges(), net);
    }

    private static HedgeFigures of(Hedges hedges, SortedMap<Underlying, Double> net) {
        SortedMap<Underlying, SortedMap<String, Position>> positions = new TreeMap<>();
        hedges.positions()
                .forEach(
                        (underlying, at) -> {
                            SortedMap<String, Position> byVenue = new TreeMap<>();
                            at.forEach(
                                    one -> byVenue.put(one.position().venue(), Position.of(one)));
                            positions.put(underlying, byVenue);
                        });
        return new HedgeFigures(
                net, positions, hedges.venueCash(), hedges.posted(), hedges.frozen().addOnUsdc());
    }
}
