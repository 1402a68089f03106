package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever keeps the pool from taking everything says who caused it, since when, and what lifts it. */
class CausesTest {

    private static final long AT_MS = Pool.START_MS + 5;
    private static final String TWO = "operator/resume by two credentials";

    private final Pool pool = Pool.opened();

    @Test
    void anOrderSaysWhoGaveItWhenAndWhoMayLiftIt() {
        pool.apply(new CapacityEvent.ModeSet("ann", AT_MS, Mode.OPEN, Mode.HALTED, "drill"));
        assertEquals(List.of(ordered(TWO)), causes());

        pool.pass(60_000);
        pool.openView();
        long proposedMs = pool.now.epochMs();
        pool.apply(new CapacityEvent.ResumeProposed("ann", proposedMs, "over"));
        long windowMs = Pool.PARAMETERS.resumeWindow().toMillis();
        assertEquals(
                List.of(
                        ordered(
                                "operator/resume by another than ann until "
                                        + (proposedMs + windowMs))),
                causes());

        pool.pass(windowMs + 1);
        pool.openView();
        assertEquals(List.of(ordered(TWO)), causes());
    }

    private static Cause ordered(String lifts) {
        return new Cause(
                Cause.Kind.OPERATOR,
                Optional.empty(),
                Mode.HALTED,
                "HALTED by ann: drill",
                AT_MS,
                "ann",
                lifts);
    }

    @Test
    void theOrdersTimeIsThatOfTheJournalAlsoAfterARestart() {
        try (CapacityKit engine = new CapacityKit("")) {
            engine.capacity.<Capacity.OperatorReply>runCommand(
                    reply -> new Capacity.ReduceOnly("ann", "drill", reply));
            long orderedMs = engine.now().epochMs();
            engine.clock.set(new Moment(orderedMs + 7_000, engine.now().monotonicNs()));
            engine.capacity.restart();

            Cause first = engine.summary().causes().getFirst();

            assertEquals(Cause.Kind.OPERATOR, first.kind());
            assertEquals(orderedMs, first.sinceMs());
            assertEquals(Mode.REDUCE_ONLY, first.effect());
        }
    }

    @Test
    void whatIsFoundKeepsTheTimeAtWhichItWasSeenFirst() {
        pool.room = new JournalRoom(10, 20, 5);
        long firstMs = pool.now.epochMs();
        assertEquals(firstMs, causes().getFirst().sinceMs());

        pool.pass(3_000);
        pool.room = new JournalRoom(8, 20, 5);
        assertEquals(
                List.of(
                        Cause.ofPool(
                                Cause.Kind.JOURNAL,
                                Mode.REDUCE_ONLY,
                                "journal_full left_bytes=8",
                                firstMs,
                                "journal",
                                "room for the journal: a freed disk or a larger map-size")),
                causes());
        assertEquals(Mode.REDUCE_ONLY, pool.view().mode());

        pool.room = JournalRoom.AMPLE;
        assertEquals(List.of(), causes());
        pool.room = new JournalRoom(8, 20, 5);
        assertEquals(pool.now.epochMs(), causes().getFirst().sinceMs());
    }

    @Test
    void aStoppedMarketStopsItsOwnScopeSinceItWasFrozen() {
        long frozenMs = pool.now.epochMs();
        pool.pass(3_000);
        openWithoutEth();

        Cause only = causes().getFirst();

        assertEquals(Cause.Kind.BREAKER, only.kind());
        assertEquals(Optional.of(Pool.ETH), only.scope());
        assertEquals("market_stopped ETH age_ms=3000", only.reason());
        assertEquals(frozenMs, only.sinceMs());
        assertEquals("guard ETH", only.by());
        assertEquals(Mode.OPEN, pool.view().mode());
    }

    private void openWithoutEth() {
        long number = pool.desk.prepare(pool.now, true).orElseThrow();
        pool.book(Pool.BTC).freeze(number, pool.now.epochMs());
        pool.report(Pool.BTC);
        pool.book(Pool.ETH).carry(pool.desk.carryOver().orElseThrow());
        pool.report(Pool.ETH);
    }

    @Test
    void spentCapitalAndBooksThatHaveNotReportedAreCausesToo() {
        Pool poor = new Pool();
        poor.state = CapitalState.EMPTY;
        assertEquals(
                List.of("book_not_reported BTC", "book_not_reported ETH", "no_view"),
                reasons(poor));

        poor.openView();

        Cause only = causes(poor).getFirst();
        assertEquals(Cause.Kind.CAPITAL, only.kind());
        assertEquals("capital_exhausted capital=0.0", only.reason());
        assertEquals("operator/pay_in, or a market view with capital above zero", only.lifts());
    }

    private List<Cause> causes() {
        return causes(pool);
    }

    private static List<Cause> causes(Pool pool) {
        return pool.desk.standing(pool.rules(), pool.now).causes();
    }

    private static List<String> reasons(Pool pool) {
        return causes(pool).stream().map(Cause::reason).toList();
    }
}
