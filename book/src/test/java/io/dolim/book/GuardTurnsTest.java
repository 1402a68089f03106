package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SOURCE;
import static io.dolim.book.TestFeed.SPEC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.tape.TapeRecorder;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Moment;
import io.dolim.capacity.journal.StoredEventSerializer;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a guard decides is in the journal, with the tick that caused it. */
class GuardTurnsTest {

    private static final double PRICE = 60_000.0;
    private static final int GOOD_TICKS = 12;

    private final ActorTestKit kit = ActorTestKit.create("guard", Engine.config());
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final TestProbe<WriterHalted> guardian = kit.createTestProbe();
    private PricingBoard board = new PricingBoard(30_000);
    private volatile Moment now = new Moment(START_MS, 5L);
    private ActorRef<Latch.Command> latch;
    private ActorRef<Market.Command> market;

    GuardTurnsTest() {
        latch = latch();
        market = market();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aTurnIsWrittenWithItsRuleAndTheTickAndSilenceAsSilence() {
        open();
        pass(2_000);
        hear(new FeedEvent.Halted(BTC, SOURCE, now.epochMs(), "maintenance"));
        List<LatchEvent.GuardTurned> stopped = written(1);
        assertEquals(
                List.of(
                        new LatchEvent.GuardTurned(
                                BTC,
                                START_MS + 2_000,
                                GuardLevel.OPEN,
                                GuardLevel.STOPPED,
                                stopped.getFirst().rules(),
                                Optional.of(
                                        new GuardCause(
                                                "halted",
                                                "venue",
                                                OptionalDouble.empty(),
                                                START_MS + 2_000,
                                                "accepted")),
                                1)),
                stopped);
        assertTrue(stopped.getFirst().rules().getFirst().contains("maintenance"));
        pass(2_000);
        resume();
        LatchEvent.GuardTurned resumed = written(2).getLast();
        assertEquals(GuardLevel.OPEN, resumed.after());
        assertEquals(List.of(), resumed.rules());
        assertEquals(OptionalDouble.of(PRICE), resumed.cause().orElseThrow().priceUsdc());
        assertEquals("index", resumed.cause().orElseThrow().kind());
        pass(60_000);
        LatchEvent.GuardTurned silent = written(3).getLast();
        assertEquals(GuardLevel.STOPPED, silent.after());
        assertEquals(Optional.empty(), silent.cause());
        assertTrue(silent.rules().getFirst().startsWith("quorum"), silent.toString());
        assertEquals(START_MS + 64_000, silent.epochMs());
    }

    @Test
    void aMoveBeyondTheInnerBandIsWrittenWithThePrice() {
        open();
        pass(2_000);
        hear(TestFeed.index(now.epochMs(), 60_900.0));
        LatchEvent.GuardTurned widened = written(1).getFirst();
        assertEquals(GuardLevel.WIDENED, widened.after());
        assertTrue(widened.rules().getFirst().startsWith("band: move="), widened.toString());
        assertEquals(OptionalDouble.of(60_900.0), widened.cause().orElseThrow().priceUsdc());
        assertEquals(START_MS + 2_000, widened.cause().orElseThrow().timeMs());
    }

    @Test
    void aGuardThatFlapsIsWrittenOnceASecondWithTheCount() {
        open();
        pass(2_000);
        for (int i = 0; i < 50; i++) {
            hear(new FeedEvent.Halted(BTC, SOURCE, now.epochMs(), "flap " + i));
            resume();
        }
        workedOff();
        assertEquals(GuardLevel.STOPPED, written(1).getFirst().after());
        pass(999);
        workedOff();
        assertEquals(1, turns().size(), "not before the second is over");
        pass(1);
        LatchEvent.GuardTurned net = written(2).getLast();
        assertEquals(GuardLevel.OPEN, net.after());
        assertEquals(99, net.turns(), "the other turns of fifty halts");
        pass(5_000);
        workedOff();
        assertEquals(2, turns().size());
        assertEquals(100, summary().standing().guard().turns());
    }

    @Test
    void aStartIsNoTurnButAGuardThatOpensAfterAStoppedRunIs() {
        open();
        assertEquals(List.of(), turns());
        pass(2_000);
        hear(new FeedEvent.Halted(BTC, SOURCE, now.epochMs(), "maintenance"));
        written(1);
        Latch.Summary before = summary();
        kit.stop(market);
        kit.stop(latch);
        latch = latch();
        board = new PricingBoard(30_000);
        market = market();
        assertEquals(before, summary());
        open();
        LatchEvent.GuardTurned again = written(2).getLast();
        assertEquals(GuardLevel.STOPPED, again.before());
        assertEquals(GuardLevel.OPEN, again.after());
        Replay replay = new Replay();
        List<Object> events = journal.persistedInStorage(Latch.persistenceId(BTC));
        for (int i = 0; i < events.size(); i++) {
            replay.apply(Latch.persistenceId(BTC), i + 1, (LatchEvent) events.get(i));
        }
        assertEquals(
                summary().entityHash(),
                Objects.requireNonNull(replay.state().entities().get(Latch.persistenceId(BTC)))
                        .hash());
        assertEquals(summary().standing().guard(), replay.guards().get(BTC));
    }

    @Test
    void aTurnThatDoesNotFollowBreaksAnInvariantAndWithoutTurnsTheHashStays() {
        LatchEvent.GuardTurned stop = turn(GuardLevel.OPEN, GuardLevel.STOPPED);
        LatchState empty = LatchState.empty(BTC);
        LatchState stopped = empty.apply(stop);
        assertEquals(new GuardStanding(GuardLevel.STOPPED, START_MS, 1), stopped.guard());
        assertThrows(BrokenInvariant.class, () -> stopped.apply(stop));
        assertThrows(
                BrokenInvariant.class, () -> empty.apply(turn(GuardLevel.OPEN, GuardLevel.OPEN)));
        String stored =
                new String(
                        StoredEventSerializer.canonicalBytes(empty), StandardCharsets.ISO_8859_1);
        assertTrue(!stored.contains("turned"), stored);
        assertNotEquals(EntityHash.of(empty), EntityHash.of(stopped));
    }

    private static LatchEvent.GuardTurned turn(GuardLevel before, GuardLevel after) {
        return new LatchEvent.GuardTurned(
                BTC, START_MS, before, after, List.of(), Optional.empty(), 1);
    }

    private ActorRef<Latch.Command> latch() {
        return kit.spawn(Latch.create(BTC, () -> now, guardian.ref()));
    }

    private ActorRef<Market.Command> market() {
        return kit.spawn(
                Market.create(
                        MarketRules.standard(
                                SPEC,
                                GuardRules.standard(new TreeSet<>(List.of("venue")), 1),
                                Optional.empty()),
                        new Market.Ports(
                                kit.<Book.Command>createTestProbe().ref(),
                                latch,
                                new TapeRecorder(BTC, 256, _ -> {}),
                                kit.<Capacity.Command>createTestProbe().ref(),
                                board,
                                () -> now,
                                _ -> {},
                                Props.empty())));
    }

    private void open() {
        for (FeedEvent event : TestFeed.chain(now.epochMs(), PRICE)) {
            hear(event);
        }
        resume();
        hear(TestFeed.end(now.epochMs(), 1));
        Engine.await(
                () -> board.latest(BTC).filter(v -> v.stopped().isEmpty()).isPresent(),
                "the market opens");
        workedOff();
    }

    private void resume() {
        hear(new FeedEvent.Resumed(BTC, SOURCE, now.epochMs()));
        for (int tick = 0; tick < GOOD_TICKS; tick++) {
            hear(TestFeed.index(now.epochMs(), PRICE));
        }
    }

    private void hear(FeedEvent event) {
        market.tell(new Market.Hear(event));
    }

    private void pass(long ms) {
        now = new Moment(now.epochMs() + ms, now.monotonicNs() + ms * 1_000_000L);
    }

    /** All that the Market was told is worked off, and all that it told the Latch is written. */
    private void workedOff() {
        TestProbe<Market.WorkedOff> off = kit.createTestProbe();
        market.tell(new Market.Await(off.ref()));
        off.receiveMessage(Engine.PATIENCE);
        summary();
    }

    private Latch.Summary summary() {
        TestProbe<Latch.Summary> probe = kit.createTestProbe();
        latch.tell(new Latch.Query(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    private List<LatchEvent.GuardTurned> turns() {
        return journal.persistedInStorage(Latch.persistenceId(BTC)).stream()
                .map(LatchEvent.GuardTurned.class::cast)
                .toList();
    }

    private List<LatchEvent.GuardTurned> written(int count) {
        Engine.await(() -> turns().size() >= count, count + " turns are written");
        return turns();
    }
}
