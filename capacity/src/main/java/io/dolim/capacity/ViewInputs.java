package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What prices capacity under a market view besides the markets, small enough to be written down with
 * a trade: with the frozen markets and the positions of the cut it gives every charge again.
 *
 * @param viewNumber the market view
 * @param scenarioSet version of the scenarios
 * @param capital K, USDC, frozen at the opening
 * @param unhedgedDeltaCoins the pool's net delta, options and perpetuals of venues that stand, frozen at
 *     the opening: Z's source
 * @param riskAversion g
 * @param rentAnnual rho, a year
 * @param cashUsdc the pool's cash at the opening, at least 0: what a stablecoin's peg moves in Z
 * @param hedges at the opening
 */
public record ViewInputs(
        long viewNumber,
        String scenarioSet,
        double capital,
        SortedMap<Underlying, Double> unhedgedDeltaCoins,
        int riskAversion,
        double rentAnnual,
        double cashUsdc,
        FrozenHedges hedges) {
    /** Copies the deltas. */
    public ViewInputs {
        unhedgedDeltaCoins = Collections.unmodifiableSortedMap(new TreeMap<>(unhedgedDeltaCoins));
    }

    /** Of a pool that nothing hedges. */
    public ViewInputs(
            long viewNumber,
            String scenarioSet,
            double capital,
            SortedMap<Underlying, Double> unhedgedDeltaCoins,
            int riskAversion,
            double rentAnnual,
            double cashUsdc) {
        this(
                viewNumber,
                scenarioSet,
                capital,
                unhedgedDeltaCoins,
                riskAversion,
                rentAnnual,
                cashUsdc,
                FrozenHedges.NONE);
    }
}
