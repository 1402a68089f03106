package io.dolim.book.hedge;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.quoting.money.Usdc;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parts of a {@link HedgeState} while one event changes them. */
final class HedgeStateBuilder {

    private final HedgeState before;
    private Optional<PerpetualSpec> perpetual;
    Optional<PolicyTerms> policy;
    final SortedMap<String, VenueBook> venues;
    final SortedMap<KeeperId, KeeperScore> keepers;
    Optional<String> stopped;
    private final SortedMap<Long, Job> jobs;
    private final SortedMap<Long, Lease> leases;
    private final SortedMap<String, HedgeState.ReportedFill> reports;
    private long lastJob;
    private long lastSignalMs;
    private long lastFence;
    private Usdc rewards;
    private Purse purse;

    HedgeStateBuilder(HedgeState before) {
        this.before = before;
        this.perpetual = before.perpetual();
        this.policy = before.policy();
        this.venues = new TreeMap<>(before.venues());
        this.keepers = new TreeMap<>(before.keepers());
        this.stopped = before.stopped();
        this.jobs = new TreeMap<>(before.jobs());
        this.leases = new TreeMap<>(before.leases());
        this.reports = new TreeMap<>(before.reports());
        this.lastJob = before.lastJob();
        this.lastSignalMs = before.lastSignalMs();
        this.lastFence = before.lastFence();
        this.rewards = before.rewards();
        this.purse = before.purse();
    }

    void begin(HedgeEvent.HedgingBegun event) {
        require(perpetual.isEmpty(), "begun twice");
        perpetual = Optional.of(event.spec());
        policy = Optional.of(event.policy());
        event.venues().forEach(venue -> venues.putIfAbsent(venue, VenueBook.EMPTY));
    }

    void raise(HedgeSignal signal) {
        require(signal.id() == lastJob + 1, "signal " + signal.id() + " after " + lastJob);
        lastJob = signal.id();
        lastSignalMs = signal.epochMs();
        jobs.put(signal.id(), new Job(signal, signal.lots()));
    }

    void withdraw(HedgeEvent.JobWithdrawn event) {
        Job job = job(event.job());
        require(job.unclaimedLots() == event.lots(), "withdrawn " + event + " of " + job);
        // what comes back of its leases is wanted no more either
        jobs.remove(job.id());
    }

    void claim(Lease lease) {
        Job job = job(lease.job());
        long left = job.unclaimedLots() - lease.lots();
        require(
                lease.fence() == lastFence + 1
                        && Long.signum(lease.lots()) == Long.signum(job.unclaimedLots())
                        && (left == 0 || Long.signum(left) == Long.signum(lease.lots())),
                "claim " + lease + " of " + job);
        lastFence = lease.fence();
        jobs.put(job.id(), job.with(left));
        leases.put(lease.fence(), lease);
        keepers.put(lease.keeper(), keeper(lease.keeper()).claimed(lease));
    }

    void release(long fence, long nowMs) {
        Lease lease = lease(fence);
        require(lease.isLive(), "lease " + lease + " has ended");
        leases.put(fence, lease.released(nowMs));
    }

    /** What is open is offered again, but for what is reported and not booked: the ledger will say. */
    void end(HedgeEvent.LeaseEnded event) {
        Lease lease = lease(event.fence());
        require(lease.isLive(), "lease " + lease + " has ended");
        long open = lease.openLots() - reported(event.fence(), lease.openLots());
        Lease ended = lease.ended(event.epochMs());
        leases.put(event.fence(), ended);
        score(ended, event.why().equals("released"));
        Job job = jobs.get(lease.job());
        if (job != null) {
            jobs.put(job.id(), job.with(Math.addExact(job.unclaimedLots(), open)));
            closeIfDone(job.id());
        }
        forgetOldest();
    }

    /** Lots reported under a lease, no more than are open. */
    private long reported(long fence, long open) {
        long lots = 0;
        for (HedgeState.ReportedFill report : reports.values()) {
            if (report.fence() == fence) {
                lots += report.lots();
            }
        }
        return Math.abs(lots) <= Math.abs(open) ? lots : open;
    }

    void report(HedgeEvent.FillReported event) {
        String key = HedgeState.key(event.venue(), event.tradeId());
        require(!reports.containsKey(key), "reported twice: " + key);
        reports.put(
                key,
                new HedgeState.ReportedFill(
                        event.fence(),
                        event.keeper(),
                        event.venue(),
                        event.tradeId(),
                        event.lots(),
                        event.epochMs()));
    }

    void refute(HedgeEvent.ReportRefuted event) {
        reports.remove(HedgeState.key(event.venue(), event.tradeId()));
        keepers.put(event.keeper(), keeper(event.keeper()).lied());
    }

    void book(HedgeEvent.FillBooked event) {
        VenueFill fill = event.fill();
        venues.put(event.venue(), before.venue(event.venue()).with(fill, before.spec()));
        reports.remove(HedgeState.key(event.venue(), fill.tradeId()));
        purse = event.purse();
        rewards = rewards.plus(event.reward());
        Lease lease = leases.get(event.fence());
        if (lease == null) {
            return;
        }
        long stray = fill.lots() - event.withinLots();
        boolean late = lease.isLate(fill);
        keepers.put(
                lease.keeper(),
                keeper(lease.keeper())
                        .filled(
                                event.withinLots(),
                                late ? stray : 0,
                                late ? 0 : stray,
                                event.reward()));
        Lease after =
                lease.filled(
                        HedgeState.key(event.venue(), fill.tradeId()),
                        event.withinLots(),
                        event.reward(),
                        event.epochMs());
        leases.put(lease.fence(), after);
        if (lease.isLive() && !after.isLive()) {
            score(after, false);
            closeIfDone(lease.job());
            forgetOldest();
        }
    }

    HedgeState built() {
        return new HedgeState(
                before.underlying(),
                before.sequence() + 1,
                perpetual,
                policy,
                venues,
                jobs,
                leases,
                reports,
                keepers,
                lastJob,
                lastSignalMs,
                lastFence,
                rewards,
                purse,
                stopped);
    }

    private void score(Lease lease, boolean released) {
        keepers.put(lease.keeper(), keeper(lease.keeper()).ended(lease, released));
    }

    private void closeIfDone(long id) {
        Job job = jobs.get(id);
        boolean leased = leases.values().stream().anyMatch(l -> l.job() == id && l.isLive());
        if (job != null && job.unclaimedLots() == 0 && !leased) {
            jobs.remove(id);
        }
    }

    /** The oldest ended leases go first. */
    private void forgetOldest() {
        long ended = leases.values().stream().filter(lease -> !lease.isLive()).count();
        Iterator<Lease> oldest = leases.values().iterator();
        while (ended > HedgeState.MOST_LEASES && oldest.hasNext()) {
            if (!oldest.next().isLive()) {
                oldest.remove();
                ended--;
            }
        }
    }

    private KeeperScore keeper(KeeperId keeper) {
        return keepers.getOrDefault(keeper, KeeperScore.NEW);
    }

    private Job job(long id) {
        Job job = jobs.get(id);
        require(job != null, "job " + id + " is not open");
        return Objects.requireNonNull(job);
    }

    private Lease lease(long fence) {
        Lease lease = leases.get(fence);
        require(lease != null, "lease " + fence + " is not known");
        return Objects.requireNonNull(lease);
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new BrokenInvariant("hedges of " + before.underlying() + ": " + what);
        }
    }
}
