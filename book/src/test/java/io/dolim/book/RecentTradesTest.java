package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.BookReport;
import io.dolim.capacity.Traded;
import io.dolim.capacity.vector.InstrumentGreeks;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** K2: what a Book tells Capacity of the trades of the last minutes. */
class RecentTradesTest {

    private static final long SECOND = Engine.START_MS / 1000;

    @Test
    void aBookTellsWhatItTradedBySecondsAlsoAfterItsRestart() {
        try (Engine engine = new Engine()) {
            engine.deposit(Samples.ALICE, 10_000);
            trade(engine, 1, "o-1", "50", 2);
            engine.advance(Duration.ofSeconds(1));
            engine.publish(2);
            trade(engine, 2, "o-2", "80", 3);
            trade(engine, 2, "o-3", "-20", -1);
            Engine.await(() -> report(engine).poolCash().equals(Usdc.ofWhole(107)), "all reported");
            SortedMap<Long, Traded> told = traded(engine);

            InstrumentGreeks lot =
                    Engine.PRICER
                            .of(
                                    new FlatMarket(Samples.BTC, Engine.START_MS, 100_000),
                                    Samples.SPEC,
                                    Samples.CALL)
                            .greeks();
            // a dollar of each price is the fee, which the pool itself does not receive
            assertEquals(
                    new TreeMap<>(
                            java.util.Map.of(
                                    SECOND,
                                    new Traded(
                                            0.02,
                                            -2 * lot.deltaCoins(),
                                            -2 * lot.vegaUsdc(),
                                            49 - 2 * lot.markUsdc()),
                                    SECOND + 1,
                                    new Traded(
                                            0.04,
                                            -2 * lot.deltaCoins(),
                                            -2 * lot.vegaUsdc(),
                                            79 - 21 - 2 * lot.markUsdc()))),
                    told);

            long incarnation = report(engine).bookIncarnation();
            engine.faultOf(Samples.BTC).arm(message -> message instanceof Book.Tick, false);
            Engine.await(
                    () ->
                            report(engine).bookIncarnation() > incarnation
                                    && !traded(engine).isEmpty(),
                    "the restarted Book has reported");
            assertEquals(told, traded(engine));
            assertEquals(Long.MIN_VALUE, report(engine).tradesUnknownBeforeMs());
        }
    }

    @Test
    void aBookWhoseStateHasForgottenTradesSaysSinceWhenItKnowsThem() {
        RecentTrades recent = new RecentTrades();
        Holding forgetful =
                new Holding(
                        Samples.lines("50").total(),
                        new TreeMap<>(),
                        List.of(made(7, 5_000), made(9, 6_000)),
                        true);
        Holding whole =
                new Holding(
                        Samples.lines("50").total(),
                        new TreeMap<>(),
                        List.of(made(8, 9_000)),
                        false);

        recent.recovered(state(forgetful, whole));

        assertEquals(5_000, recent.unknownBeforeMs());
        SortedMap<Long, Traded> told = recent.valued(_ -> new InstrumentGreeks(1, 2, 3, 4, 5, 6));
        assertEquals(List.of(5L, 6L, 9L), List.copyOf(told.keySet()));
        recent.recovered(BookState.empty(Samples.BTC));
        assertEquals(Long.MIN_VALUE, recent.unknownBeforeMs());
    }

    @Test
    void whatNoWindowReachesIsForgotten() {
        RecentTrades recent = new RecentTrades();
        BookState state = state(Holding.NONE, Holding.NONE);
        recent.add(made(1, 0), state);
        recent.add(made(2, 1_000), state);
        recent.add(made(3, BookReport.LONGEST_WINDOW_MS + 1_000), state);

        SortedMap<Long, Traded> told = recent.valued(_ -> new InstrumentGreeks(1, 2, 3, 4, 5, 6));

        assertEquals(List.of(1L, 601L), List.copyOf(told.keySet()));
    }

    private static Trade made(long number, long epochMs) {
        return new Trade(
                new TradeId(Samples.BTC, number),
                Samples.ALICE,
                new ClientOrderId("o-" + number),
                BodyHash.of("o-" + number),
                "q-" + number,
                OptionPackage.of(new Leg(Samples.CALL, 1)),
                Samples.lines("50"),
                epochMs);
    }

    static BookState state(Holding alice, Holding bob) {
        BookState empty = BookState.empty(Samples.BTC);
        SortedMap<io.dolim.book.trade.AccountId, Holding> accounts = new TreeMap<>();
        accounts.put(Samples.ALICE, alice);
        accounts.put(Samples.BOB, bob);
        return new BookState(
                Samples.BTC,
                3,
                3,
                Optional.of(Samples.SPEC),
                empty.listed(),
                accounts,
                empty.pool(),
                empty.poolCash(),
                empty.fees(),
                empty.chargeAccount(),
                empty.inputs(),
                empty.settlements(),
                empty.adjustments(),
                empty.orders());
    }

    private static void trade(Engine engine, long view, String order, String price, long lots) {
        assertInstanceOf(
                Book.Filled.class,
                engine.accepted(
                        Samples.ALICE,
                        order,
                        engine.token(Samples.ALICE, view, price, new Leg(Samples.CALL, lots))));
    }

    private static BookReport report(Engine engine) {
        return Objects.requireNonNull(engine.window.reports.get(Samples.BTC));
    }

    private static SortedMap<Long, Traded> traded(Engine engine) {
        SortedMap<Long, BookReport.ViewTotals> byView = report(engine).byView();
        assertTrue(!byView.isEmpty(), "no view");
        return byView.lastEntry().getValue().traded();
    }
}
