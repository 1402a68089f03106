package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SPEC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.tape.TapeRecorder;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Moment;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.HoldReason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatchTest {

    private static final double BEFORE = 60_000.0;
    private static final double BEYOND = 90_000.0;

    private final ActorTestKit kit = ActorTestKit.create("latch", Engine.config());
    private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    private final TestProbe<WriterHalted> guardian = kit.createTestProbe();
    private final Moment now = new Moment(START_MS, 5L);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    /** A Latch and its Market, as a process starts them. */
    private final class Start {
        final ActorRef<Latch.Command> latch =
                kit.spawn(Latch.create(BTC, () -> now, guardian.ref()));
        final List<MarketNote> notes = new CopyOnWriteArrayList<>();
        final PricingBoard board = new PricingBoard(30_000);
        final ActorRef<Market.Command> market =
                kit.spawn(
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
                                        notes::add,
                                        Props.empty())));

        void hear(List<FeedEvent> events) {
            events.forEach(event -> market.tell(new Market.Hear(event)));
        }

        void hearSteadily(double price) {
            for (int tick = 0; tick < 12; tick++) {
                hear(List.of(TestFeed.index(START_MS, price)));
            }
            hear(TestFeed.chain(START_MS, price));
            hear(List.of(TestFeed.end(START_MS, 1)));
        }

        Latch.Summary summary() {
            TestProbe<Latch.Summary> probe = kit.createTestProbe();
            latch.tell(new Latch.Query(probe.ref()));
            return probe.receiveMessage(Engine.PATIENCE);
        }

        Latch.Reply lift() {
            TestProbe<Latch.Reply> probe = kit.createTestProbe();
            latch.tell(new Latch.Lift("olga", "the venue confirms", probe.ref()));
            return probe.receiveMessage(Engine.PATIENCE);
        }

        boolean isQuotedAt(double price) {
            return board.latest(BTC)
                    .filter(v -> v.stopped().isEmpty() && v.market().spotUsdc() == price)
                    .isPresent();
        }

        boolean holdsAsLatched() {
            return notes.stream()
                    .anyMatch(
                            note ->
                                    note instanceof MarketNote.EventHeld held
                                            && held.held().reason() == HoldReason.LATCHED);
        }

        void end() {
            kit.stop(market);
            kit.stop(latch);
        }
    }

    /** Ten times a second: a Market that is told more than it works off falls ever further behind. */
    private static Supplier<Boolean> hearing(Start start, Supplier<Boolean> until) {
        AtomicLong next = new AtomicLong(System.nanoTime());
        return () -> {
            if (System.nanoTime() - next.get() >= 0) {
                start.hearSteadily(BEYOND);
                next.set(System.nanoTime() + 100_000_000L);
            }
            return until.get();
        };
    }

    @Test
    void aTrippedLatchIsStillTrippedAfterARestartUntilItIsLifted() {
        Start first = new Start();
        first.hearSteadily(BEFORE);
        Engine.await(() -> first.isQuotedAt(BEFORE), "the market opens");
        first.hear(List.of(TestFeed.index(START_MS, BEYOND)));
        Engine.await(() -> first.summary().standing().tripped().isPresent(), "it is written");
        Latch.Summary tripped = first.summary();
        assertEquals(BEYOND, tripped.standing().tripped().orElseThrow().candidateUsdc());
        first.end();

        Start second = new Start();
        assertEquals(tripped, second.summary());
        Engine.await(hearing(second, () -> second.holdsAsLatched()), "the guard is latched again");
        assertTrue(!second.isQuotedAt(BEYOND), "nothing is quoted");
        assertEquals(Latch.Reply.LIFTED, second.lift());
        Engine.await(hearing(second, () -> second.isQuotedAt(BEYOND)), "quoting resumes");
        assertEquals(Latch.Reply.NOT_TRIPPED, second.lift());
        second.end();

        Start third = new Start();
        third.hearSteadily(BEFORE);
        Engine.await(() -> third.isQuotedAt(BEFORE), "a lifted latch stays lifted");
        List<Object> events = journal.persistedInStorage(Latch.persistenceId(BTC));
        assertEquals(
                List.of(
                        new LatchEvent.LatchTripped(
                                BTC,
                                START_MS,
                                BEYOND,
                                tripped.standing().tripped().orElseThrow().reason()),
                        new LatchEvent.LatchLifted(BTC, START_MS, "olga", "the venue confirms")),
                events.stream()
                        .filter(event -> !(event instanceof LatchEvent.GuardTurned))
                        .toList());
        Replay replay = new Replay();
        for (int i = 0; i < events.size(); i++) {
            replay.apply(Latch.persistenceId(BTC), i + 1, (LatchEvent) events.get(i));
        }
        assertEquals(
                third.summary().entityHash(),
                Objects.requireNonNull(replay.state().entities().get(Latch.persistenceId(BTC)))
                        .hash());
    }

    @Test
    void aTripThatWasUnderWayWhenItWasLiftedDoesNotTripItAgain() {
        Start start = new Start();
        start.hearSteadily(BEFORE);
        Engine.await(() -> start.isQuotedAt(BEFORE), "the market opens");
        start.hear(List.of(TestFeed.index(START_MS, BEYOND)));
        Engine.await(() -> start.summary().standing().tripped().isPresent(), "it is written");
        Latch.Trip late = new Latch.Trip(0, start.summary().standing().tripped().orElseThrow());
        assertEquals(Latch.Reply.LIFTED, start.lift());
        start.latch.tell(late);
        Latch.Standing after = start.summary().standing();
        assertEquals(1, after.lifts());
        assertEquals(Optional.empty(), after.tripped());
    }

    @Test
    void aSecondTripOrASecondLiftBreaksAnInvariant() {
        LatchEvent trip = new LatchEvent.LatchTripped(BTC, START_MS, BEYOND, "move");
        LatchEvent lift = new LatchEvent.LatchLifted(BTC, START_MS, "olga", "why");
        LatchState empty = LatchState.empty(BTC);
        assertThrows(BrokenInvariant.class, () -> empty.apply(lift));
        LatchState tripped = empty.apply(trip);
        assertThrows(BrokenInvariant.class, () -> tripped.apply(trip));
        assertEquals(
                new LatchState(BTC, 2, 1, Optional.empty(), Optional.empty()), tripped.apply(lift));
    }
}
