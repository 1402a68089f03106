package io.dolim.api.feed;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.math.Elementary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Spots between two recorded moments: Brownian bridges in log price, moved together by one common
 * shock. All of it is made up, and its source says so.
 *
 * <p>Samples come at {@code spacingMs}, and every ten seconds from 07:30 to 08:00 UTC, both included:
 * expiries between the two moments settle against an average of them.
 */
final class SpotBridge implements Iterator<List<FeedEvent>> {

    static final long WINDOW_SPACING_MS = 10_000;

    private static final long WINDOW_START_MS = 450L * 60_000;
    private static final long WINDOW_END_MS = 480L * 60_000;
    private static final double SHARED = 0.8;

    private final FeedSource source;
    private final SortedMap<Underlying, Double> ends;
    private final TreeMap<Underlying, Double> logSpots = new TreeMap<>();
    private final long endMs;
    private final long spacingMs;
    private final double volAnnual;
    private final Dice dice;
    private long timeMs;

    /**
     * @param starts spots at the start, USDC per coin
     * @param ends spots at the end; coins that are not in both are left out
     * @param volAnnual of the bridge, annual, decimal
     */
    SpotBridge(
            FeedSource source,
            SortedMap<Underlying, Double> starts,
            SortedMap<Underlying, Double> ends,
            long startMs,
            long endMs,
            long spacingMs,
            double volAnnual,
            Dice dice) {
        this.source = source;
        this.ends = new TreeMap<>(ends);
        this.timeMs = startMs;
        this.endMs = endMs;
        this.spacingMs = spacingMs;
        this.volAnnual = volAnnual;
        this.dice = dice;
        starts.forEach(
                (underlying, spot) -> {
                    if (ends.containsKey(underlying)) {
                        logSpots.put(underlying, Elementary.log(spot));
                    }
                });
    }

    @Override
    public boolean hasNext() {
        return nextTime() < endMs;
    }

    /** The ticks of all coins at the next moment. */
    @Override
    public List<FeedEvent> next() {
        long next = nextTime();
        if (next >= endMs) {
            throw new NoSuchElementException("the bridge ends at " + endMs);
        }
        double left = endMs - timeMs;
        double share = (next - timeMs) / left;
        double years = (next - timeMs) / DayCount.MILLIS_PER_YEAR;
        double spread = volAnnual * Math.sqrt(years * (endMs - next) / left);
        double common = dice.normal();
        List<FeedEvent> events = new ArrayList<>();
        logSpots.replaceAll(
                (underlying, logSpot) -> {
                    double end = Elementary.log(ends.getOrDefault(underlying, Double.NaN));
                    double shock = SHARED * common + Math.sqrt(1 - SHARED * SHARED) * dice.normal();
                    double moved = logSpot + share * (end - logSpot) + spread * shock;
                    events.add(
                            new FeedEvent.IndexTick(
                                    underlying, source, next, Elementary.exp(moved)));
                    return moved;
                });
        timeMs = next;
        return events;
    }

    private long nextTime() {
        long dayMs = Math.floorMod(timeMs, DayCount.MILLIS_PER_DAY);
        long midnightMs = timeMs - dayMs;
        if (dayMs >= WINDOW_START_MS && dayMs < WINDOW_END_MS) {
            long steps = (dayMs - WINDOW_START_MS) / WINDOW_SPACING_MS + 1;
            return midnightMs + WINDOW_START_MS + steps * WINDOW_SPACING_MS;
        }
        long windowMs =
                midnightMs
                        + WINDOW_START_MS
                        + (dayMs < WINDOW_START_MS ? 0 : DayCount.MILLIS_PER_DAY);
        return Math.min(timeMs + spacingMs, windowMs);
    }
}
