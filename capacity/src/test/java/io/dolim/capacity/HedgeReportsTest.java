package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What hedgers say: when it counts, and which of it. */
class HedgeReportsTest {

    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 40);

    @Test
    void nothingIsGrantedBeforeEveryHedgerHasReported() {
        Pool pool = Perpetuals.hedgedPool(Pool.BTC, Pool.ETH);
        long number = pool.desk.prepare(pool.now, true).orElseThrow();
        for (Pool.FakeBook book : pool.books.values()) {
            book.freeze(number, pool.now.epochMs());
            assertEquals(Desk.Effect.MOVED, pool.desk.report(book.report(), pool.rules()));
        }
        assertInstanceOf(Capacity.Retry.class, pool.ask(Pool.BTC, CALLS, Usdc.ofWhole(50_000)));
        assertEquals(
                List.of("hedger_not_reported BTC", "hedger_not_reported ETH", "no_view"),
                pool.desk.summary(pool.rules(), pool.now).reasons());

        assertEquals(Desk.Effect.NONE, Perpetuals.of(Pool.BTC).tell(pool));
        assertInstanceOf(Capacity.Retry.class, pool.ask(Pool.BTC, CALLS, Usdc.ofWhole(50_000)));
        assertEquals(Desk.Effect.OPENED, Perpetuals.of(Pool.ETH).tell(pool));

        assertEquals(List.of(), pool.desk.summary(pool.rules(), pool.now).reasons());
        Pool.granted(pool.ask(Pool.BTC, CALLS, Usdc.ofWhole(50_000)));
    }

    @Test
    void aPoolWithoutHedgersHearsNone() {
        Pool pool = Pool.opened();
        Perpetuals perpetuals = Perpetuals.of(Pool.BTC).at("one", "-5", 65_000, 100_000);

        assertEquals(Desk.Effect.NONE, perpetuals.tell(pool));
        pool.openView();

        assertEquals(FrozenHedges.NONE, pool.view().inputs().hedges());
        assertEquals(0, pool.view().unhedgedDeltaCoins(Pool.BTC));
    }

    @Test
    void anOlderReportIsIgnored() {
        Pool pool = Perpetuals.hedgedPool(Pool.BTC);
        Perpetuals first = Perpetuals.of(Pool.BTC).at("one", "1", 65_000, 10_000);
        Perpetuals last = Perpetuals.of(Pool.BTC).at("one", "3", 65_000, 10_000);
        assertEquals(Desk.Effect.NONE, last.numbered(2, 7).tell(pool));
        first.numbered(1, 99).tell(pool);
        first.numbered(2, 6).tell(pool);
        pool.openView();
        assertEquals(3, pool.view().unhedgedDeltaCoins(Pool.BTC));

        first.numbered(3, 1).tell(pool);
        pool.openView();
        assertEquals(1, pool.view().unhedgedDeltaCoins(Pool.BTC));
    }

    @Test
    void whatIsHedgedCountsWithTheNextView() {
        Pool pool = Perpetuals.hedgedPool(Pool.BTC);
        Perpetuals.of(Pool.BTC).tell(pool);
        pool.openView();
        CapitalFigures before = CapitalFigures.of(pool);

        Perpetuals.of(Pool.BTC)
                .numbered(1, 2)
                .brought(-1_000)
                .at("one", "20", 64_000, 200_000)
                .tell(pool);
        assertEquals(before, CapitalFigures.of(pool));

        pool.openView();
        CapitalFigures after = CapitalFigures.of(pool);
        assertNotEquals(before, after);
        // 20 coins bought a thousand below the spot, and what hedging cost
        assertEquals(before.equity() + 20_000 - 1_000, after.equity(), 1e-6);
        assertEquals(20, after.netDelta());
    }

    private record CapitalFigures(
            double equity, double capital, double rac, double netDelta, Usdc cash, Object charge) {
        static CapitalFigures of(Pool pool) {
            CapacityView view = pool.view();
            return new CapitalFigures(
                    view.measures().equity(),
                    view.inputs().capital(),
                    view.measures().rac(),
                    view.unhedgedDeltaCoins(Pool.BTC),
                    view.cash(),
                    view.of(CALLS));
        }
    }

    @Test
    void aVenueThatFallsAsksForTheNextViewAtOnce() {
        Pool pool = Perpetuals.hedgedPool(Pool.BTC);
        Perpetuals up = Perpetuals.of(Pool.BTC).at("one", "20", 65_000, 200_000);
        up.tell(pool);
        pool.openView();
        assertEquals(Desk.Effect.NONE, up.tell(pool));
        Perpetuals down = Perpetuals.of(Pool.BTC).at("one", "20", 65_000, 200_000, false);

        assertEquals(Desk.Effect.OUTDATED, down.tell(pool));
        pool.desk.prepare(pool.now, true);
        assertEquals(Desk.Effect.NONE, down.tell(pool), "it is on its way");

        pool.openView();
        assertEquals(0, pool.view().unhedgedDeltaCoins(Pool.BTC));
    }

    @Test
    void ofAHedgerThatIsSilentForTooLongNoVenueStands() {
        Pool pool = Perpetuals.hedgedPool(Pool.BTC);
        Perpetuals perpetuals = Perpetuals.of(Pool.BTC).at("one", "20", 65_000, 200_000);
        perpetuals.tell(pool);
        long life = Pool.PARAMETERS.hedges().reportLife().toMillis();
        pool.pass(life);
        pool.openView();
        assertEquals(20, pool.view().unhedgedDeltaCoins(Pool.BTC));

        pool.pass(1);
        pool.openView();
        assertEquals(0, pool.view().unhedgedDeltaCoins(Pool.BTC));

        assertEquals(Desk.Effect.OUTDATED, perpetuals.tell(pool));
        pool.openView();
        assertEquals(20, pool.view().unhedgedDeltaCoins(Pool.BTC));
    }

    @Test
    void theOrderOfReportsChangesNoBit() {
        SplittableRandom random = new SplittableRandom(29);
        for (int run = 0; run < 40; run++) {
            List<HedgeReport> told = told(random);
            Pool pool = Perpetuals.hedgedPool(Pool.BTC, Pool.ETH);
            told.forEach(one -> pool.desk.hedged(one, pool.rules(), pool.now));
            pool.openView();
            Pool late = Perpetuals.hedgedPool(Pool.BTC, Pool.ETH);
            List<HedgeReport> waiting = new ArrayList<>(told);
            while (!waiting.isEmpty()) {
                int at = random.nextInt(waiting.size());
                HedgeReport one = random.nextInt(3) == 0 ? waiting.get(at) : waiting.remove(at);
                late.desk.hedged(one, late.rules(), late.now);
            }
            late.openView();

            assertEquals(pool.view().of(CALLS), late.view().of(CALLS));
            assertEquals(pool.view().measures(), late.view().measures());
            assertEquals(pool.view().inputs(), late.view().inputs());
            assertEquals(HedgeFigures.of(pool.view()), HedgeFigures.of(late.view()));
        }
    }

    private static List<HedgeReport> told(SplittableRandom random) {
        List<HedgeReport> told = new ArrayList<>();
        for (var underlying : List.of(Pool.BTC, Pool.ETH)) {
            for (int number = 1; number <= 5; number++) {
                Perpetuals one =
                        Perpetuals.of(underlying)
                                .numbered(1 + number / 4, number)
                                .brought(random.nextLong(-50_000, 50_000));
                for (String venue : List.of("one", "two", "three")) {
                    String coins = random.nextInt(-300_000, 300_000) + "e-4";
                    long price = underlying.equals(Pool.BTC) ? 64_321 : 2_345;
                    one = one.at(venue, coins, price, 300_000, random.nextInt(3) > 0);
                }
                told.add(one.report());
            }
        }
        return told;
    }

    @Test
    void reportsThatCannotBeAreRefusedByName() {
        Perpetuals one = Perpetuals.of(Pool.BTC);
        assertRefused("venue=One", () -> one.at("One", "1", 1, 1).report());
        assertRefused("coins=5000000", () -> one.at("one", "5000000", 1, 1));
        assertRefused("costUsdc=2.0E9", () -> one.at("one", "20000", 100_000, 1));
        assertRefused("bandCoins=-1.0", () -> one.report(-1));
        assertRefused("bandCoins=NaN", () -> one.report(Double.NaN));
        assertRefused(
                "hedged=[SOL]",
                () ->
                        Capacity.create(
                                Pool.PARAMETERS,
                                Configured.UNTOLD,
                                Pool.SPECS,
                                Set.of(new io.dolim.quoting.instrument.Underlying("SOL")),
                                () -> new Moment(0, 0),
                                () -> 1,
                                () -> JournalRoom.AMPLE));
        HedgeReport.AtVenue at = Pool.in(one.at("one", "1", 1, 1).byVenue(), "one");
        assertRefused(
                "maintenanceMargin=0.2",
                () ->
                        new HedgeReport.AtVenue(
                                at.coins(), at.costUsdc(), at.postedUsdc(), 0.1, 0.2, true));
        assertRefused(
                "initialMargin=0.0",
                () ->
                        new HedgeReport.AtVenue(
                                at.coins(), at.costUsdc(), at.postedUsdc(), 0, 0, true));
    }

    private static void assertRefused(String why, org.junit.jupiter.api.function.Executable asked) {
        String message = assertThrows(IllegalArgumentException.class, asked).toString();
        assertTrue(message.contains(why), message);
    }
}
