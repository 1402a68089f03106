package io.dolim.book.hedge;

import io.dolim.book.trade.Posting;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Set;

/** What a {@link Hedger} writes down; a stored format, described in {@code doc/events.md}. */
public sealed interface HedgeEvent extends StoredEvent {

    /** Whose hedges. */
    Underlying underlying();

    /** The feed's clock, milliseconds since 1970. */
    long epochMs();

    /** Under which names read models find it. */
    Set<String> tags();

    /**
     * The first event: what is traded from now on.
     *
     * @param spec whose lots all others count
     * @param policy the configured one
     * @param venues that were configured then
     */
    record HedgingBegun(
            Underlying underlying,
            long epochMs,
            PerpetualSpec spec,
            PolicyTerms policy,
            List<String> venues)
            implements HedgeEvent {
        /** Copies the venues. */
        public HedgingBegun {
            venues = List.copyOf(venues);
        }

        @Override
        public Set<String> tags() {
            return Set.of("kind:hedging-begun", ESSENTIAL);
        }
    }

    /** A policy is in force. {@code by} is the credential. */
    record PolicyChosen(Underlying underlying, long epochMs, String by, PolicyTerms policy)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:policy-chosen");
        }
    }

    /** The net delta has left its band: this is to be traded. */
    record SignalRaised(Underlying underlying, long epochMs, HedgeSignal signal)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:signal-raised", ESSENTIAL);
        }
    }

    /** What nobody had claimed of a job is wanted no more. */
    record JobWithdrawn(Underlying underlying, long epochMs, long job, long lots, String why)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:job-withdrawn", ESSENTIAL);
        }
    }

    /** A keeper has claimed a part of a job. */
    record JobClaimed(Underlying underlying, long epochMs, Lease lease) implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:job-claimed", byKeeper(lease.keeper()), ESSENTIAL);
        }
    }

    /** A keeper trades no more under its lease; it ends once venues have told what was traded until now. */
    record LeaseReleased(Underlying underlying, long epochMs, long fence) implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:lease-released", ESSENTIAL);
        }
    }

    /** A lease has ended with something open. {@code why}: {@code released}, {@code expired} or {@code refuted}. */
    record LeaseEnded(Underlying underlying, long epochMs, long fence, String why)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:lease-ended", ESSENTIAL);
        }
    }

    /** A keeper says that it traded; the venue's ledger has not said so yet. */
    record FillReported(
            Underlying underlying,
            long epochMs,
            long fence,
            KeeperId keeper,
            String venue,
            String tradeId,
            long lots)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:fill-reported", byKeeper(keeper), ESSENTIAL);
        }
    }

    /** The venue's ledger has no such trade of that keeper's. */
    record ReportRefuted(
            Underlying underlying,
            long epochMs,
            long fence,
            KeeperId keeper,
            String venue,
            String tradeId,
            String why)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:report-refuted", byKeeper(keeper), ESSENTIAL);
        }
    }

    /**
     * A trade of the venue's ledger is in the books.
     *
     * @param fence of the lease that it was made under; 0 when it is nobody's
     * @param withinLots of the fill, in time and within the claim
     * @param reward of the keeper
     * @param cost against the signal's price, with fee and reward: what it takes from the purse
     * @param purse after it
     */
    record FillBooked(
            Underlying underlying,
            long epochMs,
            String venue,
            VenueFill fill,
            long fence,
            long withinLots,
            Usdc reward,
            Usdc cost,
            Purse purse,
            List<Posting> postings)
            implements HedgeEvent {
        /** Copies the postings. */
        public FillBooked {
            postings = List.copyOf(postings);
        }

        @Override
        public Set<String> tags() {
            return Set.of("kind:fill-booked", "venue:" + venue, ESSENTIAL);
        }
    }

    /** A payment of the venue's ledger is in the books. */
    record PaymentBooked(
            Underlying underlying,
            long epochMs,
            String venue,
            VenuePayment payment,
            List<Posting> postings)
            implements HedgeEvent {
        /** Copies the postings. */
        public PaymentBooked {
            postings = List.copyOf(postings);
        }

        @Override
        public Set<String> tags() {
            return Set.of("kind:payment-booked", "venue:" + venue, ESSENTIAL);
        }
    }

    /**
     * A venue's ledger agrees with the books from now on, or does not.
     *
     * @param why {@code agrees}, {@code silent} or {@code differs}
     * @param ledgerLots what the venue says
     * @param ledgerCash what the venue says
     */
    record VenueStood(
            Underlying underlying,
            long epochMs,
            String venue,
            boolean standing,
            String why,
            long ledgerLots,
            Usdc ledgerCash)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:venue-stood", "venue:" + venue, ESSENTIAL);
        }
    }

    /** An operator takes the venue's word for what lies there. */
    record LedgerAdopted(
            Underlying underlying,
            long epochMs,
            String by,
            String venue,
            long lots,
            Usdc cost,
            Usdc cash,
            List<Posting> postings)
            implements HedgeEvent {
        /** Copies the postings. */
        public LedgerAdopted {
            postings = List.copyOf(postings);
        }

        @Override
        public Set<String> tags() {
            return Set.of("kind:ledger-adopted", "venue:" + venue, ESSENTIAL);
        }
    }

    /** No signal is raised any more. {@code by} is the credential, or the breaker's rule. */
    record HedgingStopped(Underlying underlying, long epochMs, String by, String why)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:hedging-stopped", ESSENTIAL);
        }
    }

    /** Signals are raised again. */
    record HedgingResumed(Underlying underlying, long epochMs, String by, String why)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:hedging-resumed", ESSENTIAL);
        }
    }

    /** A keeper may claim again. */
    record KeeperForgiven(Underlying underlying, long epochMs, String by, KeeperId keeper)
            implements HedgeEvent {
        @Override
        public Set<String> tags() {
            return Set.of("kind:keeper-forgiven", byKeeper(keeper));
        }
    }

    private static String byKeeper(KeeperId keeper) {
        return "keeper:" + keeper;
    }
}
