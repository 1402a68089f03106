package io.dolim.book.hedge;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Posting;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link Hedger}'s journal says.
 *
 * @param sequence how many events made it
 * @param perpetual that it trades; part of the state because costs are reckoned with it. Empty before the
 *     first event
 * @param policy in force; empty before the first start
 * @param venues accounts at venues by name
 * @param jobs open, by number
 * @param leases by fence: those that stand, and the last {@value #MOST_LEASES} that ended
 * @param reports of trades that no ledger has shown yet, by venue and trade
 * @param keepers what they have done
 * @param lastJob number of the last signal
 * @param lastSignalMs when it was raised; 0 before the first
 * @param lastFence number of the last lease
 * @param rewards paid since the first day
 * @param purse the hedging buffer
 * @param stopped why no signal is raised; empty while they are
 */
public record HedgeState(
        Underlying underlying,
        long sequence,
        Optional<PerpetualSpec> perpetual,
        Optional<PolicyTerms> policy,
        SortedMap<String, VenueBook> venues,
        SortedMap<Long, Job> jobs,
        SortedMap<Long, Lease> leases,
        SortedMap<String, ReportedFill> reports,
        SortedMap<KeeperId, KeeperScore> keepers,
        long lastJob,
        long lastSignalMs,
        long lastFence,
        Usdc rewards,
        Purse purse,
        Optional<String> stopped)
        implements StoredEvent {

    /** Ended leases that are remembered. */
    static final int MOST_LEASES = 256;

    /**
     * A trade as a keeper tells it.
     *
     * @param sinceMs when it was told
     */
    public record ReportedFill(
            long fence, KeeperId keeper, String venue, String tradeId, long lots, long sinceMs) {}

    /** Copies the maps. */
    public HedgeState {
        venues = Collections.unmodifiableSortedMap(new TreeMap<>(venues));
        jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
        leases = Collections.unmodifiableSortedMap(new TreeMap<>(leases));
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
        keepers = Collections.unmodifiableSortedMap(new TreeMap<>(keepers));
    }

    /** Before the first event. */
    public static HedgeState empty(Underlying underlying) {
        return new HedgeState(
                underlying,
                0,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                0,
                0,
                Usdc.ZERO,
                Purse.UNTOUCHED,
                Optional.empty());
    }

    /** The perpetual. @throws BrokenInvariant before the first event */
    PerpetualSpec spec() {
        return perpetual.orElseThrow(
                () -> new BrokenInvariant("hedges of " + underlying + " have not begun"));
    }

    /** The account at a venue; empty before its first trade. */
    public VenueBook venue(String name) {
        return venues.getOrDefault(name, VenueBook.EMPTY);
    }

    /** What a keeper has done. */
    public KeeperScore keeper(KeeperId keeper) {
        return keepers.getOrDefault(keeper, KeeperScore.NEW);
    }

    /** Position over all venues, lots. */
    public long lots() {
        long sum = 0;
        for (VenueBook venue : venues.values()) {
            sum = Math.addExact(sum, venue.lots());
        }
        return sum;
    }

    /** What may still be traded that nobody can take back: live leases, and reports under ended ones. */
    public long committedLots() {
        long sum = 0;
        for (Lease lease : leases.values()) {
            sum = Math.addExact(sum, lease.openLots());
        }
        for (ReportedFill report : reports.values()) {
            Lease lease = leases.get(report.fence());
            if (lease == null || !lease.isLive()) {
                sum = Math.addExact(sum, report.lots());
            }
        }
        return sum;
    }

    /** What is offered and not claimed. */
    public long unclaimedLots() {
        long sum = 0;
        for (Job job : jobs.values()) {
            sum = Math.addExact(sum, job.unclaimedLots());
        }
        return sum;
    }

    /** Cash that hedging brought the pool since its first day, wherever it lies: less rewards. */
    public Usdc brought() {
        Usdc sum = rewards.negated();
        for (VenueBook venue : venues.values()) {
            sum = sum.plus(venue.brought());
        }
        return sum;
    }

    static String key(String venue, String tradeId) {
        return venue + "/" + tradeId;
    }

    /** The state after an event. Total; throws only when an invariant is broken. */
    public HedgeState apply(HedgeEvent event) {
        if (!event.underlying().equals(underlying)) {
            throw new BrokenInvariant("hedges of " + underlying + " at " + event);
        }
        HedgeStateBuilder next = new HedgeStateBuilder(this);
        switch (event) {
            case HedgeEvent.HedgingBegun e -> next.begin(e);
            case HedgeEvent.PolicyChosen e -> next.policy = Optional.of(e.policy());
            case HedgeEvent.SignalRaised e -> next.raise(e.signal());
            case HedgeEvent.JobWithdrawn e -> next.withdraw(e);
            case HedgeEvent.JobClaimed e -> next.claim(e.lease());
            case HedgeEvent.LeaseReleased e -> next.release(e.fence(), e.epochMs());
            case HedgeEvent.LeaseEnded e -> next.end(e);
            case HedgeEvent.FillReported e -> next.report(e);
            case HedgeEvent.ReportRefuted e -> next.refute(e);
            case HedgeEvent.FillBooked e -> {
                Posting.requireBalanced(e.postings());
                next.book(e);
            }
            case HedgeEvent.PaymentBooked e -> {
                Posting.requireBalanced(e.postings());
                next.venues.put(e.venue(), venue(e.venue()).with(e.payment()));
            }
            case HedgeEvent.VenueStood e ->
                    next.venues.put(e.venue(), venue(e.venue()).standing(e.standing()));
            case HedgeEvent.LedgerAdopted e -> {
                Posting.requireBalanced(e.postings());
                next.venues.put(e.venue(), venue(e.venue()).adopted(e.lots(), e.cost(), e.cash()));
            }
            case HedgeEvent.HedgingStopped e -> next.stopped = Optional.of(e.by() + ": " + e.why());
            case HedgeEvent.HedgingResumed _ -> next.stopped = Optional.empty();
            case HedgeEvent.KeeperForgiven e ->
                    next.keepers.put(e.keeper(), keeper(e.keeper()).forgiven());
        }
        return next.built();
    }
}
