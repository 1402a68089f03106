package io.dolim.capacity;

import com.typesafe.config.Config;

/**
 * What re-hedging costs before it is done; the source of the hedging buffer.
 *
 * @param halfSpread of the venue, share of price
 * @param fee of the venue, share of notional
 * @param impact share of price, in calm
 * @param liquidity factor on impact in stress, at least 1
 * @param delayMs t: from oracle to fill, 99th percentile
 * @param z standard deviations that are covered
 * @param volAnnual sigma: speed of the spot against the residual delta
 */
public record HedgingCosts(
        double halfSpread,
        double fee,
        double impact,
        double liquidity,
        long delayMs,
        double z,
        double volAnnual) {

    /** @throws IllegalArgumentException when a figure is out of range */
    public HedgingCosts {
        require("half-spread", halfSpread, 0, 0.1);
        require("fee", fee, 0, 0.1);
        require("impact", impact, 0, 0.1);
        require("liquidity", liquidity, 1, 100);
        require("delay", (double) delayMs, 1, 3_600_000);
        require("z", z, 1, 10);
        require("vol-annual", volAnnual, 0.01, 10);
    }

    /** Reads the block {@code hedging-buffer}. */
    public static HedgingCosts of(Config config) {
        return new HedgingCosts(
                config.getDouble("half-spread"),
                config.getDouble("fee"),
                config.getDouble("impact"),
                config.getDouble("liquidity"),
                config.getDuration("delay").toMillis(),
                config.getDouble("z"),
                config.getDouble("vol-annual"));
    }

    /**
     * Cost of trading one USDC of the underlying in stress.
     *
     * @param scenarioLiquidity factor of a scenario on impact, on top of the configured one
     */
    double rate(double scenarioLiquidity) {
        return halfSpread + fee + impact * liquidity * scenarioLiquidity;
    }

    double delayDays() {
        return (double) delayMs / 86_400_000.0;
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + "=" + value + " must lie in " + least + " to " + most);
        }
    }
}
