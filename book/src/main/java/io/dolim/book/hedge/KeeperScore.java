package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;

/**
 * What a keeper has done.
 *
 * @param filledLots within their claims and in time, whichever way
 * @param rewards paid
 * @param claims taken
 * @param expired claims that ended without a fill
 * @param late lots that were traded after their lease had ended
 * @param over lots beyond what was claimed
 * @param refuted reports of trades that no ledger knows
 * @param points {@link #FILLED} for a claim that was filled, less what the others cost; 100 at most
 * @param spentToday of the day's budget of rewards, those of open leases included
 * @param day since 1970 that {@code spentToday} is of
 * @param restsUntilMs before which it may claim nothing: who gave a lease back without a trade rests
 *     {@value #REST} times as long as he had held it, so that holding jobs keeps them from nobody for long
 */
public record KeeperScore(
        long filledLots,
        Usdc rewards,
        long claims,
        long expired,
        long late,
        long over,
        long refuted,
        long points,
        Usdc spentToday,
        long day,
        long restsUntilMs) {

    /** Nothing yet. */
    public static final KeeperScore NEW =
            new KeeperScore(0, Usdc.ZERO, 0, 0, 0, 0, 0, 0, Usdc.ZERO, 0, 0);

    /** Points for a claim that was filled. */
    public static final long FILLED = 1;

    /** Points that a claim without a fill costs. */
    public static final long EXPIRED = -5;

    /** Points that a late or excessive fill costs. */
    public static final long STRAY = -10;

    /** Points that a report of a trade costs that never was. */
    public static final long REFUTED = -50;

    /** Under this a keeper may claim no more until an operator forgives it. */
    public static final long SUSPENDED_UNDER = -20;

    private static final int REST = 4;
    private static final long MOST_POINTS = 100;
    private static final long DAY_MS = 86_400_000L;

    /** Whether it may claim. */
    public boolean isSuspended() {
        return points < SUSPENDED_UNDER;
    }

    /** Of the day's budget, at a moment. */
    public Usdc spentOn(long epochMs) {
        return Math.floorDiv(epochMs, DAY_MS) == day ? spentToday : Usdc.ZERO;
    }

    KeeperScore claimed(Lease lease) {
        long today = Math.floorDiv(lease.claimedMs(), DAY_MS);
        Usdc spent = spentOn(lease.claimedMs()).plus(lease.reserved());
        return new KeeperScore(
                filledLots,
                rewards,
                claims + 1,
                expired,
                late,
                over,
                refuted,
                points,
                spent,
                today,
                restsUntilMs);
    }

    /** A lease has ended; what it reserved and did not earn is free again on the day it was claimed. */
    KeeperScore ended(Lease lease, boolean released) {
        boolean empty = lease.filledLots() == 0;
        boolean failed = empty && !released;
        Usdc spent = spentToday;
        if (Math.floorDiv(lease.claimedMs(), DAY_MS) == day) {
            spent = spent.minus(lease.reserved()).plus(lease.earned());
        }
        return new KeeperScore(
                filledLots,
                rewards,
                claims,
                expired + (failed ? 1 : 0),
                late,
                over,
                refuted,
                failed ? scored(EXPIRED) : empty ? points : scored(FILLED),
                spent,
                day,
                empty && released
                        ? lease.untilMs() + REST * (lease.untilMs() - lease.claimedMs())
                        : restsUntilMs);
    }

    KeeperScore filled(long within, long lateLots, long overLots, Usdc reward) {
        boolean strays = lateLots != 0 || overLots != 0;
        return new KeeperScore(
                filledLots + Math.abs(within),
                rewards.plus(reward),
                claims,
                expired,
                late + Math.abs(lateLots),
                over + Math.abs(overLots),
                refuted,
                strays ? scored(STRAY) : points,
                spentToday,
                day,
                restsUntilMs);
    }

    KeeperScore lied() {
        return new KeeperScore(
                filledLots,
                rewards,
                claims,
                expired,
                late,
                over,
                refuted + 1,
                scored(REFUTED),
                spentToday,
                day,
                restsUntilMs);
    }

    KeeperScore forgiven() {
        return new KeeperScore(
                filledLots, rewards, claims, expired, late, over, refuted, 0, spentToday, day, 0);
    }

    private long scored(long more) {
        return Math.clamp(points + more, -MOST_POINTS, MOST_POINTS);
    }
}
