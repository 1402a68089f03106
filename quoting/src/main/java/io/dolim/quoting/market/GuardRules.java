package io.dolim.quoting.market;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The limits of {@link FeedGuard}. Fractions are of the price, so 0.01 is 1 %; times are
 * milliseconds of the feed's clock.
 *
 * @param sources names of all sources that may speak; others are held
 * @param quorum index sources that must be fresh and agree
 * @param staleMs age beyond which an index or future price no longer counts
 * @param aheadMs how far ahead of the clock an event may be dated
 * @param frozenMs time after which a source whose price has not changed by one bit no longer counts
 * @param outlierBand distance from the median of the sources beyond which one is dropped
 * @param widenBand move within {@code bandWindowMs} beyond which quotes are widened
 * @param haltBand the same, beyond which quoting stops until {@code goodTicks} have come
 * @param latchBand the same, beyond which quoting stops until somebody lifts the latch; not scaled
 *     with time
 * @param bandWindowMs the bands' window; over a longer silence they grow with the root of time
 * @param widenFactor what spreads are multiplied with while widened; above 1
 * @param goodTicks ticks in a row within the inner band that lift a widening or a halt
 * @param basisBand distance between perpetual and index beyond which neither is believed
 * @param forwardBand distance between a dated forward and the index beyond which a chain is held
 * @param chainStaleMs age of the youngest option chain beyond which quoting stops
 * @param minPriceUsdc smallest price that is believed
 * @param maxPriceUsdc largest price that is believed
 * @param minVol smallest volatility that is believed, annual, decimal
 * @param maxVol largest volatility that is believed
 * @param maxExpiries expiries that are kept in mind
 * @param maxQuotes rows of a chain that are looked at
 */
public record GuardRules(
        SortedSet<String> sources,
        int quorum,
        long staleMs,
        long aheadMs,
        long frozenMs,
        double outlierBand,
        double widenBand,
        double haltBand,
        double latchBand,
        long bandWindowMs,
        double widenFactor,
        int goodTicks,
        double basisBand,
        double forwardBand,
        long chainStaleMs,
        double minPriceUsdc,
        double maxPriceUsdc,
        double minVol,
        double maxVol,
        int maxExpiries,
        int maxQuotes) {

    /** @throws IllegalArgumentException when a limit is missing, out of order, or would mean "off" */
    public GuardRules {
        sources = Collections.unmodifiableSortedSet(new TreeSet<>(sources));
        require(quorum >= 1 && quorum <= sources.size(), "quorum", quorum);
        require(staleMs > 0, "staleMs", staleMs);
        require(aheadMs >= 0, "aheadMs", aheadMs);
        require(frozenMs > 0, "frozenMs", frozenMs);
        require(bandWindowMs > 0, "bandWindowMs", bandWindowMs);
        require(chainStaleMs > 0, "chainStaleMs", chainStaleMs);
        require(outlierBand > 0 && outlierBand < 1, "outlierBand", outlierBand);
        require(widenBand > 0, "widenBand", widenBand);
        require(haltBand > widenBand, "haltBand", haltBand);
        require(latchBand > haltBand && latchBand < 1, "latchBand", latchBand);
        require(widenFactor > 1 && widenFactor <= 100, "widenFactor", widenFactor);
        require(goodTicks >= 1, "goodTicks", goodTicks);
        require(basisBand > 0 && basisBand < 1, "basisBand", basisBand);
        require(forwardBand > 0 && forwardBand < 1, "forwardBand", forwardBand);
        require(minPriceUsdc > 0, "minPriceUsdc", minPriceUsdc);
        require(maxPriceUsdc > minPriceUsdc && maxPriceUsdc < 1e12, "maxPriceUsdc", maxPriceUsdc);
        require(minVol > 0, "minVol", minVol);
        require(maxVol > minVol && maxVol <= 100, "maxVol", maxVol);
        require(maxExpiries >= 1, "maxExpiries", maxExpiries);
        require(maxQuotes >= 1, "maxQuotes", maxQuotes);
    }

    /**
     * Limits for live crypto majors: 10 s of age, 1 % of disagreement, bands of 1, 5 and 25 % a
     * minute.
     */
    public static GuardRules standard(SortedSet<String> sources, int quorum) {
        return new GuardRules(
                sources, quorum, 10_000, 1_000, 120_000, 0.01, 0.01, 0.05, 0.25, 60_000, 2.0, 10,
                0.02, 0.5, 30_000, 1e-4, 1e8, 0.01, 10.0, 64, 2_000);
    }

    /**
     * Limits for one recorded source whose chains are hours apart and whose spots between them are
     * bridged a minute apart: ten minutes of age, half a day for a chain.
     */
    public static GuardRules recorded(SortedSet<String> sources) {
        return new GuardRules(
                sources,
                1,
                600_000,
                0,
                3_600_000,
                0.01,
                0.02,
                0.10,
                0.25,
                60_000,
                2.0,
                10,
                0.02,
                0.5,
                43_200_000,
                1e-4,
                1e8,
                0.01,
                10.0,
                64,
                2_000);
    }

    /**
     * The same limits for a market that runs faster than the wall clock: ages are longer by a factor.
     *
     * @param factor at least 1
     */
    public GuardRules slowed(double factor) {
        require(factor >= 1, "factor", factor);
        return new GuardRules(
                sources,
                quorum,
                (long) (staleMs * factor),
                aheadMs,
                (long) (frozenMs * factor),
                outlierBand,
                widenBand,
                haltBand,
                latchBand,
                bandWindowMs,
                widenFactor,
                goodTicks,
                basisBand,
                forwardBand,
                (long) (chainStaleMs * factor),
                minPriceUsdc,
                maxPriceUsdc,
                minVol,
                maxVol,
                maxExpiries,
                maxQuotes);
    }

    private static void require(boolean holds, String name, Number value) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " is not a limit to guard by");
        }
    }
}
