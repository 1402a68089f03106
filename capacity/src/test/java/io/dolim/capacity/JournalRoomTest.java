package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.CapitalCharge;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** What Capacity still does while the journal runs out of room. */
class JournalRoomTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(100_000);
    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 100);
    private static final JournalRoom ENOUGH = new JournalRoom(100, 100, 10);
    private static final JournalRoom SCARCE = new JournalRoom(99, 100, 10);
    private static final JournalRoom NEARLY_SPENT = new JournalRoom(10, 100, 10);
    private static final JournalRoom SPENT = new JournalRoom(9, 100, 10);

    @Test
    void whereRoomIsScarceOnlyWhatReducesIsQuotedAndGranted() {
        Pool pool = holdingCalls();
        pool.room = ENOUGH;
        assertEquals(List.of(), pool.view().reasons());
        for (JournalRoom room : List.of(SCARCE, NEARLY_SPENT)) {
            pool.room = room;
            assertEquals(Mode.REDUCE_ONLY, pool.view().mode());
            assertEquals(
                    List.of("journal_full left_bytes=" + room.leftBytes()), pool.view().reasons());
            assertRefused(room, pool.view().of(CALLS));
            assertRefused(room, pool.ask(Pool.BTC, CALLS, GENEROUS));
            CapitalCharge.Charged back =
                    assertInstanceOf(CapitalCharge.Charged.class, pool.view().of(back()));
            assertTrue(back.reducing());
        }
        assertInstanceOf(Capacity.Granted.class, pool.ask(Pool.BTC, back(), GENEROUS));
    }

    @Test
    void whereItIsSpentNothingIsQuotedOrGrantedAndMoreRoomOpensThePoolAgain() {
        Pool pool = holdingCalls();
        pool.room = SPENT;
        assertRefused(SPENT, pool.view().of(CALLS));
        assertRefused(SPENT, pool.view().of(back()));
        assertRefused(SPENT, pool.ask(Pool.BTC, CALLS, GENEROUS));
        assertRefused(SPENT, pool.ask(Pool.BTC, back(), GENEROUS));
        assertEquals(0, pool.desk.summary(pool.rules(), pool.now).reservations());

        pool.room = ENOUGH;
        assertEquals(Mode.OPEN, pool.view().mode());
        assertInstanceOf(Capacity.Granted.class, pool.ask(Pool.BTC, CALLS, GENEROUS));
    }

    @Test
    void anOperatorStopsThePoolInAFullJournalButMovesNoCapital() {
        try (CapacityKit engine = new CapacityKit("")) {
            said(engine, reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1_000), "r-1", reply));
            engine.room.set(SPENT);
            Capacity.OperatorReply again =
                    said(engine, reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1), "r-2", reply));
            assertEquals(new Capacity.Rejected("journal_full left_bytes=9"), again);
            assertInstanceOf(
                    Capacity.Done.class,
                    said(
                            engine,
                            reply -> new Capacity.PayIn("ann", Usdc.ofWhole(1_000), "r-1", reply)),
                    "what was done is answered");
            for (Function<ActorRef<Capacity.OperatorReply>, Capacity.OperatorCommand> order :
                    List.<Function<ActorRef<Capacity.OperatorReply>, Capacity.OperatorCommand>>of(
                            reply -> new Capacity.Set("ann", "gamma_share", 0.05, reply),
                            reply -> new Capacity.Halt("ann", "drill", reply),
                            reply -> new Capacity.Resume("ann", "", reply),
                            reply -> new Capacity.Resume("bob", "", reply))) {
                assertInstanceOf(Capacity.Done.class, said(engine, order));
            }
            assertEquals(Usdc.ofWhole(1_000), engine.capacity.getState().capital());
        }
    }

    @Test
    void boundsThatRefuseWhatReducesFirstAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new JournalRoom(0, 9, 10));
        assertThrows(IllegalArgumentException.class, () -> new JournalRoom(0, 9, -1));
    }

    private static Pool holdingCalls() {
        Pool pool = Pool.opened();
        Capacity.Granted sold =
                assertInstanceOf(Capacity.Granted.class, pool.ask(Pool.BTC, CALLS, GENEROUS));
        pool.book(Pool.BTC).write(sold.id(), pool.now.epochMs());
        pool.report(Pool.BTC);
        return pool;
    }

    private static OptionPackage back() {
        return CALLS.reversed();
    }

    private static void assertRefused(JournalRoom room, CapitalCharge.Answer answer) {
        CapitalCharge.Unavailable refused =
                assertInstanceOf(CapitalCharge.Unavailable.class, answer);
        assertEquals("journal_full", refused.rule());
        assertEquals(numbers(room), refused.numbers());
    }

    private static void assertRefused(JournalRoom room, Capacity.ReserveReply reply) {
        Capacity.Refused refused = assertInstanceOf(Capacity.Refused.class, reply);
        assertEquals("journal_full", refused.rule());
        assertEquals(numbers(room), refused.numbers());
    }

    private static Map<String, Double> numbers(JournalRoom room) {
        return new TreeMap<>(
                Map.of(
                        "left_bytes",
                        (double) room.leftBytes(),
                        "risk_bytes",
                        100.0,
                        "least_bytes",
                        10.0));
    }

    private static Capacity.OperatorReply said(
            CapacityKit engine,
            Function<ActorRef<Capacity.OperatorReply>, Capacity.OperatorCommand> order) {
        return engine.capacity.<Capacity.OperatorReply>runCommand(order::apply).reply();
    }
}
