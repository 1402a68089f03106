package io.dolim.quoting.market;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the index sources say together: the median of those that are fresh, without those too far
 * from it.
 *
 * @param medianUsdc median of the agreeing, USDC per coin; NaN when nobody agrees
 * @param agreeing how many are fresh and near the median
 * @param outliers the fresh ones that are not, by name
 */
record IndexConsensus(double medianUsdc, int agreeing, SortedMap<String, Double> outliers) {

    static IndexConsensus of(
            SortedMap<String, GuardState.Said> sources, GuardRules rules, long nowMs) {
        TreeMap<String, Double> fresh = new TreeMap<>();
        sources.forEach(
                (name, said) -> {
                    if (nowMs - said.timeMs() <= rules.staleMs() && !isFrozen(said, rules)) {
                        fresh.put(name, said.priceUsdc());
                    }
                });
        if (fresh.isEmpty()) {
            return new IndexConsensus(Double.NaN, 0, new TreeMap<>());
        }
        double middle = median(fresh);
        TreeMap<String, Double> near = new TreeMap<>();
        TreeMap<String, Double> far = new TreeMap<>();
        fresh.forEach(
                (name, price) ->
                        (Math.abs(price / middle - 1) <= rules.outlierBand() ? near : far)
                                .put(name, price));
        return new IndexConsensus(near.isEmpty() ? Double.NaN : median(near), near.size(), far);
    }

    /** Still speaking, but saying the same for too long. */
    static boolean isFrozen(GuardState.Said said, GuardRules rules) {
        return said.timeMs() - said.sinceMs() > rules.frozenMs();
    }

    private static double median(SortedMap<String, Double> byName) {
        double[] prices = byName.values().stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(prices);
        int half = prices.length / 2;
        return prices.length % 2 == 1 ? prices[half] : 0.5 * (prices[half - 1] + prices[half]);
    }
}
