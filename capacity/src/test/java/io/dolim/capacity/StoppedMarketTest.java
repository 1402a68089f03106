package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.Capacity.Party.Side;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One stopped underlying stops only itself: the real Capacity, Books and Markets in the test's hands. */
class StoppedMarketTest {

    private static final Usdc GENEROUS = Usdc.ofWhole(100_000);
    private static final OptionPackage BTC_CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 50);
    private static final OptionPackage ETH_CALLS = Pool.option(Pool.ETH, 30, 2_500, "C", 500);

    private final CapacityKit engine = new CapacityKit("");

    @BeforeEach
    void bothBooksAreShort() {
        engine.fund();
        engine.register();
        engine.openView();
        sell(Pool.BTC, BTC_CALLS);
        sell(Pool.ETH, ETH_CALLS);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aMarketThatSaysItIsStoppedIsCarriedOverAtOnceAndOnlyItsOwnRiskIsRefused() {
        long open = engine.summary().viewNumber();
        long number = openWithoutEth(3_000);

        assertTrue(number > open);
        PoolSummary summary = engine.summary();
        assertEquals(number, summary.viewNumber());
        assertEquals(List.of("market_stopped ETH age_ms=3000"), summary.reasons());
        assertEquals(Mode.OPEN, summary.mode());
        assertEquals("granted", outcome(Pool.BTC, BTC_CALLS));
        assertEquals("market_stopped", outcome(Pool.ETH, ETH_CALLS));
        assertEquals("granted", outcome(Pool.BTC, BTC_CALLS.reversed()));
        assertEquals("granted", outcome(Pool.ETH, ETH_CALLS.reversed()));
    }

    @Test
    void aSilentMarketIsCarriedOverAfterAWhile() {
        long open = engine.summary().viewNumber();
        long number = engine.prepare();
        freeze(Pool.BTC, number);
        pass(1_999);
        engine.capacity.runCommand(Capacity.Own.TICK);
        pass(1);
        engine.capacity.runCommand(Capacity.Own.TICK);
        assertEquals(new Capacity.CarryOver(number, open), carryOver());
        carry(new Capacity.CarryOver(number, open));
        assertEquals(number, engine.summary().viewNumber());
    }

    @Test
    void viewsThatOvertakeOneAnotherDoNotPutItOff() {
        long open = engine.summary().viewNumber();
        engine.prepare();
        for (int i = 0; i < 4; i++) {
            pass(500);
            engine.capacity.runCommand(Capacity.OpenView.NOW);
        }
        Capacity.CarryOver over = carryOver();
        assertEquals(open, over.from());
        freeze(Pool.BTC, over.viewNumber());
        carry(over);
        assertEquals(over.viewNumber(), engine.summary().viewNumber());
    }

    @Test
    void aBookThatIsSilentOpensNothing() {
        long open = engine.summary().viewNumber();
        long number = engine.prepare();
        freeze(Pool.BTC, number);
        engine.capacity.runCommand(new Capacity.MarketStopped(Pool.ETH, number));
        assertEquals(open, engine.summary().viewNumber());
        pass(10_001);
        assertEquals("stale_view", outcome(Pool.BTC, BTC_CALLS.reversed()));
    }

    @Test
    void itsAgeCountsFromWhenItWasFrozenThroughManyViews() {
        for (int i = 0; i < 4; i++) {
            openWithoutEth(3_000);
        }
        assertEquals(List.of("market_stopped ETH age_ms=12000"), engine.summary().reasons());
        assertEquals("market_stopped", outcome(Pool.ETH, ETH_CALLS.reversed()));
        assertEquals("granted", outcome(Pool.BTC, BTC_CALLS));
    }

    @Test
    void beyondTheLongestStopAllNewRiskIsRefusedAndOthersStillReduce() {
        openWithoutEth(300_001);
        assertEquals(Mode.REDUCE_ONLY, engine.summary().mode());
        assertEquals("market_stopped", outcome(Pool.BTC, BTC_CALLS));
        assertEquals("granted", outcome(Pool.BTC, BTC_CALLS.reversed()));
        assertEquals("market_stopped", outcome(Pool.ETH, ETH_CALLS.reversed()));
    }

    @Test
    void itsOwnWorstLossIsTakenOffCapitalUntilItIsBack() {
        engine.openView();
        Measures before = engine.summary().measures().orElseThrow();
        openWithoutEth(0);
        Measures carried = engine.summary().measures().orElseThrow();
        double worst = 0;
        for (int s = Pool.PRICER.scenarios().gridStart(); s < ethVectors().length; s++) {
            worst = Math.max(worst, -Pool.PRICER.scenarios().damping(s) * ethVectors()[s]);
        }
        assertTrue(worst > 1_000, "the book has a loss to take off: " + worst);
        assertEquals(before.capital() - worst, carried.capital());
        assertEquals(before.rac() - worst, carried.rac(), 1e-6);
        assertEquals(before.equity(), carried.equity());
        engine.openView();
        assertEquals(before, engine.summary().measures().orElseThrow());
        assertEquals(List.of(), engine.summary().reasons());
    }

    private double[] ethVectors() {
        Pool.FakeBook eth = engine.books.book(Pool.ETH);
        return eth.total(eth.markets.firstKey()).values();
    }

    /** Opens a view for which ETH has no market, so much later; its number. */
    private long openWithoutEth(long laterMs) {
        pass(laterMs);
        long number = engine.prepare();
        freeze(Pool.BTC, number);
        engine.capacity.runCommand(new Capacity.MarketStopped(Pool.ETH, number));
        carry(carryOver());
        engine.forgetBefore(number);
        return number;
    }

    private void freeze(Underlying underlying, long number) {
        engine.books.book(underlying).freeze(number, engine.now().epochMs());
        report(underlying);
    }

    private void carry(Capacity.CarryOver over) {
        engine.books.book(Pool.ETH).carry(over);
        report(Pool.ETH);
    }

    private Capacity.CarryOver carryOver() {
        return engine
                .party(Side.BOOK, Pool.ETH)
                .fishForMessage(
                        Duration.ofSeconds(3),
                        message ->
                                message instanceof Capacity.CarryOver
                                        ? FishingOutcomes.complete()
                                        : FishingOutcomes.continueAndIgnore())
                .stream()
                .map(Capacity.CarryOver.class::cast)
                .toList()
                .getLast();
    }

    private void sell(Underlying underlying, OptionPackage asked) {
        Pool.FakeBook book = engine.books.book(underlying);
        Capacity.Reserve reserve = book.issue(asked, GENEROUS).reserve();
        assertInstanceOf(Capacity.Granted.class, engine.ask(reserve));
        book.write(reserve.id(), engine.now().epochMs());
        report(underlying);
    }

    /** {@code granted} or the rule; nothing stays reserved. */
    private String outcome(Underlying underlying, OptionPackage asked) {
        Pool.FakeBook book = engine.books.book(underlying);
        Capacity.Reserve reserve = book.issue(asked, GENEROUS).reserve();
        Capacity.ReserveReply reply = engine.ask(reserve);
        book.pending.remove(reserve.id());
        engine.capacity.runCommand(new Capacity.Release(reserve.id()));
        return switch (reply) {
            case Capacity.Granted _ -> "granted";
            case Capacity.Refused refused -> refused.rule();
            case Capacity.Retry _ -> "retry";
        };
    }

    private void report(Underlying underlying) {
        engine.capacity.runCommand(new Capacity.Report(engine.books.book(underlying).report()));
    }

    private void pass(long ms) {
        Moment now = engine.now();
        engine.clock.set(new Moment(now.epochMs() + ms, now.monotonicNs() + ms * 1_000_000));
    }
}
