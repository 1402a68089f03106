package io.dolim.book.hedge;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A keeper's claim on a part of a job.
 *
 * @param fence the lease's number: rises with every claim in the underlying, so that what is traded
 *     under an older one is known to be late
 * @param lots claimed, signed as the job
 * @param filledLots traded under it so far, as venues' ledgers say
 * @param claimedMs when, on the feed's clock
 * @param untilMs when it ends by itself
 * @param endedMs when it was released, expired or was filled; 0 while it stands
 * @param rewardShare of notional, fixed by how long the job had been open
 * @param reserved of the keeper's budget
 * @param earned so far
 * @param spotUsdc the index at the job's signal: what slippage is measured from
 * @param limitUsdc worst price, USDC per coin
 * @param trades booked under it, by venue and trade; the first {@value #MOST_TRADES}
 */
public record Lease(
        long job,
        long fence,
        KeeperId keeper,
        long lots,
        long filledLots,
        long claimedMs,
        long untilMs,
        long endedMs,
        double rewardShare,
        Usdc reserved,
        Usdc earned,
        double spotUsdc,
        BigDecimal limitUsdc,
        SortedSet<String> trades) {

    /** Trades of a lease that are remembered, and may be reported. */
    static final int MOST_TRADES = 64;

    /** Copies the trades. */
    public Lease {
        trades = Collections.unmodifiableSortedSet(new TreeSet<>(trades));
    }

    /** Whether it stands. */
    public boolean isLive() {
        return endedMs == 0;
    }

    /** What is still to come under it, signed; none once it has ended. */
    public long openLots() {
        return isLive() ? leftLots() : 0;
    }

    /** Whether what was claimed is traded. */
    boolean isFull() {
        return leftLots() == 0;
    }

    /** How many of a fill's lots are within what was claimed, and in time; signed. */
    long within(VenueFill fill) {
        long left = leftLots();
        if (isLate(fill) || Long.signum(fill.lots()) != Long.signum(lots)) {
            return 0;
        }
        return Math.abs(fill.lots()) <= Math.abs(left) ? fill.lots() : left;
    }

    /** Whether a fill came when the lease had ended, by the venue's clock. */
    boolean isLate(VenueFill fill) {
        return !isLive() && fill.epochMs() > endedMs;
    }

    Lease filled(String trade, long more, Usdc reward, long nowMs) {
        SortedSet<String> known = new TreeSet<>(trades);
        if (known.size() < MOST_TRADES) {
            known.add(trade);
        }
        Lease later =
                new Lease(
                        job,
                        fence,
                        keeper,
                        lots,
                        Math.addExact(filledLots, more),
                        claimedMs,
                        untilMs,
                        endedMs,
                        rewardShare,
                        reserved,
                        earned.plus(reward),
                        spotUsdc,
                        limitUsdc,
                        known);
        return later.isLive() && later.isFull() ? later.ended(nowMs) : later;
    }

    Lease released(long nowMs) {
        return until(Math.min(untilMs, nowMs), endedMs);
    }

    Lease ended(long nowMs) {
        return until(untilMs, nowMs);
    }

    private Lease until(long until, long ended) {
        return new Lease(
                job,
                fence,
                keeper,
                lots,
                filledLots,
                claimedMs,
                until,
                ended,
                rewardShare,
                reserved,
                earned,
                spotUsdc,
                limitUsdc,
                trades);
    }

    /** The label that orders under this lease carry at the venue. */
    public String label(Underlying underlying) {
        return "dolim-" + underlying + "-" + job + "-" + fence;
    }

    /** The fence of a label of this underlying's; 0 when it is none. */
    static long fenceOf(String label, Underlying underlying) {
        String start = "dolim-" + underlying + "-";
        int dash = label.lastIndexOf('-');
        if (!label.startsWith(start) || dash < start.length()) {
            return 0;
        }
        try {
            return Long.parseLong(label, dash + 1, label.length(), 10);
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    private long leftLots() {
        long left = lots - filledLots;
        return Long.signum(left) == Long.signum(lots) ? left : 0;
    }
}
