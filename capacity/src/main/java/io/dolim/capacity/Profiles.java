package io.dolim.capacity;

import io.dolim.capacity.vector.InstrumentGreeks;
import io.dolim.capacity.vector.Series;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the pool's gamma and vega lie over expiries and strikes, and how much is traded on them. Sums of
 * exact amounts, so that expiries and buckets add up to the exposures without rounding.
 *
 * @param byExpiry the Gamma-Vega vector: net gamma and vega of each expiry
 * @param vegaByDelta net vega of each expiry, USDC a point, by bucket of the call's delta of the same
 *     strike; one bucket more than there are borders
 * @param deltaEdges borders of the buckets, rising in (0, 1)
 * @param notionalUsdc open contracts at spot, whichever way
 * @param premiumUsdc value at mark of what the pool has sold: it keeps that when all of it dies worthless
 */
public record Profiles(
        SortedMap<Series, GammaVega> byExpiry,
        SortedMap<Series, List<Double>> vegaByDelta,
        List<Double> deltaEdges,
        double notionalUsdc,
        double premiumUsdc) {

    /** Copies the collections. */
    public Profiles {
        byExpiry = Collections.unmodifiableSortedMap(new TreeMap<>(byExpiry));
        vegaByDelta = Collections.unmodifiableSortedMap(new TreeMap<>(vegaByDelta));
        deltaEdges = List.copyOf(deltaEdges);
    }

    static Profiles of(
            List<Contributions.Held> held,
            SortedMap<Underlying, ContractSpec> specs,
            List<Double> deltaEdges) {
        SortedMap<Series, GammaVega> byExpiry = new TreeMap<>();
        SortedMap<Series, List<Double>> vegaByDelta = new TreeMap<>();
        double notional = 0;
        double premium = 0;
        for (Contributions.Held each : held) {
            OptionContract contract = each.one().contract();
            InstrumentGreeks one = each.one().greeks();
            Series series = new Series(contract.underlying(), contract.expiry());
            byExpiry.merge(
                    series,
                    GammaVega.NONE.plus(one, each.lots()),
                    (sum, _) -> sum.plus(one, each.lots()));
            List<Double> buckets =
                    vegaByDelta.computeIfAbsent(
                            series,
                            _ -> new ArrayList<>(Collections.nCopies(deltaEdges.size() + 1, 0.0)));
            int bucket = bucket(callDelta(contract, one, specs), deltaEdges);
            buckets.set(bucket, buckets.get(bucket) + each.lots() * one.vegaUsdc());
            notional += Math.abs(each.lots()) * one.notionalUsdc();
            premium += Math.max(-each.lots(), 0) * one.markUsdc();
        }
        return new Profiles(byExpiry, vegaByDelta, deltaEdges, notional, premium);
    }

    /** The hedger's delta of one coin of the call: a put's is one less. */
    private static double callDelta(
            OptionContract contract,
            InstrumentGreeks one,
            SortedMap<Underlying, ContractSpec> specs) {
        ContractSpec spec = specs.get(contract.underlying());
        if (spec == null) {
            throw new IllegalArgumentException("no contracts on " + contract.underlying());
        }
        double delta = one.deltaCoins() / spec.coins(1).doubleValue();
        return contract.type() == OptionType.CALL ? delta : 1 + delta;
    }

    private static int bucket(double callDelta, List<Double> edges) {
        int bucket = 0;
        while (bucket < edges.size() && callDelta >= edges.get(bucket)) {
            bucket++;
        }
        return bucket;
    }
}
