package io.dolim.book.hedge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Keepers that claim, vanish, trade too much, too late or not at all, report twice, or lie; a venue that is silent. */
class HedgeLivesTest {

    private static final int LIVES = Integer.getInteger("dolim.lives", 400);
    private static final List<KeeperId> KEEPERS =
            List.of(Hedges.ANNA, Hedges.BERT, new KeeperId("carl"));

    private static final List<PolicyTerms.Kind> KINDS =
            List.of(
                    PolicyTerms.Kind.PASSIVE,
                    PolicyTerms.Kind.REACTIVE,
                    PolicyTerms.Kind.PROACTIVE);

    @Test
    void whateverKeepersDoTheBooksEndEqualToTheLedgerAndTheDeltaInsideItsBand() {
        long fills = 0;
        long refuted = 0;
        for (long seed = 0; seed < LIVES; seed++) {
            Life life = new Life(seed);
            for (int i = 0; i < 120; i++) {
                life.step();
            }
            life.settle();
            fills += life.hedges.state.venue(Hedges.VENUE).afterTrade();
            for (KeeperId keeper : KEEPERS) {
                refuted += life.hedges.state.keeper(keeper).refuted();
            }
        }
        assertTrue(fills > 3L * LIVES && refuted > LIVES / 4, fills + " " + refuted);
    }

    private static final class Life {

        private final long seed;
        private final SplittableRandom random;
        private final Hedges hedges;
        private final PlainLedger ledger;
        private final List<VenueFill> unreported = new ArrayList<>();
        private long nowMs = Hedges.START_MS;
        private double spot = 65_000;
        private double delta;
        private int lies;

        Life(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            PolicyTerms.Kind kind = KINDS.get((int) (seed % 3));
            this.hedges =
                    Hedges.begun(
                            "policy { kind = "
                                    + kind
                                    + ", interval = 10 s }, buffer.most-usdc = \"100000000\"");
            this.ledger = new PlainLedger(hedges.terms.spec());
            hear();
        }

        void step() {
            nowMs += random.nextLong(50, 2_500);
            spot *= 1 + random.nextDouble(-0.002, 0.002);
            delta += random.nextDouble(-3, 3);
            hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, nowMs));
            judge();
            keeper(KEEPERS.get(random.nextInt(KEEPERS.size())));
            if (random.nextInt(4) > 0) {
                hear();
            }
        }

        /** Nothing that is on its way together leaves the band on its other side. */
        private void judge() {
            Residual residual =
                    hedges.judge(Hedges.inputs(nowMs, spot, delta, 0.0001 * random.nextInt(-5, 6)));
            double after =
                    residual.netCoins()
                            + 0.001 * (hedges.state.committedLots() + hedges.state.unclaimedLots());
            double lot = 0.0011;
            if (hedges.state.unclaimedLots() < 0) {
                assertTrue(
                        after >= residual.band().lowCoins() - lot,
                        () -> "seed=" + seed + " " + residual + " " + after);
            }
            if (hedges.state.unclaimedLots() > 0) {
                assertTrue(
                        after <= residual.band().highCoins() + lot,
                        () -> "seed=" + seed + " " + residual + " " + after);
            }
        }

        private void keeper(KeeperId keeper) {
            for (Job job : List.copyOf(hedges.state.jobs().values())) {
                if (job.unclaimedLots() != 0 && random.nextInt(3) > 0) {
                    long lots =
                            random.nextBoolean()
                                    ? 0
                                    : Long.signum(job.unclaimedLots())
                                            * random.nextLong(1, Math.abs(job.unclaimedLots()) + 1);
                    hedges.claim(keeper, job.id(), lots, nowMs);
                }
            }
            for (Lease lease : List.copyOf(hedges.state.leases().values())) {
                if (lease.keeper().equals(keeper) && random.nextInt(2) == 0) {
                    act(lease);
                }
            }
        }

        private void act(Lease lease) {
            switch (random.nextInt(lease.isLive() ? 6 : 40)) {
                case 0, 1, 2 -> trade(lease, lease.openLots());
                case 3 -> trade(lease, lease.openLots() + 7L * Long.signum(lease.lots()));
                case 4 -> hedges.release(lease.keeper(), lease.fence(), nowMs);
                case 5 ->
                        hedges.report(
                                lease.keeper(),
                                lease.fence(),
                                "lie-" + lies++,
                                lease.lots(),
                                nowMs);
                default -> again(lease);
            }
        }

        private void trade(Lease lease, long lots) {
            if (lots == 0) {
                return;
            }
            String price = String.format(java.util.Locale.ROOT, "%.1f", spot);
            VenueFill fill = ledger.trade(lease.label(Hedges.BTC), lots, price, nowMs);
            if (random.nextInt(3) > 0) {
                hedges.report(lease.keeper(), lease.fence(), fill.tradeId(), fill.lots(), nowMs);
            } else {
                unreported.add(fill);
            }
        }

        private void again(Lease lease) {
            if (!lease.trades().isEmpty()) {
                String trade = lease.trades().first().substring(Hedges.VENUE.length() + 1);
                hedges.report(lease.keeper(), lease.fence(), trade, lease.lots(), nowMs);
            } else if (!unreported.isEmpty()) {
                VenueFill old = unreported.removeFirst();
                hedges.report(lease.keeper(), lease.fence(), old.tradeId(), old.lots(), nowMs);
            }
        }

        private void hear() {
            if (random.nextInt(20) == 0) {
                ledger.pay(
                        VenuePayment.Kind.FUNDING, new Usdc(random.nextLong(-5_000, 5_000)), nowMs);
            }
            hedges.hear(ledger.told(hedges.state.venue(Hedges.VENUE), nowMs), nowMs);
        }

        /** One honest keeper on a market that stands. */
        void settle() {
            KeeperId honest = new KeeperId("honest");
            Residual residual = null;
            for (int i = 0; i < 40; i++) {
                nowMs += 3_000;
                hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, nowMs));
                hear();
                residual = hedges.judge(Hedges.inputs(nowMs, spot, delta, 0));
                for (Job job : List.copyOf(hedges.state.jobs().values())) {
                    hedges.claim(honest, job.id(), 0, nowMs);
                }
                for (Lease lease : List.copyOf(hedges.state.leases().values())) {
                    if (lease.keeper().equals(honest) && lease.isLive()) {
                        String price = String.format(java.util.Locale.ROOT, "%.1f", spot);
                        ledger.trade(lease.label(Hedges.BTC), lease.openLots(), price, nowMs);
                    }
                }
                hear();
            }
            VenueBook book = hedges.state.venue(Hedges.VENUE);
            assertEquals(ledger.lots(), book.lots(), "seed=" + seed);
            assertEquals(ledger.cash(book.cost()), book.cash(), "seed=" + seed);
            assertTrue(hedges.state.reports().isEmpty(), "seed=" + seed);
            boolean waits =
                    residual != null
                            && (residual.why() == Residual.Why.INSIDE
                                    || residual.why() == Residual.Why.INTERVAL);
            assertTrue(waits, () -> "seed=" + seed + " " + hedges.state.jobs());
            double net = delta + 0.001 * hedges.state.lots();
            assertTrue(Math.abs(net) <= 2.002, () -> "seed=" + seed + " net=" + net);
            rewardsAddUp();
            replays();
        }

        private void rewardsAddUp() {
            Usdc paid = Usdc.ZERO;
            for (KeeperScore score : hedges.state.keepers().values()) {
                paid = paid.plus(score.rewards());
                assertTrue(
                        score.spentToday().compareTo(hedges.terms.reward().dailyBudget()) <= 0,
                        "seed=" + seed + " " + score);
            }
            assertEquals(hedges.state.rewards(), paid, "seed=" + seed);
            for (Lease lease : hedges.state.leases().values()) {
                assertTrue(
                        Math.abs(lease.filledLots()) <= Math.abs(lease.lots()),
                        () -> "seed=" + seed + " " + lease);
            }
        }

        private void replays() {
            HedgeState again = HedgeState.empty(Hedges.BTC);
            for (HedgeEvent event : hedges.events) {
                again = again.apply(event);
            }
            assertArrayEquals(
                    StoredEventSerializer.canonicalBytes(hedges.state),
                    StoredEventSerializer.canonicalBytes(again));
        }
    }
}
