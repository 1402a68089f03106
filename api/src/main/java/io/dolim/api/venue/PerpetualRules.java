package io.dolim.api.venue;

import io.dolim.api.feed.Bounds;
import io.dolim.book.hedge.PerpetualSpec;
import java.math.BigDecimal;

/**
 * How one perpetual of a simulated exchange behaves. Shares are decimals, as in 0.0005.
 *
 * @param takerFee share of notional, nine decimals at most
 */
public record PerpetualRules(
        PerpetualSpec spec,
        BigDecimal takerFee,
        Depth depth,
        Margin margin,
        Funding funding,
        Premium premium) {

    private static final long DAY_MS = 86_400_000L;
    private static final int FEE_DECIMALS = 9;

    /** @throws IllegalArgumentException naming the figure and the rule */
    public PerpetualRules {
        Bounds.within("takerFee", takerFee.doubleValue(), 0, 0.1);
        if (takerFee.stripTrailingZeros().scale() > FEE_DECIMALS) {
            throw new IllegalArgumentException(
                    "takerFee=" + takerFee + " must have at most " + FEE_DECIMALS + " decimals");
        }
    }

    /** The taker's fee in billionths of notional. */
    long feeBillionths() {
        return takerFee.movePointRight(FEE_DECIMALS).longValueExact();
    }

    /** How the price moves with the size that is taken at once. */
    public enum Impact {
        /** Distance in proportion to size: all levels are alike. */
        LINEAR(1),
        /** Distance in proportion to the root of size: level k holds a share of 2k - 1. */
        SQUARE_ROOT(2);

        private final int power;

        Impact(int power) {
            this.power = power;
        }

        /** Share of a side that stands within the first {@code k} of {@code n} levels. */
        double within(int k, int n) {
            double share = (double) k / n;
            return power == 1 ? share : share * share;
        }
    }

    /**
     * The order book around the mark, each side alike.
     *
     * @param halfSpread from the mark to the best price, share of the mark
     * @param width from the best price to the last level, share of the mark
     * @param coins what one side holds in all
     * @param levels of a side
     * @param refillMs after which a side that was taken whole stands again
     */
    public record Depth(
            Impact impact,
            double halfSpread,
            double width,
            double coins,
            int levels,
            long refillMs) {

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Depth {
            Bounds.within("halfSpread", halfSpread, 0, 0.1);
            Bounds.within("width", width, 0, 0.5);
            Bounds.within("coins", coins, 1e-9, 1e12);
            Bounds.within("levels", levels, 1, 100);
            Bounds.within("refillMs", refillMs, 1, DAY_MS);
        }
    }

    /**
     * Share of notional at the index that must be there: {@code initial + perCoin * |coins|}, and so for
     * maintenance.
     */
    public record Margin(double initial, double maintenance, double perCoin) {

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Margin {
            Bounds.within("initial", initial, 1e-6, 1);
            Bounds.within("maintenance", maintenance, 1e-6, initial);
            Bounds.within("perCoin", perCoin, 0, 1);
        }
    }

    /**
     * What longs pay shorts in eight hours, from the premium of the mark over the index.
     *
     * @param deadBand premium that pays nothing
     * @param cap of the rate of eight hours, either way
     */
    public record Funding(double deadBand, double cap) {

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Funding {
            Bounds.within("deadBand", deadBand, 0, 0.1);
            Bounds.within("cap", cap, 0, 0.5);
        }
    }

    /**
     * The premium where no mark is handed in: it returns to its mean (Ornstein-Uhlenbeck).
     *
     * @param mean share of the index
     * @param deviation its stationary standard deviation, share of the index
     * @param halfLifeMs of a distance from the mean
     */
    public record Premium(double mean, double deviation, long halfLifeMs) {

        /** @throws IllegalArgumentException naming the figure and the rule */
        public Premium {
            Bounds.within("mean", mean, -0.05, 0.05);
            Bounds.within("deviation", deviation, 0, 0.05);
            Bounds.within("halfLifeMs", halfLifeMs, 1, 365 * DAY_MS);
        }
    }
}
