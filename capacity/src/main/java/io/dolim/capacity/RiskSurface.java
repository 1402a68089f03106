package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import java.util.SortedMap;

/**
 * Profit and loss over a grid of moves, on the frozen markets of one view. Any thread; a contract is
 * priced once a view.
 */
public final class RiskSurface {

    private final RiskGrid grid;
    private final VectorCache pricer;
    private final CapacityView view;

    RiskSurface(RiskGrid grid, VectorCache pricer, CapacityView view) {
        this.grid = grid;
        this.pricer = pricer;
        this.view = view;
    }

    /** The view that it is over. */
    public CapacityView view() {
        return view;
    }

    /**
     * What positions gain in each cell, USDC; the first index is the volatility's move, the second the
     * spot's. A sum without rounding: the same cells however the positions are grouped.
     *
     * @param lots by contract of the spec's underlying, signed
     * @throws IllegalArgumentException when the view has no market of the underlying, or a price is
     *     out of range
     */
    public double[][] of(ContractSpec spec, SortedMap<OptionContract, Long> lots) {
        PricingMarket market = view.markets().get(spec.underlying());
        if (market == null) {
            throw new IllegalArgumentException(
                    "underlying=" + spec.underlying() + " has no market in this view");
        }
        BookVectors sum = pricer.none();
        for (var held : lots.entrySet()) {
            sum = sum.plus(pricer.of(market, spec, held.getKey()), held.getValue());
        }
        double[][] cells = new double[grid.volMoves().size()][grid.spotMoves().size()];
        for (int vol = 0; vol < cells.length; vol++) {
            for (int spot = 0; spot < cells[vol].length; spot++) {
                cells[vol][spot] = sum.value(grid.index(vol, spot));
            }
        }
        return cells;
    }
}
