package io.dolim.book.hedge;

import io.dolim.book.trade.Posting;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One of each event of a Hedger, and a state that some of them make. */
public final class HedgeSamples {

    private static final Underlying BTC = new Underlying("BTC");
    private static final long MS = 1_790_000_000_000L;
    private static final KeeperId ANNA = new KeeperId("anna");
    private static final PerpetualSpec SPEC =
            new PerpetualSpec(BTC, new BigDecimal("0.001"), new BigDecimal("0.1"));
    private static final PolicyTerms POLICY =
            new PolicyTerms(PolicyTerms.Kind.PROACTIVE, 900_000, 2, 0.5, 2, 0.1, false);

    private HedgeSamples() {}

    /** By manifest. */
    public static SortedMap<String, StoredEvent> byManifest() {
        SortedMap<String, StoredEvent> events = new TreeMap<>();
        events.put("hedging-begun.1", begun());
        events.put("policy-chosen.1", new HedgeEvent.PolicyChosen(BTC, MS, "olga", POLICY));
        events.put("signal-raised.1", new HedgeEvent.SignalRaised(BTC, MS, signal()));
        events.put(
                "job-withdrawn.1",
                new HedgeEvent.JobWithdrawn(BTC, MS + 1, 1, 5_000, "superseded"));
        events.put("job-claimed.1", new HedgeEvent.JobClaimed(BTC, MS + 10, lease()));
        events.put("lease-released.1", new HedgeEvent.LeaseReleased(BTC, MS + 40, 1));
        events.put("lease-ended.1", new HedgeEvent.LeaseEnded(BTC, MS + 5_010, 1, "expired"));
        events.put(
                "fill-reported.1",
                new HedgeEvent.FillReported(BTC, MS + 20, 1, ANNA, "sim", "t1", 5_000));
        events.put(
                "report-refuted.1",
                new HedgeEvent.ReportRefuted(
                        BTC, MS + 11_000, 1, ANNA, "sim", "t9", "no ledger has it"));
        events.put("fill-booked.1", booked());
        events.put(
                "payment-booked.1",
                new HedgeEvent.PaymentBooked(
                        BTC,
                        MS + 30,
                        "sim",
                        new VenuePayment(
                                1, MS + 29, VenuePayment.Kind.TRANSFER, Usdc.ofWhole(50_000)),
                        List.of(
                                Posting.cash(Posting.POOL, Usdc.ofWhole(-50_000)),
                                Posting.cash(Posting.venue("sim"), Usdc.ofWhole(50_000)))));
        events.put(
                "venue-stood.1",
                new HedgeEvent.VenueStood(BTC, MS + 5, "sim", true, "agrees", 0, Usdc.ZERO));
        events.put(
                "ledger-adopted.1",
                new HedgeEvent.LedgerAdopted(
                        BTC,
                        MS + 40,
                        "olga",
                        "sim",
                        4_000,
                        Usdc.ofWhole(260_000),
                        Usdc.ofWhole(49_000),
                        List.of()));
        events.put(
                "hedging-stopped.1",
                new HedgeEvent.HedgingStopped(BTC, MS + 50, "breaker", "hedging buffer is empty"));
        events.put(
                "hedging-resumed.1",
                new HedgeEvent.HedgingResumed(BTC, MS + 60, "olga", "refilled"));
        events.put("keeper-forgiven.1", new HedgeEvent.KeeperForgiven(BTC, MS + 70, "olga", ANNA));
        events.put("hedge-state.1", state());
        return events;
    }

    private static HedgeEvent begun() {
        return new HedgeEvent.HedgingBegun(BTC, MS, SPEC, POLICY, List.of("sim"));
    }

    private static HedgeSignal signal() {
        return new HedgeSignal(
                1,
                MS,
                10_000,
                new BigDecimal("65130.0"),
                Usdc.ofWhole(1_800),
                1,
                -10,
                new Band(-2, 2, -2, 2, "proactive: 2.0 coins around 0.0"),
                new HedgeInputs(MS, 65_000, -10, -0.0002, 0.0005, 3.5, 0.5, 10_000_000, 0.5));
    }

    private static Lease lease() {
        return new Lease(
                1,
                1,
                ANNA,
                5_000,
                0,
                MS + 10,
                MS + 5_010,
                0,
                0.0001,
                new Usdc(32_500_000),
                Usdc.ZERO,
                65_000,
                new BigDecimal("65130.0"),
                new TreeSet<>());
    }

    private static HedgeEvent booked() {
        return new HedgeEvent.FillBooked(
                BTC,
                MS + 25,
                "sim",
                new VenueFill(
                        1,
                        "t1",
                        MS + 19,
                        "dolim-BTC-1-1",
                        5_000,
                        new BigDecimal("65010.0"),
                        new Usdc(162_525_000)),
                1,
                5_000,
                new Usdc(32_505_000),
                new Usdc(245_030_000),
                new Purse(new Usdc(99_754_970_000L), MS + 25),
                List.of(
                        Posting.cash(Posting.venue("sim"), new Usdc(-162_525_000)),
                        Posting.cash(Posting.EXTERNAL, new Usdc(162_525_000)),
                        new Posting(Posting.POOL, SPEC.instrument(), 5_000),
                        new Posting(Posting.EXTERNAL, SPEC.instrument(), -5_000),
                        Posting.cash(Posting.POOL, new Usdc(-32_505_000)),
                        Posting.cash(Posting.keeper("anna"), new Usdc(32_505_000))));
    }

    private static HedgeState state() {
        return HedgeState.empty(BTC)
                .apply(begun())
                .apply(new HedgeEvent.SignalRaised(BTC, MS, signal()))
                .apply(new HedgeEvent.JobClaimed(BTC, MS + 10, lease()))
                .apply(new HedgeEvent.FillReported(BTC, MS + 15, 1, ANNA, "sim", "t2", 1))
                .apply(booked());
    }
}
