package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promises O1 and O2, one test per way a source lies. */
class FeedGuardTest extends GuardedMarket {
    @Test
    void aMarketOpensWhenAQuorumAgreesAndAChainHasCome() {
        assertEquals(
                new GuardStatus.Stopped(List.of("index: none yet", "chain: none yet")),
                guard.status(state, nowMs));
        assertEquals(HoldReason.QUORUM_LOST, heldReason(tick("a", 80_000)));
        assertEquals(
                new GuardDecision.IndexAccepted(tick("b", 80_010), 80_005, 2),
                hear(tick("b", 80_010)).decision());
        assertEquals(
                new GuardStatus.Stopped(List.of("chain: none yet")), guard.status(state, nowMs));
        hear(chain(80_100, row(80_000, 0.5)));
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
        assertEquals(OptionalDouble.of(80_005), guard.indexUsdc(state, nowMs));
    }

    @Test
    void oneSourceTimesTenIsDroppedAndTheOthersGoOn() {
        open();
        later(100);
        assertEquals(HoldReason.OUTLIER, heldReason(tick("c", 800_000)));
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
        assertEquals(OptionalDouble.of(80_000), guard.indexUsdc(state, nowMs));
        GuardDecision next = hear(tick("a", 80_020)).decision();
        assertEquals(80_010, ((GuardDecision.IndexAccepted) next).consensusUsdc());
    }

    @Test
    void nonsensePricesNeverMoveTheMarket() {
        open();
        later(100);
        GuardState before = state;
        assertEquals(HoldReason.NOT_POSITIVE, heldReason(tick("a", 0)));
        assertEquals(HoldReason.NOT_POSITIVE, heldReason(tick("a", -0.0)));
        assertEquals(HoldReason.NOT_POSITIVE, heldReason(tick("a", -80_000)));
        assertEquals(HoldReason.OUT_OF_RANGE, heldReason(tick("a", 1e10)));
        assertEquals(HoldReason.OUT_OF_RANGE, heldReason(tick("a", Double.MIN_VALUE)));
        assertEquals(HoldReason.NOT_FINITE, heldReason(tick("a", Double.NaN)));
        assertEquals(HoldReason.NOT_FINITE, heldReason(tick("a", Double.POSITIVE_INFINITY)));
        assertEquals(before, state);
    }

    @Test
    void aFrozenSourceNoLongerCounts() {
        open();
        double price = 80_000;
        for (int i = 0; i < 130; i++) {
            later(1_000);
            price += 1;
            hear(tick("a", price));
            hear(tick("b", price));
            hear(tick("c", 80_000));
        }
        later(1_000);
        assertEquals(HoldReason.FROZEN, heldReason(tick("c", 80_000)));
        hear(tick("a", price));
        assertEquals(
                new GuardDecision.IndexAccepted(tick("b", price + 1), price + 0.5, 2),
                hear(tick("b", price + 1)).decision());
    }

    @Test
    void allSourcesFrozenStopTheMarket() {
        open();
        for (int i = 0; i < 130; i++) {
            later(1_000);
            hear(tick("a", 80_000));
            hear(tick("b", 80_000));
            hear(tick("c", 80_000));
        }
        hear(chain(80_100, row(80_000, 0.5)));
        assertStopped("quorum");
        assertEquals(OptionalDouble.empty(), guard.indexUsdc(state, nowMs));
    }

    @Test
    void aTickFromTheFutureIsHeld() {
        open();
        GuardState before = state;
        assertEquals(HoldReason.FROM_THE_FUTURE, heldReason(tickAt("a", 80_001, nowMs + 1_001)));
        assertEquals(before, state);
        hear(tickAt("a", 80_001, nowMs + 1_000));
        assertFalse(before.equals(state), "within the allowance it counts");
    }

    @Test
    void anOldTickAndOneOutOfOrderAreHeld() {
        open();
        later(5_000);
        hear(tick("a", 80_001));
        GuardState before = state;
        assertEquals(HoldReason.STALE, heldReason(tickAt("a", 80_002, nowMs - 10_001)));
        assertEquals(HoldReason.OUT_OF_ORDER, heldReason(tickAt("a", 80_002, nowMs - 1)));
        assertEquals(before, state);
    }

    @Test
    void silenceStopsTheMarketWithoutAnyEvent() {
        open();
        later(10_000);
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
        later(1);
        assertStopped("quorum");
        assertEquals(OptionalDouble.empty(), guard.indexUsdc(state, nowMs));
    }

    @Test
    void theQuorumIsLostWhenTwoOfThreeFallSilent() {
        open();
        later(10_001);
        assertEquals(HoldReason.QUORUM_LOST, heldReason(tick("a", 80_000)));
        assertStopped("quorum");
        GuardStatus before = guard.status(state, nowMs);
        FeedGuard.Step back = hear(tick("b", 80_000));
        assertEquals(before, back.before());
        assertEquals(new GuardStatus.Open(), back.after());
    }

    @Test
    void twoSourcesThatDisagreeStopTheMarket() {
        openWith("a", "b");
        later(100);
        assertEquals(HoldReason.QUORUM_LOST, heldReason(tick("b", 800_000)));
        assertStopped("quorum");
    }

    @Test
    void strangersAndStrangeUnderlyingsAreHeld() {
        open();
        GuardState before = state;
        assertEquals(HoldReason.UNKNOWN_SOURCE, heldReason(tick("mallory", 80_000)));
        assertEquals(
                HoldReason.WRONG_UNDERLYING,
                heldReason(
                        new FeedEvent.IndexTick(new Underlying("ETH"), source("a"), nowMs, 3_000)));
        TreeSet<OptionContract> eth = new TreeSet<>();
        eth.add(OptionContract.parse("ETH_USDC-27MAR26-3000-C"));
        assertEquals(
                HoldReason.WRONG_UNDERLYING,
                heldReason(new FeedEvent.InstrumentsListed(BTC, source("a"), nowMs, eth)));
        assertEquals(before, state);
    }

    @Test
    void noMixtureOfLiesEverMovesAnOpenMarketFarFromTheTruth() {
        long seed = 20260201;
        SplittableRandom random = new SplittableRandom(seed);
        open();
        double truth = 80_000;
        for (int i = 0; i < 20_000; i++) {
            later(random.nextInt(1, 400));
            truth *= 1 + 1e-5 * (random.nextDouble() - 0.5);
            String liar = random.nextBoolean() ? "c" : "mallory";
            double[] lies = {0, -truth, 1e10, Double.NaN, truth * 10, truth / 3, 80_000, 1e-300};
            long[] whens = {nowMs, nowMs - 20_000, nowMs + 20_000, Long.MIN_VALUE, Long.MAX_VALUE};
            hear(tick(random.nextBoolean() ? "a" : "b", truth));
            hear(
                    tickAt(
                            liar,
                            lies[random.nextInt(lies.length)],
                            whens[random.nextInt(whens.length)]));
            OptionalDouble index = guard.indexUsdc(state, nowMs);
            if (index.isPresent()) {
                double away = Math.abs(index.getAsDouble() / truth - 1);
                assertTrue(away < 0.011, "seed=" + seed + " i=" + i + " away=" + away);
            }
        }
        assertTrue(guard.indexUsdc(state, nowMs).isPresent(), "seed=" + seed);
    }

    @Test
    void aLimitOfZeroNeverMeansOff() {
        TreeSet<String> sources = new TreeSet<>(List.of("a"));
        assertThrows(IllegalArgumentException.class, () -> GuardRules.standard(sources, 0));
        assertThrows(IllegalArgumentException.class, () -> GuardRules.standard(sources, 2));
    }
}
