package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.HedgeVector;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool's hedges under one view: what was reported when it opened, on its frozen spots. The same for
 * every trade under the view, whatever is hedged meanwhile.
 */
public final class Hedges {

    /** Nothing hedges. */
    public static final Hedges NONE =
            new Hedges(
                    FrozenHedges.NONE,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    Optional.empty());

    private final FrozenHedges frozen;
    private final SortedMap<Underlying, List<HedgeVector>> positions;
    private final SortedMap<Underlying, double[]> byUnderlying;
    private final SortedMap<String, double[]> byVenue;
    private final SortedMap<String, HedgeFigures.VenueCash> venueCash;
    private final Optional<Sendable> sendable;

    /** What can be sent where venues call: by which rule, of which cash. */
    private record Sendable(ScenarioSet scenarios, HedgeTerms terms, double cashUsdc) {}

    private Hedges(
            FrozenHedges frozen,
            SortedMap<Underlying, List<HedgeVector>> positions,
            SortedMap<Underlying, double[]> byUnderlying,
            SortedMap<String, double[]> byVenue,
            SortedMap<String, HedgeFigures.VenueCash> venueCash,
            Optional<Sendable> sendable) {
        this.frozen = frozen;
        this.positions = positions;
        this.byUnderlying = byUnderlying;
        this.byVenue = byVenue;
        this.venueCash = venueCash;
        this.sendable = sendable;
    }

    /**
     * What was reported, on a view's markets. Where venues together call more than can be there in time,
     * none of them gets it: every position that is called is closed.
     *
     * @param cashUsdc the pool's cash wherever it lies, at least 0
     */
    static Hedges of(
            FrozenHedges frozen,
            SortedMap<Underlying, PricingMarket> markets,
            ScenarioSet scenarios,
            HedgeTerms terms,
            double cashUsdc) {
        if (frozen.reports().isEmpty()) {
            return NONE;
        }
        SortedMap<Underlying, List<HedgeVector>> positions = new TreeMap<>();
        frozen.reports()
                .forEach(
                        (underlying, report) ->
                                positions.put(
                                        underlying,
                                        vectors(report, market(markets, underlying), scenarios)));
        return of(frozen, positions, new Sendable(scenarios, terms, cashUsdc));
    }

    private static Hedges of(
            FrozenHedges frozen,
            SortedMap<Underlying, List<HedgeVector>> positions,
            Sendable sendable) {
        ScenarioSet scenarios = sendable.scenarios();
        double free = sendable.cashUsdc() - frozen.posted().toDouble();
        SortedMap<String, double[]> calls = calls(positions, scenarios);
        double[] transferable = new double[scenarios.size()];
        boolean[] met = new boolean[scenarios.size()];
        for (int s = 0; s < met.length; s++) {
            double called = 0;
            for (double[] each : calls.values()) {
                called += each[s];
            }
            transferable[s] = sendable.terms().transferableUsdc(scenarios, s, free);
            met[s] = called <= transferable[s];
        }
        SortedMap<Underlying, double[]> byUnderlying = new TreeMap<>();
        SortedMap<String, double[]> byVenue = new TreeMap<>();
        positions.forEach(
                (underlying, at) -> {
                    double[] sum = new double[scenarios.size()];
                    for (HedgeVector one : at) {
                        double[] values = one.values(s -> met[s]);
                        add(sum, values);
                        add(
                                byVenue.computeIfAbsent(
                                        one.position().venue(), _ -> new double[values.length]),
                                values);
                    }
                    byUnderlying.put(underlying, sum);
                });
        SortedMap<String, HedgeFigures.VenueCash> venueCash = new TreeMap<>();
        calls.forEach(
                (venue, called) ->
                        venueCash.put(
                                venue,
                                HedgeFigures.VenueCash.of(scenarios, called, transferable, met)));
        return new Hedges(
                frozen, positions, byUnderlying, byVenue, venueCash, Optional.of(sendable));
    }

    private static PricingMarket market(
            SortedMap<Underlying, PricingMarket> markets, Underlying underlying) {
        PricingMarket market = markets.get(underlying);
        if (market == null) {
            throw new IllegalArgumentException(
                    "underlying=" + underlying + " is hedged and has no market");
        }
        return market;
    }

    private static List<HedgeVector> vectors(
            HedgeReport report, PricingMarket market, ScenarioSet scenarios) {
        List<HedgeVector> vectors = new ArrayList<>();
        report.byVenue()
                .forEach(
                        (venue, at) ->
                                vectors.add(
                                        HedgeVector.of(
                                                scenarios,
                                                report.underlying(),
                                                market.spotUsdc(),
                                                new HedgeVector.Position(
                                                        venue,
                                                        at.coins().doubleValue(),
                                                        at.costUsdc().toDouble(),
                                                        at.postedUsdc().toDouble(),
                                                        at.maintenanceMargin(),
                                                        at.standing()))));
        return vectors;
    }

    /** What each venue calls in each scenario. */
    private static SortedMap<String, double[]> calls(
            SortedMap<Underlying, List<HedgeVector>> positions, ScenarioSet scenarios) {
        SortedMap<String, double[]> calls = new TreeMap<>();
        for (List<HedgeVector> at : positions.values()) {
            for (HedgeVector one : at) {
                double[] sum =
                        calls.computeIfAbsent(
                                one.position().venue(), _ -> new double[scenarios.size()]);
                for (int s = 0; s < sum.length; s++) {
                    sum[s] += one.callUsdc(s);
                }
            }
        }
        return calls;
    }

    private static double[] add(double[] sum, double[] more) {
        for (int s = 0; s < sum.length; s++) {
            sum[s] += more[s];
        }
        return sum;
    }

    /** The same with K less by so much. */
    Hedges withAddOn(double addOnUsdc) {
        return new Hedges(
                new FrozenHedges(frozen.reports(), addOnUsdc),
                positions,
                byUnderlying,
                byVenue,
                venueCash,
                sendable);
    }

    /**
     * The same once the hedger has followed a trade that takes off what a hedge was for: so many coins
     * less at the venues that stand, of each its share, at most all of them. Empty where it has nothing
     * to take off.
     *
     * @param deltaCoins what the trade adds to the delta of the pool's options
     */
    Optional<Hedges> following(Underlying underlying, double deltaCoins) {
        double coins = coins(underlying);
        if (!(deltaCoins * coins > 0) || sendable.isEmpty()) {
            return Optional.empty();
        }
        double share = Math.min(1, deltaCoins / coins);
        SortedMap<Underlying, List<HedgeVector>> after = new TreeMap<>(positions);
        after.put(
                underlying,
                of(underlying).stream()
                        .map(one -> one.position().standing() ? one.closed(share) : one)
                        .toList());
        return Optional.of(of(frozen, after, sendable.get()));
    }

    FrozenHedges frozen() {
        return frozen;
    }

    /** Adds what all of them come to by scenario, in place. */
    double[] into(double[] profit) {
        byUnderlying.values().forEach(values -> add(profit, values));
        return profit;
    }

    /** Adds what those of one underlying come to by scenario, in place. */
    double[] into(Underlying underlying, double[] profit) {
        double[] values = byUnderlying.get(underlying);
        return values == null ? profit : add(profit, values);
    }

    /** What lies at each venue comes to in each scenario. */
    SortedMap<String, double[]> byVenue() {
        return Collections.unmodifiableSortedMap(byVenue);
    }

    /** What each venue calls at most. */
    SortedMap<String, HedgeFigures.VenueCash> venueCash() {
        return Collections.unmodifiableSortedMap(venueCash);
    }

    /** By underlying, those of it in the order of venues. */
    SortedMap<Underlying, List<HedgeVector>> positions() {
        return Collections.unmodifiableSortedMap(positions);
    }

    Usdc cash() {
        return frozen.cash();
    }

    Usdc posted() {
        return frozen.posted();
    }

    /** Open profit and loss at the view's spots; a gain in doubt does not count. */
    double markUsdc() {
        double sum = 0;
        for (List<HedgeVector> at : positions.values()) {
            for (HedgeVector one : at) {
                sum += one.countedMarkUsdc();
            }
        }
        return sum;
    }

    /** Perpetuals of an underlying at venues that stand, coins. */
    double coins(Underlying underlying) {
        double sum = 0;
        for (HedgeVector one : of(underlying)) {
            sum += one.position().standing() ? one.coins() : 0;
        }
        return sum;
    }

    /** The largest net delta either way: what is in doubt counts as it is worse. */
    double widest(Underlying underlying, double high, double low) {
        double most = high + coins(underlying);
        double least = low + coins(underlying);
        for (HedgeVector one : of(underlying)) {
            if (!one.position().standing()) {
                most += Math.max(0, one.coins());
                least += Math.min(0, one.coins());
            }
        }
        return Math.max(Math.abs(most), Math.abs(least));
    }

    /** How far the net delta may go before the hedger trades, coins. */
    double bandCoins(Underlying underlying) {
        HedgeReport report = frozen.reports().get(underlying);
        return report == null ? 0 : report.bandCoins();
    }

    /** What lies at each venue, USDC: each account's equity, at least 0. */
    SortedMap<String, Double> equityUsdc() {
        SortedMap<String, Double> equity = new TreeMap<>();
        for (List<HedgeVector> at : positions.values()) {
            for (HedgeVector one : at) {
                equity.merge(one.position().venue(), Math.max(0, one.equityUsdc()), Double::sum);
            }
        }
        return equity;
    }

    private List<HedgeVector> of(Underlying underlying) {
        return positions.getOrDefault(underlying, List.of());
    }
}
