package io.dolim.api.venue;

import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a perpetual's book.
 *
 * <pre>
 *   price of level k of n   mark (1 -+ (halfSpread + width k / n)), k from 0, away from the mark to the tick
 *   lots within k levels    (k / n)^p of the side, p = 1 linear, 2 square root
 * </pre>
 *
 * What was taken is missing from the best price on, and comes back evenly with time.
 */
final class Ladder {

    /** Of a tick: what binary fractions add to a price that is on it. */
    private static final double ROUNDING = 1e-4;

    private final int side;
    private final double tickUsdc;
    private final BigDecimal exactTick;
    private final double[] distances;
    private final long[] lots;
    private final long all;
    private final double refillPerMs;

    private double takenLots;

    /** @param side -1 for bids, 1 for asks */
    Ladder(PerpetualSpec spec, PerpetualRules.Depth rules, int side) {
        this.side = side;
        this.exactTick = spec.tickUsdc();
        this.tickUsdc = exactTick.doubleValue();
        int levels = rules.levels();
        this.distances = new double[levels];
        this.lots = new long[levels];
        this.all = Math.round(rules.coins() / spec.coinsPerLot().doubleValue());
        long within = 0;
        for (int k = 0; k < levels; k++) {
            distances[k] = rules.halfSpread() + rules.width() * k / levels;
            long next = (long) Math.floor(all * rules.impact().within(k + 1, levels));
            lots[k] = next - within;
            within = next;
        }
        this.refillPerMs = (double) all / rules.refillMs();
    }

    void pass(long ms) {
        takenLots = Math.max(0.0, takenLots - refillPerMs * ms);
    }

    void take(long taken) {
        takenLots = Math.min((double) all, takenLots + taken);
    }

    private long priceTicks(double markUsdc, int level) {
        double ticks = markUsdc * (1.0 + side * distances[level]) / tickUsdc;
        return side > 0
                ? (long) Math.ceil(ticks - ROUNDING)
                : Math.max(1, (long) Math.floor(ticks + ROUNDING));
    }

    /**
     * Finds what an order would get, best first.
     *
     * @param wanted lots, positive
     * @param limitTicks worst price
     */
    Walk walk(double markUsdc, long wanted, long limitTicks) {
        Walk walk = new Walk(lots.length);
        long missing = (long) Math.ceil(takenLots);
        long left = wanted;
        for (int level = 0; level < lots.length && left > 0; level++) {
            long gone = Math.min(missing, lots[level]);
            missing -= gone;
            long there = Math.min(left, lots[level] - gone);
            long ticks = priceTicks(markUsdc, level);
            if (side * (ticks - limitTicks) > 0) {
                break;
            }
            walk.add(there, ticks);
            left -= there;
        }
        return walk;
    }

    /** The price of the last level, which closes what the book cannot. */
    long lastTicks(double markUsdc) {
        return priceTicks(markUsdc, distances.length - 1);
    }

    List<Venue.Level> levels(double markUsdc) {
        long anyPrice = side > 0 ? Long.MAX_VALUE : 0;
        Walk walk = walk(markUsdc, Long.MAX_VALUE, anyPrice);
        List<Venue.Level> levels = new ArrayList<>();
        for (int i = 0; i < walk.size(); i++) {
            levels.add(
                    new Venue.Level(
                            exactTick.multiply(BigDecimal.valueOf(walk.ticks(i))), walk.lots(i)));
        }
        return levels;
    }
}
