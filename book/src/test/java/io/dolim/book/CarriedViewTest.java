package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.BookReport;
import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.quote.Leg;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A Book without a new market goes on under the next view with the last one. */
class CarriedViewTest {

    @Test
    void theLastMarketIsReportedUnderTheNewNumberWithWhatWasTradedSince() {
        try (Engine engine = new Engine()) {
            engine.deposit(Samples.ALICE, 1_000);
            tell(engine, new Capacity.Opened(1));
            String token = engine.token(Samples.ALICE, 1, "105.25", new Leg(Samples.CALL, 5));
            assertInstanceOf(Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-1", token));
            tell(engine, new Capacity.CarryOver(2, 1));
            BookReport.ViewTotals carried = totals(engine, 2);
            BookReport.ViewTotals frozen = totals(engine, 1);
            assertTrue(carried.carried());
            assertTrue(!frozen.carried());
            assertEquals(frozen.market(), carried.market());
            assertEquals(frozen.total(), carried.total());
            assertTrue(carried.total().markUsdc() < 0, "the trade is in it");
        }
    }

    @Test
    void whicheverComesFirstTheMarketOrTheOrderToCarryOverStands() {
        try (Engine engine = new Engine()) {
            tell(engine, new Capacity.Opened(1));
            tell(engine, new Capacity.CarryOver(2, 1));
            engine.revalue(Samples.BTC, 2, 90_000);
            assertEquals(100_000, totals(engine, 2).market().spotUsdc());
            engine.revalue(Samples.BTC, 3, 90_000);
            tell(engine, new Capacity.CarryOver(3, 1));
            assertEquals(90_000, totals(engine, 3).market().spotUsdc());
            assertTrue(!totals(engine, 3).carried());
            tell(engine, new Capacity.CarryOver(9, 8));
            Set<Long> told = new TreeSet<>(List.of(1L, 2L, 3L));
            Engine.await(() -> report(engine).byView().keySet().equals(told), "these are told");
        }
    }

    @Test
    void theOpenViewIsNeverForgottenForThoseThatAreOnlyPrepared() {
        try (Engine engine = new Engine()) {
            tell(engine, new Capacity.Opened(1));
            for (long view = 2; view <= 6; view++) {
                engine.revalue(Samples.BTC, view, 90_000);
            }
            Set<Long> told = new TreeSet<>(List.of(1L, 4L, 5L, 6L));
            Engine.await(() -> report(engine).byView().keySet().equals(told), "these are told");
        }
    }

    @Test
    void aViewThatIsPreparedIsReportedAlsoWhenLaterNumbersAreLeftOver() {
        try (Engine engine = new Engine()) {
            for (long view = 7; view <= 11; view++) {
                engine.revalue(Samples.BTC, view, 90_000);
            }
            engine.revalue(Samples.BTC, 5, 90_000);
            assertTrue(totals(engine, 5).market().spotUsdc() > 0, "5 was asked for last");
        }
    }

    @Test
    void aStoppedUnderlyingStopsOnlyItself() {
        try (Engine engine = Engine.withRealCapacity()) {
            engine.deposit(Samples.ALICE, 1_000);
            engine.stopped.add(Samples.ETH);
            Engine.await(() -> !engine.pool().reasons().isEmpty(), "the stop is shown");
            long view = engine.pool().viewNumber();
            Engine.await(() -> engine.pool().viewNumber() > view + 2, "views open all the same");
            assertTrue(engine.pool().reasons().getFirst().startsWith("market_stopped ETH"));
            String btc = engine.token(Samples.ALICE, 1, "50.5", new Leg(Samples.CALL, 2));
            assertInstanceOf(Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-1", btc));
            OptionContract contract = Engine.contracts(Samples.ETH).getFirst();
            String eth = engine.token(Samples.ALICE, 1, "50.5", new Leg(contract, 2));
            Book.Refused refused =
                    assertInstanceOf(
                            Book.Refused.class, engine.acceptedAtLast(Samples.ALICE, "o-2", eth));
            assertEquals(RefusalReason.MARKET_STOPPED, refused.reason());
            engine.stopped.clear();
            Engine.await(() -> engine.pool().reasons().isEmpty(), "it is back");
            assertInstanceOf(Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-2", eth));
        }
    }

    private static void tell(Engine engine, Capacity.ToBook message) {
        engine.bookOf(Samples.BTC).tell(new Book.FromCapacity(message));
    }

    private static BookReport report(Engine engine) {
        // its answer is behind the reports of all it was told before
        engine.book(Samples.BTC);
        long asked = engine.window.heard.get();
        tell(engine, new Capacity.Incarnation(0));
        Engine.await(() -> engine.window.heard.get() > asked, "a report comes");
        return Objects.requireNonNull(engine.window.reports.get(Samples.BTC));
    }

    private static BookReport.ViewTotals totals(Engine engine, long view) {
        Engine.await(() -> report(engine).byView().containsKey(view), "view " + view + " is told");
        return Objects.requireNonNull(report(engine).byView().get(view));
    }
}
