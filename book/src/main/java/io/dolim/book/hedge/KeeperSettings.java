package io.dolim.book.hedge;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How a keeper works.
 *
 * @param name it claims under
 * @param ask least reward that it works for, share of notional
 * @param depthWithin how long venues may take to show their books
 * @param mostVenueLots largest position at one venue, either way
 * @param tick how often it looks at the board, whose rewards rise
 */
public record KeeperSettings(
        KeeperId name, double ask, Duration depthWithin, long mostVenueLots, Duration tick) {

    /** @throws IllegalArgumentException naming the figures */
    public KeeperSettings {
        if (!(ask >= 0 && ask <= 0.01)
                || !depthWithin.isPositive()
                || mostVenueLots < 1
                || !tick.isPositive()) {
            throw new IllegalArgumentException(
                    "keeper ask=" + ask + " depth-within=" + depthWithin + " tick=" + tick);
        }
    }

    /** Reads {@code dolim.book.keeper}. */
    public static KeeperSettings of(Config keeper) {
        return new KeeperSettings(
                new KeeperId(keeper.getString("name")),
                keeper.getDouble("ask"),
                keeper.getDuration("depth-within"),
                keeper.getLong("most-venue-lots"),
                keeper.getDuration("tick"));
    }
}
