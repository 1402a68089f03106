package io.dolim.capacity;

import io.dolim.capacity.scenario.EightSums;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a numbered view freezes: markets, capital K, background Z and with them the potential. What
 * is held may change under it; what prices it may not.
 *
 * @param openedAt when the freezing was asked for: the oldest any of its markets can be
 * @param carried the markets that are not of this moment, with their age
 * @param capital K, USDC; less by what the carried markets may have lost unseen
 * @param cashUsdc the pool's cash at the opening, at least 0
 * @param unhedgedDeltaCoins the pool's net delta: options and perpetuals of venues that stand
 * @param hedges as they were reported when it opened
 * @param potential empty when the capital is spent
 */
record MarketView(
        long number,
        Moment openedAt,
        SortedMap<Underlying, PricingMarket> markets,
        SortedMap<Underlying, CarriedMarket> carried,
        VectorPricer pricer,
        double capital,
        double cashUsdc,
        SortedMap<Underlying, Double> unhedgedDeltaCoins,
        Hedges hedges,
        Optional<Potential> potential,
        Potential.Terms terms) {

    MarketView {
        markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
        carried = Collections.unmodifiableSortedMap(new TreeMap<>(carried));
        unhedgedDeltaCoins = Collections.unmodifiableSortedMap(new TreeMap<>(unhedgedDeltaCoins));
    }

    static MarketView open(
            long number,
            Moment openedAt,
            SortedMap<Underlying, PricingMarket> markets,
            SortedMap<Underlying, CarriedMarket> carried,
            VectorPricer pricer,
            double capital,
            Inventory inventory,
            Potential.Terms terms) {
        SortedMap<Underlying, Double> deltas = new TreeMap<>();
        for (Underlying underlying : markets.keySet()) {
            deltas.put(underlying, inventory.netDeltaCoins(underlying));
        }
        return frozen(
                number,
                openedAt,
                markets,
                carried,
                pricer,
                capital,
                inventory.cashAtRiskUsdc(),
                deltas,
                inventory.hedges(),
                terms);
    }

    /** The view of these figures, read at its opening or from what was written down of it. */
    static MarketView frozen(
            long number,
            Moment openedAt,
            SortedMap<Underlying, PricingMarket> markets,
            SortedMap<Underlying, CarriedMarket> carried,
            VectorPricer pricer,
            double capital,
            double cashUsdc,
            SortedMap<Underlying, Double> deltas,
            Hedges hedges,
            Potential.Terms terms) {
        double[] background = background(pricer.scenarios(), markets, deltas, cashUsdc);
        boolean carries = capital > 0;
        for (double each : background) {
            carries &= 1 + each / capital >= CertaintySolver.LEAST_WEALTH;
        }
        Optional<Potential> potential =
                carries
                        ? Optional.of(new Potential(pricer.scenarios(), capital, background, terms))
                        : Optional.empty();
        return new MarketView(
                number, openedAt, markets, carried, pricer, capital, cashUsdc, deltas, hedges,
                potential, terms);
    }

    ViewInputs inputs() {
        return new ViewInputs(
                number,
                pricer.scenarios().version(),
                capital,
                unhedgedDeltaCoins,
                terms.riskAversion(),
                terms.rentAnnual(),
                cashUsdc,
                hedges.frozen());
    }

    /** When an underlying's market was frozen. */
    Moment frozenAt(Underlying underlying) {
        CarriedMarket old = carried.get(underlying);
        return old == null ? openedAt : old.frozenAt();
    }

    double spot(Underlying underlying) {
        return market(underlying).spotUsdc();
    }

    long timeMs(Underlying underlying) {
        return market(underlying).timeMs();
    }

    PricingMarket market(Underlying underlying) {
        PricingMarket market = markets.get(underlying);
        if (market == null) {
            throw new IllegalArgumentException("underlying=" + underlying + " has no market");
        }
        return market;
    }

    /** Z_s = damp_s (sum_u D_u (S_us - S_u) + cash (peg_s - 1)), centred. */
    static double[] background(
            ScenarioSet scenarios,
            SortedMap<Underlying, PricingMarket> markets,
            SortedMap<Underlying, Double> deltaCoins,
            double cashUsdc) {
        double[] z = new double[scenarios.size()];
        for (int s = 0; s < z.length; s++) {
            double move = 0;
            for (var each : markets.entrySet()) {
                double spot = each.getValue().spotUsdc();
                double factor =
                        io.dolim.quoting.math.Elementary.expm1(
                                scenarios.move(s, each.getKey()).logSpot());
                move += deltaCoins.getOrDefault(each.getKey(), 0.0) * spot * factor;
            }
            move += cashUsdc * scenarios.cashMove(s);
            z[s] = scenarios.damping(s) * move;
        }
        double mean = EightSums.of(z.length, s -> scenarios.probability(s) * z[s]);
        for (int s = 0; s < z.length; s++) {
            z[s] -= mean;
        }
        return z;
    }
}
