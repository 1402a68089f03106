package io.dolim.book.hedge;

import static io.dolim.book.hedge.Hedges.ANNA;
import static io.dolim.book.hedge.Hedges.BERT;
import static io.dolim.book.hedge.Hedges.START_MS;
import static io.dolim.book.hedge.Hedges.VENUE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that is short ten coins of delta, one signal for them, and what keepers may do with it. */
class BoardTest {

    private Hedges hedges = Hedges.begun("");
    private PlainLedger ledger = new PlainLedger(hedges.terms.spec());

    @BeforeEach
    void aSignal() {
        hedges =
                Hedges.begun(
                        "policy { kind = REACTIVE, inner-share = 0 }, reward { from = 0.0001, to ="
                                + " 0.0003, ramp = 2 s }");
        ledger = new PlainLedger(hedges.terms.spec());
        hear(START_MS);
        Residual residual = hedges.judge(START_MS, 65_000, -10);
        assertEquals(Residual.Why.UNDER_WAY, residual.why());
        assertEquals(10_000, job().unclaimedLots());
    }

    @Test
    void aClaimThatIsTradedAndReportedIsBookedRewardedAndInside() {
        Lease lease = claimed(ANNA, 0, START_MS + 1_000);
        assertEquals(0.0002, lease.rewardShare(), 1e-15);
        VenueFill fill = ledger.trade(label(lease), 10_000, "65010", START_MS + 1_500);
        assertInstanceOf(
                BoardDecisions.Write.class,
                hedges.report(ANNA, lease.fence(), fill.tradeId(), 10_000, START_MS + 1_600));
        hear(START_MS + 1_700);

        assertEquals(10_000, hedges.state.lots());
        assertEquals(Usdc.of(new BigDecimal("130.02")), hedges.state.rewards());
        assertEquals(KeeperScore.FILLED, hedges.state.keeper(ANNA).points());
        assertTrue(hedges.state.jobs().isEmpty());
        assertEquals(Residual.Why.INSIDE, hedges.judge(START_MS + 2_000, 65_000, -10).why());
        // slippage 10 a coin, fee 5 basis points, reward: out of the purse
        Usdc left = hedges.state.purse().at(START_MS + 1_700, hedges.terms.buffer());
        assertEquals(100_000 - 100 - 325.05 - 130.02, left.toDouble(), 1e-6);
    }

    @Test
    void aFillThatNobodyReportsIsBookedByItsLabel() {
        Lease lease = claimed(ANNA, 4_000, START_MS + 100);
        ledger.trade(label(lease), 4_000, "65000", START_MS + 200);
        hear(START_MS + 300);
        assertEquals(4_000, hedges.state.lots());
        assertEquals(4_000, hedges.state.keeper(ANNA).filledLots());
        assertEquals(6_000, job().unclaimedLots());
    }

    @Test
    void aReportSentAgainChangesNothingBeforeAndAfterTheLedgerHasIt() {
        Lease lease = claimed(ANNA, 0, START_MS + 100);
        VenueFill fill = ledger.trade(label(lease), 10_000, "65000", START_MS + 200);
        hedges.report(ANNA, lease.fence(), fill.tradeId(), 10_000, START_MS + 300);
        assertInstanceOf(
                BoardDecisions.Known.class,
                hedges.report(ANNA, lease.fence(), fill.tradeId(), 10_000, START_MS + 400));
        hear(START_MS + 500);
        assertInstanceOf(
                BoardDecisions.Known.class,
                hedges.report(ANNA, lease.fence(), fill.tradeId(), 10_000, START_MS + 600));
        hear(START_MS + 60_000);
        assertEquals(10_000, hedges.state.lots());
        assertEquals(0, hedges.state.keeper(ANNA).refuted());
    }

    @Test
    void aTradeThatNoLedgerKnowsIsALieThatEndsTheLeaseAndSuspends() {
        Lease lease = claimed(BERT, 0, START_MS + 100);
        hedges.report(BERT, lease.fence(), "t99", 10_000, START_MS + 200);
        hear(START_MS + 200 + hedges.terms.verifyMs());
        assertEquals(0, hedges.state.keeper(BERT).refuted());
        hear(START_MS + 201 + hedges.terms.verifyMs());
        assertEquals(1, hedges.state.keeper(BERT).refuted());
        assertEquals(10_000, job().unclaimedLots());
        assertEquals("suspended", refusal(hedges.claim(BERT, job().id(), 0, START_MS + 11_000)));
        assertEquals(0, hedges.state.lots());
    }

    @Test
    void whoReportsAnothersTradeLies() {
        Lease annas = claimed(ANNA, 5_000, START_MS + 100);
        Lease berts = claimed(BERT, 5_000, START_MS + 100);
        VenueFill fill = ledger.trade(label(annas), 5_000, "65000", START_MS + 200);
        hedges.report(BERT, berts.fence(), fill.tradeId(), 5_000, START_MS + 250);
        hear(START_MS + 300);
        assertEquals(1, hedges.state.keeper(BERT).refuted());
        assertEquals(5_000, hedges.state.keeper(ANNA).filledLots());
        assertEquals(Usdc.ZERO, hedges.state.keeper(BERT).rewards());
    }

    @Test
    void anExpiredLeaseIsOfferedAgainAndALateFillCountsForThePoolNotForTheKeeper() {
        Lease lease = claimed(ANNA, 0, START_MS);
        long over = START_MS + hedges.terms.leaseMs();
        hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, over - 1));
        assertTrue(hedges.lease(lease.fence()).isLive());
        hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> false, over));
        assertTrue(hedges.lease(lease.fence()).isLive(), "a venue has not said what was traded");
        hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, over));
        assertEquals(10_000, job().unclaimedLots());
        ledger.trade(label(lease), 10_000, "65000", over + 1);
        hear(over + 2);
        assertEquals(10_000, hedges.state.lots());
        assertEquals(Usdc.ZERO, hedges.state.rewards());
        assertEquals(10_000, hedges.state.keeper(ANNA).late());
        hedges.judge(over + 3, 65_000, -10);
        assertTrue(hedges.state.jobs().isEmpty(), "what is offered is withdrawn");
    }

    /** The keeper gives the lease back before the ledger has told what it reports. */
    @Test
    void whatIsReportedAndGivenBackIsNotOfferedAgain() {
        Lease lease = claimed(ANNA, 0, START_MS);
        VenueFill fill = ledger.trade(label(lease), 6_000, "65000", START_MS + 10);
        hedges.report(ANNA, lease.fence(), fill.tradeId(), 6_000, START_MS + 20);
        hedges.release(ANNA, lease.fence(), START_MS + 30);
        assertEquals(0, hedges.state.unclaimedLots(), "no venue has told yet");
        assertEquals(10_000, hedges.state.committedLots());
        hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, START_MS + 40));
        assertEquals(4_000, hedges.state.unclaimedLots());
        assertEquals(6_000, hedges.state.committedLots());
        hear(START_MS + 50);
        assertEquals(6_000, hedges.state.lots());
        assertEquals(0, hedges.state.committedLots());
        assertEquals(4_000, hedges.state.unclaimedLots());
        assertEquals(0, hedges.state.keeper(ANNA).expired());
        assertEquals(6_000, hedges.state.keeper(ANNA).filledLots(), "it was in time");
    }

    @Test
    void anOverfillIsBookedAndNotRewardedAndHedgedBack() {
        Lease lease = claimed(ANNA, 0, START_MS);
        ledger.trade(label(lease), 15_000, "65000", START_MS + 10);
        hear(START_MS + 20);
        assertEquals(15_000, hedges.state.lots());
        assertEquals(10_000, hedges.state.keeper(ANNA).filledLots());
        assertEquals(5_000, hedges.state.keeper(ANNA).over());
        // a ten-thousandth of ten coins, not of fifteen
        assertEquals(Usdc.ofWhole(65), hedges.state.rewards());
        hedges.judge(START_MS + 30, 65_000, -10);
        assertEquals(-5_000, job().unclaimedLots());
    }

    @Test
    void whatIsClaimedIsNotOfferedTwice() {
        claimed(ANNA, 10_000, START_MS);
        hedges.judge(START_MS + 10, 65_000, -10);
        assertEquals(10_000, hedges.state.committedLots());
        assertEquals(0, hedges.state.unclaimedLots());
        hedges.judge(START_MS + 20, 65_000, -15);
        assertEquals(5_000, hedges.state.unclaimedLots());
    }

    @Test
    void aReportUnderAnEndedLeaseCountsUntilTheLedgerDecides() {
        Lease lease = claimed(ANNA, 0, START_MS);
        hedges.report(ANNA, lease.fence(), "t1", 10_000, START_MS + 100);
        hedges.add(
                BoardDecisions.expired(
                        hedges.state, hedges.terms, _ -> true, START_MS + hedges.terms.leaseMs()));
        assertEquals(10_000, hedges.state.committedLots());
        hedges.judge(START_MS + hedges.terms.leaseMs() + 1, 65_000, -10);
        assertEquals(0, hedges.state.unclaimedLots());
    }

    @Test
    void aRewardBeyondTheDaysBudgetIsRefused() {
        hedges.add(
                List.of(
                        new HedgeEvent.PolicyChosen(
                                Hedges.BTC, START_MS, "olga", hedges.terms.policy())));
        // 300 coins at 65,000 for 3 basis points are 5,850
        hedges.judge(START_MS + 1, 65_000, -300);
        assertEquals(50_000, job().unclaimedLots());
        for (int i = 0; i < 5; i++) {
            Lease lease = claimed(ANNA, 0, START_MS + 10_000 * (i + 1L));
            ledger.trade(label(lease), lease.lots(), "65000", lease.claimedMs() + 1);
            hear(lease.claimedMs() + 2);
            hedges.judge(lease.claimedMs() + 3, 65_000, -300);
        }
        assertEquals(
                "budget_exhausted", refusal(hedges.claim(ANNA, job().id(), 0, START_MS + 70_000)));
        assertInstanceOf(
                BoardDecisions.Write.class, hedges.claim(BERT, job().id(), 0, START_MS + 70_000));
    }

    @Test
    void aKeeperMayClaimAndReportItsOwnOnly() {
        Lease lease = claimed(ANNA, 0, START_MS);
        assertEquals("nothing_left", refusal(hedges.claim(BERT, lease.job(), 0, START_MS)));
        assertEquals("unknown_job", refusal(hedges.claim(BERT, 77, 0, START_MS)));
        assertEquals("not_yours", refusal(hedges.report(BERT, lease.fence(), "t1", 1, START_MS)));
        assertEquals("not_yours", refusal(hedges.release(BERT, lease.fence(), START_MS)));
        assertEquals("wrong_side", refusal(hedges.report(ANNA, lease.fence(), "t1", -1, START_MS)));
        assertInstanceOf(BoardDecisions.Write.class, hedges.release(ANNA, lease.fence(), START_MS));
        assertEquals("nothing_left", refusal(hedges.claim(ANNA, lease.job(), 0, START_MS)));
        hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, START_MS));
        assertEquals("more_than_left", refusal(hedges.claim(ANNA, lease.job(), -5, START_MS)));
    }

    @Test
    void aVenueThatSaysOtherwiseTwiceDoesNotStandUntilItAgreesOrIsAdopted() {
        ledger.trade("somebody", 3_000, "65000", START_MS + 1);
        Venue.Ledger other = withLots(ledger.told(book(), START_MS + 2), 4_000);
        hedges.add(LedgerDecisions.of(hedges.state, hedges.terms, other, false, START_MS + 3));
        assertTrue(book().standing(), "one ledger may have been read while it moved");
        hedges.add(LedgerDecisions.of(hedges.state, hedges.terms, other, true, START_MS + 4));
        assertTrue(!book().standing());
        assertEquals(Residual.Why.NO_VENUE, hedges.judge(START_MS + 5, 65_000, -30).why());
        hedges.add(
                List.of(
                        LedgerDecisions.adopted(
                                hedges.state, hedges.terms, other, "olga", START_MS + 6)));
        assertEquals(4_000, hedges.state.lots());
        assertTrue(book().standing());
    }

    /** A price between ticks, and a position that nobody can have. */
    @Test
    void aLedgerThatCannotBeReckonedWithIsNotBelievedAndTheVenueFalls() {
        Venue.Ledger sound = ledger.told(book(), START_MS + 1);
        for (VenueFill odd :
                List.of(fill(1_000, "65000.0000001"), fill(9_000_000_000_000L, "65000.0"))) {
            hear(START_MS + 2);
            List<HedgeEvent> events =
                    LedgerDecisions.of(
                            hedges.state, hedges.terms, with(sound, odd), false, START_MS + 3);
            HedgeEvent.VenueStood fell =
                    assertInstanceOf(HedgeEvent.VenueStood.class, events.getFirst());
            assertEquals(1, events.size(), events::toString);
            assertTrue(!fell.standing() && fell.why().startsWith("unreadable: "), fell::toString);
            hedges.add(events);
            assertEquals(0, hedges.state.lots());
        }
    }

    @Test
    void whoHoldsAJobBackRestsFourTimesAsLong() {
        Lease lease = claimed(ANNA, 0, START_MS);
        hedges.release(ANNA, lease.fence(), START_MS + 2_000);
        hedges.add(BoardDecisions.expired(hedges.state, hedges.terms, _ -> true, START_MS + 2_100));
        long rested = START_MS + 2_000 + 4 * 2_000;
        assertEquals("resting", refusal(hedges.claim(ANNA, lease.job(), 0, rested - 1)));
        assertInstanceOf(
                BoardDecisions.Write.class, hedges.claim(BERT, lease.job(), 5_000, rested - 1));
        assertInstanceOf(BoardDecisions.Write.class, hedges.claim(ANNA, lease.job(), 0, rested));
    }

    @Test
    void anEmptyPurseIsABreakerUntilAnOperatorResumes() {
        Lease lease = claimed(ANNA, 0, START_MS);
        ledger.trade(label(lease), 10_000, "76000", START_MS + 1);
        hear(START_MS + 2);
        Residual residual = hedges.judge(START_MS + 3, 65_000, -20);
        assertEquals(Residual.Why.BUFFER_EMPTY, residual.why());
        assertTrue(hedges.state.stopped().orElseThrow().startsWith("breaker"));
        assertEquals(Residual.Why.STOPPED, hedges.judge(START_MS + 86_400_000L, 65_000, -20).why());
        hedges.add(
                List.of(
                        new HedgeEvent.HedgingResumed(
                                Hedges.BTC, START_MS + 86_400_001L, "olga", "refilled")));
        assertEquals(
                Residual.Why.UNDER_WAY, hedges.judge(START_MS + 86_400_002L, 65_000, -20).why());
    }

    private Job job() {
        return hedges.state.jobs().values().iterator().next();
    }

    private VenueBook book() {
        return hedges.state.venue(VENUE);
    }

    private Lease claimed(KeeperId keeper, long lots, long nowMs) {
        BoardDecisions.Write write =
                assertInstanceOf(
                        BoardDecisions.Write.class, hedges.claim(keeper, job().id(), lots, nowMs));
        return assertInstanceOf(HedgeEvent.JobClaimed.class, write.events().getFirst()).lease();
    }

    private void hear(long nowMs) {
        hedges.hear(ledger.told(book(), nowMs), nowMs);
    }

    private static String label(Lease lease) {
        return lease.label(Hedges.BTC);
    }

    private static String refusal(BoardDecisions.Decision decision) {
        return assertInstanceOf(BoardDecisions.Refuse.class, decision).rule();
    }

    private static VenueFill fill(long lots, String price) {
        return new VenueFill(1, "odd", START_MS, "", lots, new BigDecimal(price), Usdc.ZERO);
    }

    private static Venue.Ledger with(Venue.Ledger told, VenueFill fill) {
        return new Venue.Ledger(
                told.venue(),
                told.underlying(),
                told.epochMs(),
                fill.lots(),
                told.cash(),
                told.equity(),
                told.initialMargin(),
                told.maintenanceMargin(),
                told.markUsdc(),
                List.of(fill),
                told.payments(),
                true);
    }

    private static Venue.Ledger withLots(Venue.Ledger told, long lots) {
        return new Venue.Ledger(
                told.venue(),
                told.underlying(),
                told.epochMs(),
                lots,
                told.cash(),
                told.equity(),
                told.initialMargin(),
                told.maintenanceMargin(),
                told.markUsdc(),
                told.fills(),
                told.payments(),
                true);
    }
}
