package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a published view says of the pool once its positions are known, which Capacity itself never is
 * told: for looking at risk. Made on whatever thread asks; contracts that the view has not priced yet
 * are priced then.
 *
 * @param view what it is over, with the pool's measures
 * @param contributions to the expected shortfall
 */
public record RiskReport(CapacityView view, Contributions contributions) {

    /**
     * The report of a view on the positions that it contains.
     *
     * @param lots by underlying and contract, signed
     * @return nothing when these are not the positions of the view's inventory: a trade came between
     * @throws IllegalArgumentException when an underlying is not configured, or cannot be priced
     */
    public static Optional<RiskReport> of(
            CapacityView view,
            CapacityParameters parameters,
            SortedMap<Underlying, ContractSpec> specs,
            SortedMap<Underlying, SortedMap<OptionContract, Long>> lots) {
        List<Contributions.Held> held = new ArrayList<>();
        for (var book : lots.entrySet()) {
            PricingMarket market = view.markets().get(book.getKey());
            ContractSpec spec = specs.get(book.getKey());
            if (market == null || spec == null) {
                throw new IllegalArgumentException(
                        "underlying=" + book.getKey() + " has no market in this view");
            }
            for (var each : book.getValue().entrySet()) {
                held.add(
                        new Contributions.Held(
                                view.pricer().of(market, spec, each.getKey()), each.getValue()));
            }
        }
        if (!isHeld(view, held)) {
            return Optional.empty();
        }
        ScenarioSet scenarios = view.pricer().scenarios();
        double cash = Math.max(view.cash().toDouble(), 0);
        return Optional.of(
                new RiskReport(
                        view, Contributions.of(scenarios, held, cash, parameters.tailLevel())));
    }

    /** Sums of vectors are exact, so that the same positions have the same bits. */
    private static boolean isHeld(CapacityView view, List<Contributions.Held> held) {
        double[] sum = Contributions.options(view.pricer().scenarios(), held);
        for (int s = 0; s < sum.length; s++) {
            if (sum[s] != view.inventory().value(s)) {
                return false;
            }
        }
        return true;
    }
}
