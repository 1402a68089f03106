package io.dolim.book.hedge;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Times and bounds of a {@link Hedger}'s own, from {@code dolim.book.hedge}.
 *
 * @param tick how often time is looked at
 * @param ledgerEvery how often a venue's ledger is asked for, besides after each report
 * @param patience how long a venue may take to answer before it is asked again
 * @param doubt how long a lease that is over waits for a silent venue to say what was traded
 * @param judgeEvery least time between two judgements of a moving market
 * @param maxRequests unanswered requests
 * @param collateral what is to lie at a venue
 * @param snapshotEvery events between snapshots
 */
public record HedgeSettings(
        Duration tick,
        Duration ledgerEvery,
        Duration patience,
        Duration doubt,
        Duration judgeEvery,
        int maxRequests,
        Collateral collateral,
        int snapshotEvery) {

    /** @throws IllegalArgumentException naming the rule */
    public HedgeSettings {
        if (!tick.isPositive()
                || !ledgerEvery.isPositive()
                || !patience.isPositive()
                || !doubt.isPositive()
                || judgeEvery.isNegative()
                || maxRequests < 1
                || snapshotEvery < 1) {
            throw new IllegalArgumentException("times and bounds of dolim.book.hedge");
        }
    }

    /** Reads {@code dolim.book.hedge}. */
    public static HedgeSettings of(Config hedge) {
        return new HedgeSettings(
                hedge.getDuration("tick"),
                hedge.getDuration("ledger-every"),
                hedge.getDuration("patience"),
                hedge.getDuration("doubt"),
                hedge.getDuration("judge-every"),
                hedge.getInt("max-requests"),
                Collateral.of(hedge.getConfig("collateral")),
                hedge.getInt("snapshot-every"));
    }
}
