package io.dolim.quoting.market;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a perpetual traded from its index of late, and the funding that a long of it is expected to
 * pay for that. Of each minute on the feed's clock the first tick is a sample; sums run in the order of
 * the minutes, so that the same ticks give the same bits.
 *
 * <pre>
 *   P(minute)     = perpetual / index - 1
 *   P             = mean of the samples of an interval of eight hours
 *   rate of 8 h   = max(d, P) + min(-d, P)        d the dead band, 0.025 %
 *   rate a year   = 3 * 365 * rate of 8 h
 * </pre>
 *
 * Source: Deribit, Funding Specifications
 * (support.deribit.com/hc/en-us/articles/31424939178397), which takes P of every moment; what is
 * expected of the days to come is the mean. Not capped here: whoever prices with it caps it.
 *
 * @param samples P by minute since 1970, of at most an interval
 */
public record PerpetualPremium(PremiumRules rules, SortedMap<Long, Double> samples) {

    private static final long MINUTE_MS = 60_000L;
    private static final double INTERVALS_PER_YEAR = 3 * 365.0;

    /** Copies the samples. */
    public PerpetualPremium {
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
    }

    /** Without samples. */
    public static PerpetualPremium none(PremiumRules rules) {
        return new PerpetualPremium(rules, new TreeMap<>());
    }

    /**
     * With a tick, when it is the first of its minute, not before the last one, and near the index: one
     * that is far from it says more about the tick than about funding.
     *
     * @param timeMs of the tick, milliseconds since 1970 on the feed's clock
     * @param perpetualUsdc USDC per coin; positive
     * @param indexUsdc USDC per coin; positive
     */
    public PerpetualPremium with(long timeMs, double perpetualUsdc, double indexUsdc) {
        long minute = Math.floorDiv(timeMs, MINUTE_MS);
        double premium = perpetualUsdc / indexUsdc - 1.0;
        if (!(Math.abs(premium) <= rules.mostPremium())
                || (!samples.isEmpty() && minute <= samples.lastKey())) {
            return this;
        }
        SortedMap<Long, Double> later = new TreeMap<>(samples.tailMap(from(minute)));
        later.put(minute, premium);
        return new PerpetualPremium(rules, later);
    }

    /**
     * Expected funding that a long perpetual pays, share of notional a year; negative when it is paid.
     * Empty while the interval up to a moment has too few samples.
     */
    public OptionalDouble fundingAnnual(long nowMs) {
        SortedMap<Long, Double> recent = samples.tailMap(from(Math.floorDiv(nowMs, MINUTE_MS)));
        if (recent.size() < rules.leastSamples()) {
            return OptionalDouble.empty();
        }
        double sum = 0.0;
        for (double premium : recent.values()) {
            sum += premium;
        }
        double mean = sum / recent.size();
        double band = rules.deadBand();
        return OptionalDouble.of(
                INTERVALS_PER_YEAR * (Math.max(band, mean) + Math.min(-band, mean)));
    }

    private long from(long minute) {
        return minute - rules.intervalMinutes() + 1;
    }
}
