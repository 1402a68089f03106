package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promise O3: how far a market may move before it is quoted wider, stopped, or latched. */
class FeedGuardBandsTest extends GuardedMarket {
    @Test
    void aMoveBeyondTheInnerBandWidensAndGoodTicksNarrow() {
        open();
        later(100);
        move(81_000);
        assertInstanceOf(GuardStatus.Widened.class, guard.status(state, nowMs));
        assertEquals(2.0, ((GuardStatus.Widened) guard.status(state, nowMs)).factor());
        assertEquals(OptionalDouble.of(81_000), guard.indexUsdc(state, nowMs));
        int seconds = 0;
        while (statusWithFreshChain() instanceof GuardStatus.Widened && seconds < 300) {
            later(1_000);
            seconds++;
            move(81_000 + seconds);
        }
        assertEquals(new GuardStatus.Open(), statusWithFreshChain());
        assertEquals(63, seconds, "a window, then ten good ticks of three sources");
    }

    @Test
    void aMoveBeyondTheHaltingBandStopsUntilEnoughGoodTicks() {
        open();
        later(100);
        hear(tick("a", 88_000));
        assertEquals(HoldReason.BAND, heldReason(tick("b", 88_000)));
        assertStopped("band");
        assertEquals(OptionalDouble.empty(), guard.indexUsdc(state, nowMs));
        for (int good = 1; good < RULES.goodTicks(); good++) {
            later(100);
            assertEquals(HoldReason.BAND, heldReason(tick("a", 88_000 + good)), "good=" + good);
        }
        later(100);
        assertInstanceOf(GuardDecision.IndexAccepted.class, hear(tick("b", 88_000)).decision());
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
    }

    @Test
    void aBadTickStartsTheCountAnew() {
        open();
        later(100);
        hear(tick("a", 88_000));
        hear(tick("b", 88_000));
        for (int i = 1; i < RULES.goodTicks() - 1; i++) {
            hear(tick("a", 88_000));
        }
        hear(tick("c", 84_000));
        hear(tick("a", 84_000));
        assertStopped("good=0/10");
    }

    @Test
    void aWildMoveIsLatchedUntilSomebodyLiftsIt() {
        open();
        later(100);
        hear(tick("a", 800_000));
        assertEquals(HoldReason.LATCHED, heldReason(tick("b", 800_000)));
        for (int i = 0; i < 3 * RULES.goodTicks(); i++) {
            assertEquals(HoldReason.LATCHED, heldReason(tick("a", 800_000 + i)));
        }
        assertStopped("latched");
        state = guard.lift(state);
        for (int i = 1; i < RULES.goodTicks(); i++) {
            assertEquals(HoldReason.BAND, heldReason(tick("a", 800_030)));
        }
        assertInstanceOf(GuardDecision.IndexAccepted.class, hear(tick("b", 800_030)).decision());
    }

    @Test
    void aLatchCannotBeReachedAroundByTwoSmallerJumps() {
        open();
        later(100);
        move(92_000);
        hear(tick("a", 110_000));
        hear(tick("b", 110_000));
        assertStopped("latched");
    }

    @Test
    void aSingleTrustedSourceTimesTenStopsToo() {
        FeedGuard alone = new FeedGuard(BTC, GuardRules.standard(new TreeSet<>(List.of("a")), 1));
        GuardState first = alone.on(state, tick("a", 80_000), nowMs).state();
        FeedGuard.Step jump = alone.on(first, tickAt("a", 800_000, nowMs + 500), nowMs + 500);
        assertEquals(HoldReason.LATCHED, ((GuardDecision.Held) jump.decision()).reason());
        assertEquals(OptionalDouble.empty(), alone.indexUsdc(jump.state(), nowMs + 500));
    }

    @Test
    void theBandsGrowWithTheRootOfALongSilence() {
        open();
        later(16 * 60_000);
        hear(tick("a", 82_400));
        hear(tick("b", 82_400));
        hear(chain(82_500, row(80_000, 0.5)));
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
    }

    @Test
    void aHaltedMarketIsClosedUntilItResumesAndSettles() {
        open();
        later(100);
        hear(new FeedEvent.Halted(BTC, source("b"), nowMs, "maintenance"));
        assertStopped("halted");
        assertEquals(HoldReason.HALTED, heldReason(tick("a", 80_000)));
        assertEquals(HoldReason.HALTED, heldReason(chain(80_100, row(80_000, 0.5))));
        hear(new FeedEvent.Resumed(BTC, source("a"), nowMs));
        assertStopped("halted");
        hear(new FeedEvent.Resumed(BTC, source("b"), nowMs));
        for (int i = 0; i < RULES.goodTicks(); i++) {
            assertStopped("band");
            hear(tick("a", 80_000));
        }
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
    }

    @Test
    void anIndexThatContradictsThePerpetualIsNotBelieved() {
        open();
        hear(new FeedEvent.FutureTick(BTC, source("a"), nowMs, Optional.empty(), 83_000));
        assertStopped("basis");
        later(RULES.staleMs());
        hear(tick("a", 80_000));
        hear(tick("b", 80_000));
        assertStopped("basis");
        hear(new FeedEvent.FutureTick(BTC, source("a"), nowMs, Optional.empty(), 80_050));
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
    }
}
