package io.dolim.capacity;

import com.typesafe.config.Config;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * What a published view says of the pool once its positions are known, which Capacity itself never is
 * told: for looking at risk. Made on whatever thread asks; contracts that the view has not priced yet
 * are priced then.
 *
 * @param view what it is over, with the pool's measures
 * @param contributions to the expected shortfall
 * @param hedges what lies at venues
 * @param profiles over expiries and strikes
 * @param worst the worst scenarios, the worst first
 */
public record RiskReport(
        CapacityView view,
        Contributions contributions,
        HedgeFigures hedges,
        Profiles profiles,
        List<NamedLoss> worst) {

    /** Copies the scenarios. */
    public RiskReport {
        worst = List.copyOf(worst);
    }

    /**
     * What is reported, and how finely.
     *
     * @param tailLevel of the shortfall, in [0.5, 1): the measures' own
     * @param deltaEdges borders of the vega's buckets, call deltas rising in (0, 1)
     * @param worstScenarios how many are named, 1 to 100
     */
    public record Terms(double tailLevel, List<Double> deltaEdges, int worstScenarios) {

        /** Copies the borders. @throws IllegalArgumentException naming the value and the rule */
        public Terms {
            deltaEdges = List.copyOf(deltaEdges);
            if (!(tailLevel >= 0.5 && tailLevel < 1)) {
                throw new IllegalArgumentException("tail-level=" + tailLevel);
            }
            if (worstScenarios < 1 || worstScenarios > 100) {
                throw new IllegalArgumentException(
                        "worst-scenarios=" + worstScenarios + " must be 1 to 100");
            }
            double last = 0;
            for (double edge : deltaEdges) {
                if (!(edge > last && edge < 1) || deltaEdges.size() > 16) {
                    throw new IllegalArgumentException(
                            "delta-edges=" + deltaEdges + " must rise within 0 to 1, at most 16");
                }
                last = edge;
            }
        }

        /** Reads {@code delta-edges} and {@code worst-scenarios}. */
        public static Terms of(Config config, CapacityParameters parameters) {
            return new Terms(
                    parameters.tailLevel(),
                    config.getDoubleList("delta-edges"),
                    config.getInt("worst-scenarios"));
        }
    }

    /**
     * The report of a view on the positions that it contains.
     *
     * @param lots by underlying and contract, signed
     * @return nothing when these are not the positions of the view's inventory: a trade came between
     * @throws IllegalArgumentException when an underlying is not configured, or cannot be priced
     */
    public static Optional<RiskReport> of(
            CapacityView view,
            Terms terms,
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
        ScenarioSet scenarios = view.pricer().scenarios();
        double[] options = Contributions.options(scenarios, held);
        if (!isHeld(view, options)) {
            return Optional.empty();
        }
        double cash = Math.max(view.cash().toDouble(), 0);
        Hedges hedges = view.hedges();
        double[] whole = hedges.into(Collateral.of(scenarios, cash).into(options));
        return Optional.of(
                new RiskReport(
                        view,
                        Contributions.of(scenarios, held, hedges, cash, terms.tailLevel()),
                        HedgeFigures.of(view),
                        Profiles.of(held, specs, terms.deltaEdges()),
                        NamedLoss.worst(scenarios, whole, terms.worstScenarios())));
    }

    /** Sums of vectors are exact, so that the same positions have the same bits. */
    private static boolean isHeld(CapacityView view, double[] options) {
        for (int s = 0; s < options.length; s++) {
            if (options[s] != view.inventory().value(s)) {
                return false;
            }
        }
        return true;
    }

    /** Open notional for one USDC of RAC in use; empty when none is. */
    public OptionalDouble notionalPerRac() {
        return ratio(profiles.notionalUsdc(), view.measures().liquidationThresholdUsdc());
    }

    /** Premium sold for one USDC of expected shortfall; empty when there is none. */
    public OptionalDouble premiumPerShortfall() {
        return ratio(profiles.premiumUsdc(), contributions.expected());
    }

    private static OptionalDouble ratio(double of, double to) {
        return to > 0 ? OptionalDouble.of(of / to) : OptionalDouble.empty();
    }
}
