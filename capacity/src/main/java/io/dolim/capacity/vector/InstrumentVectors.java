package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.OptionContract;

/**
 * One lot of an instrument under one market view. Everything is rounded to exact steps here, once,
 * so that books add without rounding.
 */
public final class InstrumentVectors {

    /** Layers of the holding time: (0,1], (1,3] and (3,10] days. */
    public static final int LAYERS = 3;

    final ScenarioSet scenarios;
    final double[] value;
    final double[][] hedged;
    final double[][] gridHedged;
    final double[] gridRehedge;
    private final OptionContract contract;
    private final InstrumentGreeks greeks;
    private final double timeValueUsdc;

    /**
     * Takes the arrays over and rounds them in place; layers may be one array.
     *
     * @param value v[S], USDC: value after less value now
     * @param hedged w[3][S], USDC: a times the damped, delta-hedged, centred value by layer
     * @param gridHedged a^2 H[3][G], USDC, not centred, on the grid
     * @param gridRehedge [G], USDC: coins a hedger must trade after the move, at the price then
     * @param timeValueUsdc value above discounted intrinsic, never negative
     */
    InstrumentVectors(
            ScenarioSet scenarios,
            OptionContract contract,
            double[] value,
            double[][] hedged,
            double[][] gridHedged,
            double[] gridRehedge,
            InstrumentGreeks greeks,
            double timeValueUsdc) {
        this.scenarios = scenarios;
        this.contract = contract;
        this.value = rounded("value", value, scenarios.size());
        this.hedged = rounded("hedged", hedged, scenarios.size());
        this.gridHedged = rounded("gridHedged", gridHedged, scenarios.gridSize());
        this.gridRehedge = rounded("gridRehedge", gridRehedge, scenarios.gridSize());
        this.greeks = greeks;
        this.timeValueUsdc = Exact.usdc("timeValueUsdc", Math.max(timeValueUsdc, 0));
    }

    /** The instrument. */
    public OptionContract contract() {
        return contract;
    }

    /** Amounts of one lot. */
    public InstrumentGreeks greeks() {
        return greeks;
    }

    /** Value above discounted intrinsic, USDC, of one lot. */
    public double timeValueUsdc() {
        return timeValueUsdc;
    }

    /** v[s], USDC. */
    public double value(int s) {
        return value[s];
    }

    /** w^k[s], USDC, k from 0. */
    public double hedged(int layer, int s) {
        return hedged[layer][s];
    }

    /** a_k^2 H on the grid, USDC, k and g from 0. */
    public double gridHedged(int layer, int g) {
        return gridHedged[layer][g];
    }

    // layers that are one array are rounded once
    @SuppressWarnings("ReferenceEquality")
    private static double[][] rounded(String name, double[][] amounts, int length) {
        if (amounts.length != LAYERS) {
            throw new IllegalArgumentException(name + " has " + amounts.length + " layers");
        }
        for (int k = 0; k < LAYERS; k++) {
            if (k == 0 || amounts[k] != amounts[k - 1]) {
                double[] _ = rounded(name, amounts[k], length);
            }
        }
        return amounts;
    }

    private static double[] rounded(String name, double[] amounts, int length) {
        if (amounts.length != length) {
            throw new IllegalArgumentException(
                    name + " has " + amounts.length + " entries, not " + length);
        }
        Exact.round(name, amounts);
        return amounts;
    }
}
