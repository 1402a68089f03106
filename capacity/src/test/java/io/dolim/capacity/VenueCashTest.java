package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What cash at venues does to capital and to what is granted, and that a record of it prices alike. */
class VenueCashTest {

    private static final ScenarioSet SET = Pool.PRICER.scenarios();
    private static final OptionContract CALL =
            Pool.option(Pool.BTC, 30, 65_000, "C", 1).legs().getFirst().contract();
    private static final String VENUE = "deribit";

    private final Pool pool = Perpetuals.hedgedPool(Pool.BTC);

    @Test
    void tooMuchAtOneVenueTakesFromCapital() {
        open(Perpetuals.of(Pool.BTC).at(VENUE, "0", 65_000, 2_000_000));
        double capital = pool.view().inputs().capital();
        assertEquals(0, pool.view().inputs().hedges().addOnUsdc());
        assertEquals(capital, pool.view().measures().capital());

        open(
                Perpetuals.of(Pool.BTC)
                        .at(VENUE, "10", 60_000, 3_000_000)
                        .at("elsewhere", "0", 65_000, 2_400_000));

        double without = capital + 50_000;
        double addOn = 0.5 * (3_050_000 - 0.25 * without);
        assertEquals(addOn, pool.view().inputs().hedges().addOnUsdc(), 1e-6);
        assertEquals(without - addOn, pool.view().inputs().capital(), 1e-6);
        assertEquals(without - addOn, pool.view().measures().capital(), 1e-6);
        assertEquals(
                without - addOn,
                pool.view().measures().rac() + pool.view().measures().liquidationThresholdUsdc(),
                1e-6);
    }

    @Test
    void whatIsPostedCannotBePaidOut() {
        open(Perpetuals.of(Pool.BTC).at(VENUE, "0", 65_000, 2_000_000));
        double before = pool.desk.free(pool.rules(), pool.now);
        open(Perpetuals.of(Pool.BTC).at(VENUE, "0", 65_000, 9_900_000));
        assertEquals(100_000, pool.desk.free(pool.rules(), pool.now));
        assertTrue(before > 6_000_000, "before " + before);
        assertEquals(
                Usdc.ofWhole(9_900_000),
                pool.desk.summary(pool.rules(), pool.now).hedges().postedUsdc());

        OptionPackage sold = Pool.option(Pool.BTC, 30, 65_000, "C", -400);
        Capacity.ReserveReply reply = pool.ask(Pool.BTC, sold, Usdc.ofWhole(10_000));
        assertEquals("pool_cash", Pool.refused(reply).rule());
    }

    /** The calls of the worked case, on the whole pool. */
    @Test
    void aCallThatCannotBeMetIsReportedAndTakesWhatLiesThere() {
        hold(CALL, -5_000);
        open(Perpetuals.of(Pool.BTC).at(VENUE, "264", 65_000, 1_716_000));
        HedgeFigures.VenueCash rich = Pool.in(pool.view().hedges().venueCash(), VENUE);
        double loss = 264 * 65_000 * 0.66;
        assertEquals(0.05 * 264 * 65_000 * 0.34 + loss - 1_716_000, rich.callUsdc(), 1);
        assertTrue(rich.scenario().orElseThrow().startsWith("spot -0.66"), rich::toString);
        double free = pool.view().cash().toDouble() - 1_716_000;
        assertEquals(0.5 * free, rich.transferableUsdc(), 1e-6);
        assertTrue(!rich.covered(), rich::toString);

        open(Perpetuals.of(Pool.BTC).at(VENUE, "1", 65_000, 1_716_000));
        HedgeFigures.VenueCash safe = Pool.in(pool.view().hedges().venueCash(), VENUE);
        assertEquals(
                new HedgeFigures.VenueCash(
                        0, java.util.Optional.empty(), safe.transferableUsdc(), true),
                safe);
    }

    /** A trade that takes off what a hedge was for is judged as if the hedger had followed already. */
    @Test
    void givingBackReducesAlthoughTheHedgeIsStillOn() {
        hold(CALL, -800);
        open(Perpetuals.of(Pool.BTC));
        assertTrue(charged(calls(-400)).reducing(), "nothing hedges");
        open(Perpetuals.of(Pool.BTC).at(VENUE, "42", 65_000, 1_000_000));
        assertTrue(charged(calls(-400)).reducing(), "the hedger takes 21 coins off");
        open(
                Perpetuals.of(Pool.BTC)
                        .at(VENUE, "21", 65_000, 500_000)
                        .at("x", "21", 65_000, 500_000));
        assertTrue(charged(calls(-400)).reducing(), "each venue its share");

        pool.apply(new CapacityEvent.ModeSet("ann", 2, Mode.OPEN, Mode.HALTED, "drill"));
        Capacity.ReserveReply reply = pool.ask(Pool.BTC, calls(-400), Usdc.ZERO);
        assertTrue(Pool.granted(reply).reducing(), reply::toString);
    }

    /** Until he has followed, the pool holds what he lags by: no more than its limit. */
    @Test
    void butNotBeyondTheLimitOfDeltaThatNothingHedges() {
        hold(CALL, -800);
        open(Perpetuals.of(Pool.BTC).at(VENUE, "42", 65_000, 1_000_000));
        Capacity.Refused all = Pool.refused(pool.ask(Pool.BTC, calls(-795), Usdc.ZERO));
        assertEquals("limit unhedged_delta_coins.BTC", all.rule());
        assertEquals(40, Pool.in(all.numbers(), "allowed"));
        assertTrue(charged(calls(-700)).reducing(), "37 coins");
    }

    @Test
    void whatAddsOrHasNoHedgeToTakeOffIsNoFollowing() {
        Hedges held = hedges("42", true);
        assertEquals(41, held.following(Pool.BTC, 1).orElseThrow().coins(Pool.BTC), 1e-9);
        assertEquals(0, held.following(Pool.BTC, 50).orElseThrow().coins(Pool.BTC));
        assertTrue(held.following(Pool.BTC, -1).isEmpty(), "it would add");
        assertTrue(held.following(Pool.ETH, 1).isEmpty(), "nothing lies there");
        assertTrue(hedges("42", false).following(Pool.BTC, 1).isEmpty(), "in doubt");
        assertTrue(Hedges.NONE.following(Pool.BTC, 1).isEmpty(), "nothing hedges");
    }

    @Test
    void eachVenueGivesItsShareAndOneInDoubtNothing() {
        Hedges held =
                hedges(
                        Perpetuals.of(Pool.BTC)
                                .at("a", "30", 65_000, 1_000_000)
                                .at("b", "10", 65_000, 1_000_000)
                                .at("c", "20", 65_000, 1_000_000, false));
        List<Double> left =
                Pool.in(held.following(Pool.BTC, 4).orElseThrow().positions(), Pool.BTC).stream()
                        .map(one -> one.position().coins())
                        .toList();
        assertEquals(List.of(27.0, 9.0, 20.0), left);
    }

    private Hedges hedges(String coins, boolean standing) {
        return hedges(Perpetuals.of(Pool.BTC).at(VENUE, coins, 65_000, 1_000_000, standing));
    }

    private Hedges hedges(Perpetuals perpetuals) {
        HedgeReport report = perpetuals.report();
        open(Perpetuals.of(Pool.BTC));
        return Hedges.of(
                new FrozenHedges(new TreeMap<>(java.util.Map.of(Pool.BTC, report)), 0),
                pool.view().markets(),
                SET,
                Pool.PARAMETERS.hedges(),
                10_000_000);
    }

    private static OptionPackage calls(long lots) {
        return Pool.option(Pool.BTC, 30, 65_000, "C", lots);
    }

    private io.dolim.quoting.quote.CapitalCharge.Charged charged(OptionPackage asked) {
        return assertInstanceOf(
                io.dolim.quoting.quote.CapitalCharge.Charged.class, pool.view().of(asked));
    }

    @Test
    void whatMayBeSentIsASharePromptEnough() {
        HedgeTerms terms = Pool.PARAMETERS.hedges();
        int grid = SET.gridStart();
        assertEquals(500, terms.transferableUsdc(SET, grid, 1_000));
        assertEquals(0, terms.transferableUsdc(SET, grid, -1));
        HedgeTerms slow =
                new HedgeTerms(
                        terms.reportLife(),
                        0.5,
                        terms.gridTime().plusMillis(1),
                        terms.gridTime(),
                        0.25,
                        0.5);
        assertEquals(0, slow.transferableUsdc(SET, grid, 1_000));
        assertEquals(500, slow.transferableUsdc(SET, grid - 1, 1_000));
    }

    /** What a trade writes down of a hedged view gives its prices again. */
    @Test
    void aRecordedViewPricesToTheBit() {
        hold(CALL, -800);
        open(
                Perpetuals.of(Pool.BTC)
                        .brought(-12_345)
                        .at(VENUE, "33.3333", 64_321, 3_900_000)
                        .at("down", "-4", 65_432, 100_000, false));
        CapacityView live = pool.view();
        SortedMap<Underlying, BookVectors> books = new TreeMap<>();
        pool.books.forEach((coin, book) -> books.put(coin, book.total(live.viewNumber())));
        CapacityView again =
                new RecordedPool(Pool.PARAMETERS, Pool.SPECS, Pool.PARAMETERS.limits())
                        .view(
                                Pool.PRICER,
                                new RecordedPool.Frozen(
                                        live.inputs(), live.markets(), live.strain()),
                                new RecordedPool.Held(
                                        books,
                                        Usdc.ofWhole(10_000_000),
                                        live.bookSequences(),
                                        live.chargeAccount()),
                                Mode.OPEN);

        assertEquals(live.inputs(), again.inputs());
        assertEquals(live.measures(), again.measures());
        assertEquals(live.unhedgedDeltaCoins(Pool.BTC), again.unhedgedDeltaCoins(Pool.BTC));
        for (int strike = 50_000; strike <= 90_000; strike += 5_000) {
            for (long lots : new long[] {-90, -7, 1, 40, 400}) {
                OptionPackage one = Pool.option(Pool.BTC, 30, strike, "C", lots);
                assertEquals(live.of(one), again.of(one));
            }
        }
    }

    private void hold(OptionContract contract, long lots) {
        Pool.FakeBook book = pool.book(Pool.BTC);
        book.positions.put(contract, lots);
        book.sequence++;
    }

    private void open(Perpetuals perpetuals) {
        perpetuals.tell(pool);
        pool.openView();
    }
}
