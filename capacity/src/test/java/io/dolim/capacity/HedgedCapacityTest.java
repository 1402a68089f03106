package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real Capacity with a hedger in the test's hands. */
class HedgedCapacityTest {

    private static final OptionPackage CALLS = Pool.option(Pool.BTC, 30, 65_000, "C", 200);

    private final CapacityKit engine = new CapacityKit("", Set.of(Pool.BTC));

    @BeforeEach
    void fund() {
        engine.fund();
        engine.register();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void itOpensAViewWhenItsHedgerHasReported() {
        long number = engine.openView();
        assertEquals(0, engine.summary().viewNumber());
        assertEquals(List.of("hedger_not_reported BTC", "no_view"), engine.summary().reasons());
        assertInstanceOf(Capacity.Retry.class, ask());

        tell(Perpetuals.of(Pool.BTC).at("one", "5", 65_000, 100_000));

        assertEquals(number, engine.summary().viewNumber());
        assertEquals(Usdc.ofWhole(100_000), engine.summary().hedges().postedUsdc());
        assertEquals(5, Pool.in(engine.summary().hedges().netDeltaCoins(), Pool.BTC));
        fish(Capacity.Party.Side.BOOK, Capacity.Opened.class, number);
    }

    @Test
    void aVenueThatFallsOpensTheNextViewWithoutIt() {
        engine.openView();
        Perpetuals up = Perpetuals.of(Pool.BTC).at("one", "5", 65_000, 100_000);
        tell(up);
        long open = engine.summary().viewNumber();

        tell(up);
        tell(Perpetuals.of(Pool.BTC).at("one", "5", 65_000, 100_000, false));

        long next = open + 1;
        fish(Capacity.Party.Side.MARKET, Capacity.Prepare.class, next);
        for (Pool.FakeBook book : engine.books.books.values()) {
            book.freeze(next, engine.now().epochMs());
            engine.capacity.runCommand(new Capacity.Report(book.report()));
        }
        assertEquals(next, engine.summary().viewNumber());
        assertEquals(0, Pool.in(engine.summary().hedges().netDeltaCoins(), Pool.BTC));
    }

    /** What a carried market may have lost unseen, its hedge has lost or gained as well. */
    @Test
    void aCarriedMarketIsCutByWhatItsBookMayHaveLostWithItsHedge() {
        long open = engine.openView();
        tell(Perpetuals.of(Pool.BTC).at("one", "-2", 65_000, 1_000_000));
        double before = engine.summary().measures().orElseThrow().capital();
        Capacity.CarryOver over = new Capacity.CarryOver(engine.prepare(), open);
        Pool.FakeBook eth = engine.books.book(Pool.ETH);
        eth.freeze(over.viewNumber(), engine.now().epochMs());
        engine.capacity.runCommand(new Capacity.Report(eth.report()));
        engine.capacity.runCommand(new Capacity.MarketStopped(Pool.BTC, over.viewNumber()));
        Pool.FakeBook btc = engine.books.book(Pool.BTC);
        btc.carry(over);
        engine.capacity.runCommand(new Capacity.Report(btc.report()));

        PoolSummary carried = engine.summary();
        assertEquals(over.viewNumber(), carried.viewNumber());
        double worst = carried.measures().orElseThrow().worstDamped();
        // half of a rise by a half, on two coins
        assertEquals(0.5 * 0.5 * 130_000, worst, 1e-2);
        assertEquals(before - worst, carried.measures().orElseThrow().capital(), 1e-6);
    }

    /** Waits until a party of BTC is told of a view. */
    private void fish(Capacity.Party.Side side, Class<?> what, long number) {
        engine.party(side, Pool.BTC)
                .fishForMessage(
                        Duration.ofSeconds(3),
                        message ->
                                what.isInstance(message) && numberOf(message) == number
                                        ? FishingOutcomes.complete()
                                        : FishingOutcomes.continueAndIgnore());
    }

    private static long numberOf(Object message) {
        return switch (message) {
            case Capacity.Opened opened -> opened.viewNumber();
            case Capacity.Prepare asked -> asked.viewNumber();
            default -> 0;
        };
    }

    private void tell(Perpetuals perpetuals) {
        engine.capacity.runCommand(new Capacity.ReportHedge(perpetuals.report()));
    }

    private Capacity.ReserveReply ask() {
        Underlying underlying = CALLS.underlying();
        return engine.ask(
                engine.books.book(underlying).issue(CALLS, Usdc.ofWhole(50_000)).reserve());
    }
}
