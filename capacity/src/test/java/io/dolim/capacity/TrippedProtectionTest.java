package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** K2 on the real Capacity: a trip is an event, outlives a restart, and takes an operator or its time. */
class TrippedProtectionTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(20_000);

    /** Ten coins. */
    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);

    private final CapacityKit engine =
            new CapacityKit("limits { \"mmp_quantity_coins.BTC\" = 15 }");

    @BeforeEach
    void open() {
        engine.fund();
        engine.register();
        engine.openView();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void theReportThatCrossesALimitIsAnsweredByATripAndEveryMarketIsShownIt() {
        assertTrue(sell().hasNoEvents());
        long nowMs = engine.now().epochMs();

        CapacityEvent event = sell().event();

        assertEquals(
                new CapacityEvent.ProtectionTripped(
                        "capacity",
                        nowMs,
                        Pool.BTC,
                        "mmp_quantity_coins.BTC",
                        20,
                        15,
                        nowMs + 300_000),
                event);
        assertTrue(event.essential());
        Capacity.Published shown = shown();
        assertEquals(Cause.Kind.MMP, shown.view().causes().getFirst().kind());
        assertEquals("mmp", outcome(CALLS));
        assertEquals("granted", outcome(CALLS.reversed()));
    }

    @Test
    void aRestartLeavesItTrippedAndAnOperatorLiftsItByAnEvent() {
        sell();
        sell();
        engine.capacity.restart();
        engine.register();
        engine.openView();
        assertEquals("mmp", outcome(CALLS));
        pass();

        EventSourcedBehaviorTestKit.CommandResultWithReply<
                        Capacity.Command, CapacityEvent, CapitalState, Capacity.OperatorReply>
                lifted = reset();

        assertInstanceOf(Capacity.Done.class, lifted.reply());
        assertEquals(
                new CapacityEvent.ProtectionLifted(
                        "ann", engine.now().epochMs(), Pool.BTC, "looked into"),
                lifted.event());
        pass();
        engine.openView();
        assertEquals("granted", outcome(CALLS));
        assertInstanceOf(Capacity.Rejected.class, reset().reply());
    }

    @Test
    void aLimitIsChangedByAnEventAndAZeroIsRefused() {
        Capacity.OperatorReply zero =
                engine.capacity
                        .<Capacity.OperatorReply>runCommand(
                                to -> new Capacity.Set("ann", "mmp_quantity_coins.BTC", 0, to))
                        .reply();
        assertInstanceOf(Capacity.Rejected.class, zero);

        CapacityEvent changed =
                engine.capacity
                        .<Capacity.OperatorReply>runCommand(
                                to -> new Capacity.Set("ann", "mmp_quantity_coins.BTC", 40, to))
                        .event();

        assertEquals(
                new CapacityEvent.LimitSet(
                        "ann", engine.now().epochMs(), "mmp_quantity_coins.BTC", 15, 40),
                changed);
        sell();
        sell();
        assertEquals("granted", outcome(CALLS));
    }

    /** A second. */
    private void pass() {
        Moment now = engine.now();
        engine.clock.set(new Moment(now.epochMs() + 1_000, now.monotonicNs() + 1_000_000_000));
    }

    /** Sells ten coins and reports them. */
    private EventSourcedBehaviorTestKit.CommandResult<Capacity.Command, CapacityEvent, CapitalState>
            sell() {
        Pool.FakeBook book = engine.books.book(Pool.BTC);
        Capacity.Granted granted = Pool.granted(engine.ask(book.issue(CALLS, GENEROUS).reserve()));
        book.write(granted.id(), engine.now().epochMs());
        return engine.capacity.runCommand(new Capacity.Report(book.report()));
    }

    private EventSourcedBehaviorTestKit.CommandResultWithReply<
                    Capacity.Command, CapacityEvent, CapitalState, Capacity.OperatorReply>
            reset() {
        return engine.capacity.runCommand(
                to -> new Capacity.ResetProtection("ann", Pool.BTC, "looked into", to));
    }

    private String outcome(OptionPackage asked) {
        Pool.FakeBook book = engine.books.book(asked.underlying());
        Capacity.Reserve reserve = book.issue(asked, GENEROUS).reserve();
        Capacity.ReserveReply reply = engine.ask(reserve);
        book.pending.remove(reserve.id());
        engine.capacity.runCommand(new Capacity.Release(reserve.id()));
        return reply instanceof Capacity.Refused refused ? refused.rule() : "granted";
    }

    /** The first published view with a cause. */
    private Capacity.Published shown() {
        List<Object> heard =
                engine.party(Capacity.Party.Side.MARKET, Pool.ETH)
                        .fishForMessage(
                                Duration.ofSeconds(3),
                                message ->
                                        message instanceof Capacity.Published published
                                                        && !published.view().causes().isEmpty()
                                                ? FishingOutcomes.complete()
                                                : FishingOutcomes.continueAndIgnore());
        return (Capacity.Published) heard.getFirst();
    }
}
