package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/** What keepers may do on the board. Pure. */
final class BoardDecisions {

    /** Live leases that one keeper may have. */
    static final int MOST_LEASES = 8;

    private BoardDecisions() {}

    /** Answer to a keeper. */
    sealed interface Decision {}

    /** To be written, then answered. */
    record Write(List<HedgeEvent> events) implements Decision {
        Write {
            events = List.copyOf(events);
        }
    }

    /** Nothing changes; it is so already. */
    record Known() implements Decision {}

    /**
     * Nothing changes, by a rule.
     *
     * @param numbers the figures behind it, by name
     */
    record Refuse(String rule, SortedMap<String, Double> numbers) implements Decision {
        static Refuse of(String rule) {
            return new Refuse(rule, new TreeMap<>());
        }

        static Refuse of(String rule, String name, double is, double limit) {
            SortedMap<String, Double> numbers = new TreeMap<>();
            numbers.put(name, is);
            numbers.put("limit", limit);
            return new Refuse(rule, numbers);
        }
    }

    /**
     * A claim on a job.
     *
     * @param lots how many, signed as the job; 0 for all that are left
     */
    static Decision claim(
            HedgeState state, HedgeTerms terms, KeeperId keeper, long id, long lots, long nowMs) {
        Job job = state.jobs().get(id);
        if (job == null) {
            return Refuse.of(id > 0 && id <= state.lastJob() ? "job_closed" : "unknown_job");
        }
        long open = job.unclaimedLots();
        if (open == 0) {
            return Refuse.of("nothing_left");
        }
        long asked = lots == 0 ? open : lots;
        if (Long.signum(asked) != Long.signum(open) || Math.abs(asked) > Math.abs(open)) {
            return Refuse.of("more_than_left", "lots", (double) asked, (double) open);
        }
        KeeperScore score = state.keeper(keeper);
        if (score.isSuspended()) {
            return Refuse.of(
                    "suspended",
                    "points",
                    (double) score.points(),
                    (double) KeeperScore.SUSPENDED_UNDER);
        }
        if (nowMs < score.restsUntilMs()) {
            return Refuse.of("resting", "now", (double) nowMs, (double) score.restsUntilMs());
        }
        long live =
                state.leases().values().stream()
                        .filter(lease -> lease.isLive() && lease.keeper().equals(keeper))
                        .count();
        if (live >= MOST_LEASES) {
            return Refuse.of("too_many_leases", "leases", (double) live, MOST_LEASES);
        }
        return claimed(state, terms, keeper, job, asked, nowMs);
    }

    private static Decision claimed(
            HedgeState state, HedgeTerms terms, KeeperId keeper, Job job, long lots, long nowMs) {
        HedgeSignal signal = job.signal();
        double share = terms.reward().share(Math.max(0, nowMs - signal.epochMs()));
        double spot = signal.inputs().spotUsdc();
        Usdc reserved = reward(terms.spec(), share, lots, spot);
        Usdc spent = state.keeper(keeper).spentOn(nowMs).plus(reserved);
        Usdc budget = terms.reward().dailyBudget();
        if (spent.compareTo(budget) > 0) {
            return Refuse.of(
                    "budget_exhausted", "reward_usdc", spent.toDouble(), budget.toDouble());
        }
        return new Write(
                List.of(
                        new HedgeEvent.JobClaimed(
                                state.underlying(),
                                nowMs,
                                new Lease(
                                        job.id(),
                                        state.lastFence() + 1,
                                        keeper,
                                        lots,
                                        0,
                                        nowMs,
                                        nowMs + terms.leaseMs(),
                                        0,
                                        share,
                                        reserved,
                                        Usdc.ZERO,
                                        spot,
                                        signal.limitUsdc(),
                                        new TreeSet<>()))));
    }

    /** A share of what so many lots are worth, to the nearest micro. */
    static Usdc reward(PerpetualSpec spec, double share, long lots, double priceUsdc) {
        return Usdc.nearest(share * Math.abs(spec.coins(lots).doubleValue()) * priceUsdc);
    }

    /** A keeper's word that it has traded under its lease. */
    static Decision report(
            HedgeState state,
            KeeperId keeper,
            long fence,
            String venue,
            String tradeId,
            long lots,
            long nowMs) {
        Lease lease = state.leases().get(fence);
        if (lease == null || !lease.keeper().equals(keeper)) {
            return Refuse.of(lease == null ? "unknown_lease" : "not_yours");
        }
        if (!state.venues().containsKey(venue)) {
            return Refuse.of("unknown_venue");
        }
        if (tradeId.isEmpty() || tradeId.length() > VenueOrder.LONGEST_LABEL) {
            return Refuse.of(
                    "trade_id_length",
                    "length",
                    (double) tradeId.length(),
                    VenueOrder.LONGEST_LABEL);
        }
        String key = HedgeState.key(venue, tradeId);
        HedgeState.ReportedFill before = state.reports().get(key);
        if (lease.trades().contains(key) || (before != null && before.fence() == fence)) {
            return new Known();
        }
        if (before != null) {
            return Refuse.of("reported_by_another");
        }
        if (Long.signum(lots) != Long.signum(lease.lots())) {
            return Refuse.of("wrong_side", "lots", (double) lots, (double) lease.lots());
        }
        long reported =
                state.reports().values().stream().filter(each -> each.fence() == fence).count();
        if (reported + lease.trades().size() >= Lease.MOST_TRADES) {
            return Refuse.of("too_many_reports", "reports", (double) reported, Lease.MOST_TRADES);
        }
        return new Write(
                List.of(
                        new HedgeEvent.FillReported(
                                state.underlying(), nowMs, fence, keeper, venue, tradeId, lots)));
    }

    /** A keeper trades no more: what it has not traded is offered again once venues have told. */
    static Decision release(HedgeState state, KeeperId keeper, long fence, long nowMs) {
        Lease lease = state.leases().get(fence);
        if (lease == null || !lease.keeper().equals(keeper)) {
            return Refuse.of(lease == null ? "unknown_lease" : "not_yours");
        }
        return lease.isLive() && nowMs < lease.untilMs()
                ? new Write(List.of(new HedgeEvent.LeaseReleased(state.underlying(), nowMs, fence)))
                : new Known();
    }

    /**
     * Leases whose time is over.
     *
     * @param told whether every venue has said since a moment what was traded there: before that, what may
     *     have been traded is not offered again
     */
    static List<HedgeEvent> expired(
            HedgeState state, HedgeTerms terms, LongPredicate told, long nowMs) {
        List<HedgeEvent> events = new ArrayList<>();
        for (Lease lease : state.leases().values()) {
            if (lease.isLive() && lease.untilMs() <= nowMs && told.test(lease.untilMs())) {
                events.add(
                        new HedgeEvent.LeaseEnded(
                                state.underlying(),
                                nowMs,
                                lease.fence(),
                                lease.untilMs() < lease.claimedMs() + terms.leaseMs()
                                        ? "released"
                                        : "expired"));
            }
        }
        return events;
    }
}
