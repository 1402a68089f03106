package io.dolim.deploy.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * How much the taker wants to hold of a coin at each moment, as a share of the most: on its days, which the coins
 * take in turn, from nothing up to it in steps of uneven size, and back to nothing before the day ends.
 */
final class GammaPlan {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final double BEGINS = 0.03;
    private static final double TURNS = 0.50;
    private static final double ENDS = 0.94;
    private static final int KNOTS = 12;

    private final long startMs;
    private final long fromMs;
    private final int coin;
    private final int coins;
    private final List<double[]> ups = new ArrayList<>();
    private final List<double[]> downs = new ArrayList<>();

    /**
     * @param startMs of the first visit, milliseconds since 1970
     * @param fromMs midnight before it
     * @param coin from 0
     * @param coins that take turns
     */
    GammaPlan(long startMs, long fromMs, int days, int coin, int coins, SplittableRandom random) {
        this.startMs = startMs;
        this.fromMs = fromMs;
        this.coin = coin;
        this.coins = coins;
        for (int day = 0; day < days; day++) {
            ups.add(rise(random));
            downs.add(rise(random));
        }
    }

    /** From 0 to 1 over the knots, in uneven steps. */
    private static double[] rise(SplittableRandom random) {
        double[] heights = new double[KNOTS + 1];
        for (int i = 1; i <= KNOTS; i++) {
            heights[i] = heights[i - 1] + random.nextDouble(0.5, 1.5);
        }
        for (int i = 1; i <= KNOTS; i++) {
            heights[i] /= heights[KNOTS];
        }
        return heights;
    }

    /** 0 to 1; 0 on other days. */
    double share(long timeMs) {
        int day = (int) ((timeMs - fromMs) / DAY_MS);
        if (day >= ups.size() || day % coins != coin) {
            return 0;
        }
        long beginMs = Math.max(startMs, fromMs + day * DAY_MS);
        double into =
                (double) (timeMs - beginMs) / (double) (fromMs + (day + 1) * DAY_MS - beginMs);
        if (into < BEGINS || into >= ENDS) {
            return 0;
        }
        return into < TURNS
                ? height(ups.get(day), (into - BEGINS) / (TURNS - BEGINS))
                : height(downs.get(day), (ENDS - into) / (ENDS - TURNS));
    }

    private static double height(double[] heights, double share) {
        double at = share * KNOTS;
        int knot = Math.min((int) at, KNOTS - 1);
        return heights[knot] + (at - knot) * (heights[knot + 1] - heights[knot]);
    }
}
