package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CapacityTest {

    private final CapacityKit engine = new CapacityKit("");
    private final EventSourcedBehaviorTestKit<Capacity.Command, CapacityEvent, CapitalState>
            capacity = engine.capacity;

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void theKillSwitchSurvivesARestartAndTakesTwoPrincipalsToLift() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        capacity.restart();
        assertEquals(Mode.HALTED, engine.summary().mode());

        assertDone(reply -> new Capacity.Resume("ann", "over", reply));
        assertRejected(reply -> new Capacity.Resume("ann", "over", reply));
        assertRejected(reply -> new Capacity.ReduceOnly("ann", "half way", reply));
        assertEquals(Mode.HALTED, capacity.getState().mode());
        capacity.restart();
        assertDone(reply -> new Capacity.Resume("bob", "seen too", reply));

        assertEquals(Mode.OPEN, capacity.getState().mode());
        assertEquals("ann and bob", capacity.getState().modeBy());
        assertEquals("seen too", capacity.getState().modeReason());
    }

    @Test
    void bothVoicesToResumeAreWrittenWithTheirReasons() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        CapitalState halted = capacity.getState();
        assertEquals(
                new OperatorDecision.Persist(
                        List.of(new CapacityEvent.ResumeProposed("ann", 7, "drill is over")),
                        "resume proposed by ann, another principal must agree",
                        false),
                OperatorDecision.resume(halted, "ann", "drill is over", 7, 10));
        CapitalState proposed =
                halted.apply(new CapacityEvent.ResumeProposed("ann", 7, "drill is over"));
        assertEquals(
                new OperatorDecision.Persist(
                        List.of(
                                new CapacityEvent.ModeSet(
                                        "ann and bob", 8, Mode.HALTED, Mode.OPEN, "seen too")),
                        "open again by ann and bob",
                        true),
                OperatorDecision.resume(proposed, "bob", "seen too", 8, 10));
        assertRejected(reply -> new Capacity.Resume("bob", "x".repeat(201), reply));
    }

    @Test
    void aHaltSaidAgainTakesBackAVoiceToResume() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        assertDone(reply -> new Capacity.Resume("ann", "over", reply));

        assertDone(reply -> new Capacity.Halt("cid", "worse", reply));
        assertDone(reply -> new Capacity.Resume("bob", "over", reply));

        assertEquals(Mode.HALTED, capacity.getState().mode());
    }

    @Test
    void aVoiceToResumeLapses() {
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        assertDone(reply -> new Capacity.Resume("ann", "over", reply));
        engine.clock.set(new Moment(Pool.START_MS + 601_000, 0));

        assertDone(reply -> new Capacity.Resume("bob", "over", reply));

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
        assertEquals(0.2, engine.summary().limits().get("gamma_share"));
    }

    @Test
    void theAllocationIsWrittenAtTheStartAndChangedByAnEvent() {
        AllocationTerms configured = Pool.PARAMETERS.allocation().initial();
        AllocationTerms other = new AllocationTerms(0.3, 0.2, 1.6);
        assertEquals(configured, capacity.getState().allocation().orElseThrow().terms(), "written");
        assertRejected(
                reply ->
                        new Capacity.Allocate(
                                "ann", new AllocationTerms(0.2, 0.1, 1.4), "down", reply));
        assertRejected(reply -> new Capacity.Allocate("ann", other, "too soon", reply));
        engine.clock.set(new Moment(Pool.START_MS + 86_400_000L, 0));
        CapacityEvent event =
                capacity.<Capacity.OperatorReply>runCommand(
                                reply -> new Capacity.Allocate("ann", other, "winter", reply))
                        .event();

        assertEquals(
                new CapacityEvent.AllocationSet(
                        "ann", Pool.START_MS + 86_400_000L, other, "winter"),
                event);
        String hash = engine.summary().entityHash();
        capacity.restart();
        assertEquals(other, capacity.getState().allocation().orElseThrow().terms());
        assertEquals(hash, engine.summary().entityHash());
        assertDone(reply -> new Capacity.Halt("ann", "drill", reply));
        assertRejected(reply -> new Capacity.Allocate("ann", configured, "halted", reply));
    }

    @Test
    void capitalMovesByBalancedEventsAndLeavesOnlyWhenItIsKnownToBeFree() {
        assertDone(reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1000), "r-1", reply));
        assertRejected(reply -> new Capacity.PayIn("ann", Usdc.ZERO, "r-2", reply));
        assertRejected(reply -> new Capacity.PayOut("ann", Usdc.ofWhole(1), "r-3", reply));

        PoolSummary before = engine.summary();
        CapitalState live = capacity.getState();
        capacity.restart();

        assertEquals(Usdc.ofWhole(1000), before.cash());
        assertEquals(live, capacity.getState());
        assertEquals(before.entityHash(), engine.summary().entityHash());
        assertEquals(4L, engine.summary().cut().get("capacity"));
    }

    @Test
    void moneySentAgainUnderItsIdMovesOnceOverRestartsAndWithAnotherBodyIsRefused() {
        Capacity.Done first = done("ann", 1_000, "r-1");
        capacity.restart();
        String before = engine.summary().entityHash();

        assertEquals(first, done("ann", 1_000, "r-1"));
        assertRejected(reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1_001), "r-1", reply));
        assertRejected(reply -> new Capacity.PayIn("bob", Usdc.ofWhole(1_000), "r-1", reply));
        assertRejected(reply -> new Capacity.PayOut("ann", Usdc.ofWhole(1_000), "r-1", reply));
        assertRejected(reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1), "r 2", reply));
        assertEquals(before, engine.summary().entityHash());
        assertEquals(Usdc.ofWhole(1_000), engine.summary().cash());
        done("ann", 1_000, "r-2");
        assertEquals(Usdc.ofWhole(2_000), engine.summary().cash());
    }

    @Test
    void whatWasRefusedUnderAnIdIsJudgedAnew() {
        assertRejected(reply -> new Capacity.PayOut("ann", Usdc.ofWhole(1), "r-1", reply));
        done("ann", 5, "r-1");
    }

    @Test
    void theLastTenThousandIdsAreRemembered() {
        CapitalState state = CapitalState.EMPTY;
        for (int i = 0; i <= CapitalState.MOST_REQUESTS; i++) {
            state = state.apply(new CapacityEvent.RequestDone("ann", 1, "r-" + i, "b", "a"));
        }
        assertEquals(CapitalState.MOST_REQUESTS, state.requests().size());
        assertTrue(state.request("r-0").isEmpty());
        assertTrue(state.request("r-1").isPresent());
    }

    private Capacity.Done done(String by, long usdc, String id) {
        return assertInstanceOf(
                Capacity.Done.class,
                capacity.<Capacity.OperatorReply>runCommand(
                                reply -> new Capacity.PayIn(by, Usdc.ofWhole(usdc), id, reply))
                        .reply());
    }

    @Test
    void aReservationGoesThroughTheProtocolOfPrepareReportAndPublish() {
        assertDone(reply -> new Capacity.PayIn("ann", Usdc.ofWhole(10_000_000), "first", reply));
        engine.register();
        TestProbe<Object> book = engine.party(Capacity.Party.Side.BOOK, Pool.BTC);
        book.expectMessage(new Capacity.Incarnation(Pool.START_MS));
        long rules = Pool.in(engine.summary().cut(), Capacity.PERSISTENCE_ID);
        book.expectMessage(new Capacity.RulesChanged(rules, Mode.OPEN));
        long number = engine.openView();
        book.expectMessage(new Capacity.Opened(number));
        CapacityView view =
                engine.party(Capacity.Party.Side.MARKET, Pool.BTC)
                        .expectMessageClass(Capacity.Published.class)
                        .view();
        assertEquals(List.of(), view.reasons());

        Capacity.Reserve asked =
                engine.books
                        .book(Pool.BTC)
                        .issue(Pool.option(Pool.BTC, 30, 65_000, "C", 10), Usdc.ofWhole(1000))
                        .reserve();
        Capacity.Granted granted = assertInstanceOf(Capacity.Granted.class, engine.ask(asked));
        assertEquals(asked.id(), granted.id());
        assertEquals(1, engine.summary().reservations());

        capacity.runCommand(new Capacity.Release(asked.id()));
        assertEquals(0, engine.summary().reservations());
        assertTrue(engine.summary().measures().isPresent());
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
