package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private final AtomicReference<Moment> clock =
            new AtomicReference<>(new Moment(Pool.START_MS, 0));
    private ActorTestKit kit;
    private EventSourcedBehaviorTestKit<Capacity.Command, CapacityEvent, CapitalState> capacity;

    @BeforeEach
    void start() {
        kit =
                ActorTestKit.create(
                        EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
        // the ticks come from the test
        CapacityParameters slow =
                CapacityParameters.of(
                        ConfigFactory.parseString("view-interval = 1 d")
                                .withFallback(ConfigFactory.load().getConfig("dolim.capacity")));
        capacity =
                EventSourcedBehaviorTestKit.create(
                        kit.system(),
                        Capacity.create(
                                slow,
                                Pool.SPECS,
                                clock::get,
                                new AtomicLong(Pool.START_MS - 1)::incrementAndGet),
                        EventSourcedBehaviorTestKit.disabledSerializationSettings()
                                .withVerifyEvents(true));
        // what it writes by itself at its start must not be taken for a command's event
        while (summary().cut().getOrDefault(Capacity.PERSISTENCE_ID, 0L) == 0) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void theKillSwitchSurvivesARestartAndTakesTwoPrincipalsToLift() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        capacity.restart();
        assertEquals(Mode.HALTED, summary().mode());

        assertDone(reply -> new Capacity.Resume("ann", reply));
        assertRejected(reply -> new Capacity.Resume("ann", reply));
        assertRejected(reply -> new Capacity.ReduceOnly("ann", "half way", reply));
        assertEquals(Mode.HALTED, capacity.getState().mode());
        capacity.restart();
        assertDone(reply -> new Capacity.Resume("bob", reply));

        assertEquals(Mode.OPEN, capacity.getState().mode());
        assertEquals("ann and bob", capacity.getState().modeBy());
    }

    @Test
    void aHaltSaidAgainTakesBackAVoiceToResume() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        assertDone(reply -> new Capacity.Resume("ann", reply));

        assertDone(reply -> new Capacity.Halt("cid", "worse", reply));
        assertDone(reply -> new Capacity.Resume("bob", reply));

        assertEquals(Mode.HALTED, capacity.getState().mode());
    }

    @Test
    void aVoiceToResumeLapses() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        assertDone(reply -> new Capacity.Resume("ann", reply));
        clock.set(new Moment(Pool.START_MS + 601_000, 0));

        assertDone(reply -> new Capacity.Resume("bob", reply));

        assertEquals(Mode.HALTED, capacity.getState().mode());
        assertEquals("bob", capacity.getState().proposal().orElseThrow().by());
    }

    @Test
    void aLimitIsChangedByAnEventWithOldAndNewAndNeverToZero() {
        assertRejected(reply -> new Capacity.Set("ann", "gamma_share", 0, reply));
        assertRejected(reply -> new Capacity.Set("ann", "gamma_share", Double.NaN, reply));
        assertRejected(reply -> new Capacity.Set("ann", "no_such_limit", 1, reply));
        assertRejected(reply -> new Capacity.Set(" ", "gamma_share", 0.2, reply));
        CapacityEvent event =
                capacity.<Capacity.OperatorReply>runCommand(
                                reply -> new Capacity.Set("ann", "gamma_share", 0.2, reply))
                        .event();

        assertEquals(
                new CapacityEvent.LimitSet("ann", Pool.START_MS, "gamma_share", 0.1, 0.2), event);
        assertEquals(0.2, summary().limits().get("gamma_share"));
    }

    @Test
    void capitalMovesByBalancedEventsAndLeavesOnlyWhenItIsKnownToBeFree() {
        assertDone(reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1000), reply));
        assertRejected(reply -> new Capacity.PayIn("ann", Usdc.ZERO, reply));
        assertRejected(reply -> new Capacity.PayOut("ann", Usdc.ofWhole(1), reply));

        PoolSummary before = summary();
        CapitalState live = capacity.getState();
        capacity.restart();

        assertEquals(Usdc.ofWhole(1000), before.cash());
        assertEquals(live, capacity.getState());
        assertEquals(before.entityHash(), summary().entityHash());
        assertEquals(2L, summary().cut().get("capacity"));
    }

    @Test
    void aReservationGoesThroughTheProtocolOfPrepareReportAndPublish() {
        assertDone(reply -> new Capacity.PayIn("ann", Usdc.ofWhole(10_000_000), reply));
        Pool books = new Pool();
        TestProbe<Capacity.ToBook> book = kit.createTestProbe();
        TestProbe<Capacity.ToMarket> market = kit.createTestProbe();
        TestProbe<Capacity.ToMarket> other = kit.createTestProbe();
        capacity.runCommand(new Capacity.Register(Pool.BTC, book.getRef(), market.getRef()));
        capacity.runCommand(
                new Capacity.Register(
                        Pool.ETH, kit.<Capacity.ToBook>createTestProbe().getRef(), other.getRef()));
        book.expectMessage(new Capacity.Incarnation(Pool.START_MS));
        capacity.runCommand(Capacity.OpenView.NOW);
        Capacity.Prepare prepare = market.expectMessageClass(Capacity.Prepare.class);
        for (Pool.FakeBook each : books.books.values()) {
            each.freeze(prepare.viewNumber(), Pool.START_MS);
            capacity.runCommand(new Capacity.Report(each.report()));
        }
        book.expectMessage(new Capacity.Opened(prepare.viewNumber()));
        CapacityView view = market.expectMessageClass(Capacity.Published.class).view();
        assertEquals(List.of(), view.reasons());

        TestProbe<Capacity.ReserveReply> taker = kit.createTestProbe();
        Capacity.Reserve asked =
                books.book(Pool.BTC)
                        .issue(Pool.option(Pool.BTC, 30, 65_000, "C", 10), Usdc.ofWhole(1000))
                        .reserve();
        capacity.runCommand(
                new Capacity.Reserve(
                        asked.id(),
                        asked.byView(),
                        asked.quotedCharge(),
                        asked.price(),
                        asked.tick(),
                        asked.note(),
                        taker.getRef()));
        Capacity.Granted granted = taker.expectMessageClass(Capacity.Granted.class);
        assertEquals(asked.id(), granted.id());
        assertEquals(1, summary().reservations());

        capacity.runCommand(new Capacity.Release(asked.id()));
        assertEquals(0, summary().reservations());
        assertTrue(summary().measures().isPresent());
    }

    private PoolSummary summary() {
        return capacity.<PoolSummary>runCommand(Capacity.Query::new).reply();
    }

    private void assertDone(Function<ActorRef<Capacity.OperatorReply>, Capacity.Command> command) {
        Capacity.OperatorReply reply = capacity.<Capacity.OperatorReply>runCommand(command).reply();
        assertInstanceOf(Capacity.Done.class, reply, reply::toString);
    }

    private void assertRejected(
            Function<ActorRef<Capacity.OperatorReply>, Capacity.Command> command) {
        var result = capacity.<Capacity.OperatorReply>runCommand(command);
        assertInstanceOf(Capacity.Rejected.class, result.reply());
        assertTrue(result.hasNoEvents());
    }
}
