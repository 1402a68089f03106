package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promises O1 to O3, one test per way a feed lies. */
class FeedGuardTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final Expiry MARCH = Expiry.parse("27MAR26");
    private static final long START = Expiry.parse("1FEB26").epochMs();
    private static final GuardRules RULES =
            GuardRules.standard(new TreeSet<>(List.of("a", "b", "c")), 2);

    private final FeedGuard guard = new FeedGuard(BTC, RULES);
    private GuardState state = GuardState.initial();
    private long nowMs = START;

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
    void badRowsOfAChainAreDroppedAndCounted() {
        open();
        OptionQuote good = row(80_000, 0.5);
        TreeMap<HoldReason, Integer> expected = new TreeMap<>();
        expected.put(HoldReason.NOT_FINITE, 2);
        expected.put(HoldReason.NOT_POSITIVE, 2);
        expected.put(HoldReason.OUT_OF_RANGE, 2);
        expected.put(HoldReason.CROSSED, 1);
        expected.put(HoldReason.OUT_OF_ORDER, 1);
        FeedEvent.ChainQuotes sent =
                chain(
                        80_100,
                        row(60_000, Double.NaN),
                        row(61_000, Double.POSITIVE_INFINITY),
                        row(62_000, 0),
                        row(63_000, -0.5),
                        row(64_000, 11),
                        row(65_000, 0.001),
                        priced(66_000, 0.5, 120, 110),
                        good,
                        row(80_000, 0.5));
        GuardDecision.ChainAccepted kept = (GuardDecision.ChainAccepted) hear(sent).decision();
        assertEquals(expected, kept.dropped());
        assertEquals(List.of(good), kept.chain().quotes());
        assertEquals(sent, kept.event());
    }

    @Test
    void chainsThatCannotBeTrueAreHeldWhole() {
        assertEquals(HoldReason.NO_INDEX, heldReason(chain(80_100, row(80_000, 0.5))));
        open();
        GuardState before = state;
        OptionQuote row = row(80_000, 0.5);
        assertEquals(HoldReason.NOT_FINITE, heldReason(chain(Double.NaN, row)));
        assertEquals(HoldReason.NOT_POSITIVE, heldReason(chain(0, row)));
        assertEquals(HoldReason.BASIS, heldReason(chain(800_000, row)));
        assertEquals(HoldReason.EMPTY, heldReason(chain(80_100)));
        assertEquals(HoldReason.EMPTY, heldReason(chain(80_100, row(80_000, Double.NaN))));
        assertEquals(
                HoldReason.EXPIRED,
                heldReason(
                        new FeedEvent.ChainQuotes(
                                BTC,
                                source("a"),
                                nowMs,
                                Expiry.parse("1FEB26"),
                                80_000,
                                List.of(row))));
        assertEquals(
                HoldReason.OUT_OF_ORDER,
                heldReason(
                        new FeedEvent.ChainQuotes(
                                BTC, source("a"), nowMs - 1, MARCH, 80_100, List.of(row))));
        assertEquals(before, state);
    }

    @Test
    void anOldChainStopsQuotingButNotTheIndex() {
        open();
        for (int i = 0; i < 31; i++) {
            later(1_000);
            hear(tick("a", 80_000 + i));
            hear(tick("b", 80_000 + i));
        }
        assertStopped("chain stale");
        assertEquals(OptionalDouble.of(80_030), guard.indexUsdc(state, nowMs));
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

    private GuardStatus statusWithFreshChain() {
        hear(chain(81_100, row(80_000, 0.5)));
        return guard.status(state, nowMs);
    }

    private void open() {
        openWith("a", "b", "c");
    }

    private void openWith(String... sources) {
        for (String source : sources) {
            hear(tick(source, 80_000));
        }
        hear(chain(80_100, row(80_000, 0.5)));
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
    }

    private void move(double price) {
        hear(tick("a", price));
        hear(tick("b", price));
        hear(tick("c", price));
    }

    private void later(long ms) {
        nowMs += ms;
    }

    private FeedGuard.Step hear(FeedEvent event) {
        FeedGuard.Step step = guard.on(state, event, nowMs);
        state = step.state();
        return step;
    }

    private HoldReason heldReason(FeedEvent event) {
        return assertInstanceOf(GuardDecision.Held.class, hear(event).decision()).reason();
    }

    private void assertStopped(String part) {
        GuardStatus.Stopped stopped =
                assertInstanceOf(GuardStatus.Stopped.class, guard.status(state, nowMs));
        assertTrue(
                stopped.reasons().stream().anyMatch(reason -> reason.contains(part)),
                stopped::toString);
    }

    private FeedEvent.IndexTick tick(String source, double price) {
        return tickAt(source, price, nowMs);
    }

    private static FeedEvent.IndexTick tickAt(String source, double price, long timeMs) {
        return new FeedEvent.IndexTick(BTC, source(source), timeMs, price);
    }

    private FeedEvent.ChainQuotes chain(double forward, OptionQuote... rows) {
        return new FeedEvent.ChainQuotes(BTC, source("a"), nowMs, MARCH, forward, List.of(rows));
    }

    private static OptionQuote row(double strike, double vol) {
        return new OptionQuote(
                new BigDecimal(strike),
                OptionType.CALL,
                80_100,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                vol);
    }

    private static OptionQuote priced(double strike, double vol, double bid, double ask) {
        return new OptionQuote(
                new BigDecimal(strike),
                OptionType.CALL,
                80_100,
                OptionalDouble.of(bid),
                OptionalDouble.of(ask),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                vol);
    }

    private static FeedSource source(String name) {
        return FeedSource.synthetic(name);
    }
}
