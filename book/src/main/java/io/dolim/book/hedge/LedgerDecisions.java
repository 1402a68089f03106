package io.dolim.book.hedge;

import io.dolim.book.trade.Posting;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the books to what a venue's ledger says. Only the ledger moves money: what a keeper reports is
 * looked for in it. Pure.
 */
public final class LedgerDecisions {

    private static final double MOST_COINS = 1e6;
    private static final double MOST_USDC = 1e9;
    private static final int LONGEST_WHY = 200;

    private final HedgeTerms terms;
    private final String venue;
    private final long nowMs;
    private final List<HedgeEvent> events = new ArrayList<>();
    private HedgeState state;

    private LedgerDecisions(HedgeState state, HedgeTerms terms, String venue, long nowMs) {
        this.state = state;
        this.terms = terms;
        this.venue = venue;
        this.nowMs = nowMs;
    }

    /**
     * What a ledger adds.
     *
     * @param differed whether the one before differed too: one alone may have been read while it moved
     */
    public static List<HedgeEvent> of(
            HedgeState state, HedgeTerms terms, Venue.Ledger ledger, boolean differed, long nowMs) {
        LedgerDecisions decisions = new LedgerDecisions(state, terms, ledger.venue(), nowMs);
        try {
            ledger.fills().forEach(decisions::fill);
            ledger.payments().forEach(decisions::payment);
            if (ledger.isWhole()) {
                decisions.compare(ledger, differed);
                decisions.refuteOld();
            }
            decisions.requireSane();
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            // what cannot be reckoned with is not half believed, and takes down no engine
            return falls(state, ledger.venue(), "unreadable: " + unreadable.getMessage(), nowMs);
        }
        return decisions.events;
    }

    private void requireSane() {
        VenueBook book = state.venue(venue);
        double coins = Math.abs(terms.spec().coins(book.lots()).doubleValue());
        double usdc = Math.max(Math.abs(book.cost().toDouble()), Math.abs(book.cash().toDouble()));
        if (coins > MOST_COINS || usdc > MOST_USDC) {
            throw new IllegalArgumentException(
                    "coins=" + coins + " usdc=" + usdc + " are more than a pool has");
        }
    }

    /** Whether the books are what a whole ledger says. */
    static boolean agrees(HedgeState state, HedgeTerms terms, Venue.Ledger ledger) {
        VenueBook book = state.venue(ledger.venue());
        long apart = Math.abs(book.cash().minus(ledger.cash()).micros());
        return book.lots() == ledger.lots() && apart <= terms.cashTolerance().micros();
    }

    /** A venue that has not said anything for too long does not stand. */
    static List<HedgeEvent> silent(HedgeState state, String venue, long nowMs) {
        return falls(state, venue, "silent", nowMs);
    }

    private static List<HedgeEvent> falls(HedgeState state, String venue, String why, long nowMs) {
        VenueBook book = state.venue(venue);
        return book.standing()
                ? List.of(
                        new HedgeEvent.VenueStood(
                                state.underlying(),
                                nowMs,
                                venue,
                                false,
                                why.substring(0, Math.min(why.length(), LONGEST_WHY)),
                                book.lots(),
                                book.cash()))
                : List.of();
    }

    /** An operator takes a venue's word for what lies there, valued at its own mark. */
    static HedgeEvent adopted(
            HedgeState state, HedgeTerms terms, Venue.Ledger ledger, String by, long nowMs) {
        VenueBook book = state.venue(ledger.venue());
        List<Posting> postings = new ArrayList<>();
        move(postings, Posting.venue(ledger.venue()), ledger.cash().minus(book.cash()));
        lots(postings, terms.spec(), Math.subtractExact(ledger.lots(), book.lots()));
        return new HedgeEvent.LedgerAdopted(
                state.underlying(),
                nowMs,
                by,
                ledger.venue(),
                ledger.lots(),
                cost(terms.spec(), ledger),
                ledger.cash(),
                postings);
    }

    /** What the position was bought for by the venue's own equity: value at mark less what is unrealised. */
    private static Usdc cost(PerpetualSpec spec, Venue.Ledger ledger) {
        Usdc value =
                Usdc.nearest(spec.coins(ledger.lots()).multiply(ledger.markUsdc()).doubleValue());
        return value.minus(ledger.equity().minus(ledger.cash()));
    }

    private void add(HedgeEvent event) {
        events.add(event);
        state = state.apply(event);
    }

    private void fill(VenueFill fill) {
        if (fill.sequence() <= state.venue(venue).afterTrade()) {
            return;
        }
        long fence = Lease.fenceOf(fill.label(), state.underlying());
        Lease lease = state.leases().get(fence);
        HedgeState.ReportedFill report = state.reports().get(HedgeState.key(venue, fill.tradeId()));
        if (report != null && report.fence() != fence) {
            refute(report, "traded under another lease");
        }
        long within = lease == null ? 0 : lease.within(fill);
        Usdc reward =
                lease == null
                        ? Usdc.ZERO
                        : BoardDecisions.reward(
                                terms.spec(),
                                lease.rewardShare(),
                                within,
                                fill.priceUsdc().doubleValue());
        Usdc cost = cost(fill, lease).plus(fill.fee()).plus(reward);
        List<Posting> postings = new ArrayList<>();
        Usdc gain = state.venue(venue).realisedBy(fill, terms.spec());
        move(postings, Posting.venue(venue), gain.minus(fill.fee()));
        lots(postings, terms.spec(), fill.lots());
        if (lease != null && reward.signum() != 0) {
            postings.add(Posting.cash(Posting.POOL, reward.negated()));
            postings.add(Posting.cash(Posting.keeper(lease.keeper().text()), reward));
        }
        add(
                new HedgeEvent.FillBooked(
                        state.underlying(),
                        nowMs,
                        venue,
                        fill,
                        lease == null ? 0 : fence,
                        within,
                        reward,
                        cost,
                        state.purse().spent(cost, nowMs, terms.buffer()),
                        postings));
    }

    /** How much worse the price was than the index at the signal; negative when it was better. */
    private Usdc cost(VenueFill fill, @org.jspecify.annotations.Nullable Lease lease) {
        if (lease == null) {
            return Usdc.ZERO;
        }
        double worse = fill.priceUsdc().doubleValue() - lease.spotUsdc();
        return Usdc.nearest(terms.spec().coins(fill.lots()).doubleValue() * worse);
    }

    private void payment(VenuePayment payment) {
        if (payment.sequence() <= state.venue(venue).afterPayment()) {
            return;
        }
        List<Posting> postings = new ArrayList<>();
        if (payment.kind() == VenuePayment.Kind.TRANSFER) {
            postings.add(Posting.cash(Posting.POOL, payment.amount().negated()));
            postings.add(Posting.cash(Posting.venue(venue), payment.amount()));
        } else {
            move(postings, Posting.venue(venue), payment.amount());
        }
        add(new HedgeEvent.PaymentBooked(state.underlying(), nowMs, venue, payment, postings));
    }

    private void compare(Venue.Ledger ledger, boolean differed) {
        boolean agrees = agrees(state, terms, ledger);
        boolean stood = state.venue(venue).standing();
        if (agrees == stood && state.venues().containsKey(venue)) {
            return;
        }
        if (agrees || (differed && stood)) {
            add(
                    new HedgeEvent.VenueStood(
                            state.underlying(),
                            nowMs,
                            venue,
                            agrees,
                            agrees ? "agrees" : "differs",
                            ledger.lots(),
                            ledger.cash()));
        }
    }

    private void refuteOld() {
        for (HedgeState.ReportedFill report : List.copyOf(state.reports().values())) {
            if (report.venue().equals(venue) && nowMs - report.sinceMs() > terms.verifyMs()) {
                refute(report, "the venue's ledger does not have it");
            }
        }
    }

    private void refute(HedgeState.ReportedFill report, String why) {
        add(
                new HedgeEvent.ReportRefuted(
                        state.underlying(),
                        nowMs,
                        report.fence(),
                        report.keeper(),
                        report.venue(),
                        report.tradeId(),
                        why));
        Lease lease = state.leases().get(report.fence());
        if (lease != null && lease.isLive()) {
            add(new HedgeEvent.LeaseEnded(state.underlying(), nowMs, report.fence(), "refuted"));
        }
    }

    private static void move(List<Posting> postings, String ledger, Usdc amount) {
        if (amount.signum() != 0) {
            postings.add(Posting.cash(ledger, amount));
            postings.add(Posting.cash(Posting.EXTERNAL, amount.negated()));
        }
    }

    private static void lots(List<Posting> postings, PerpetualSpec spec, long lots) {
        if (lots != 0) {
            postings.add(new Posting(Posting.POOL, spec.instrument(), lots));
            postings.add(new Posting(Posting.EXTERNAL, spec.instrument(), -lots));
        }
    }
}
