package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static io.dolim.api.venue.Exchanges.ETH;
import static io.dolim.api.venue.Exchanges.buy;
import static io.dolim.api.venue.Exchanges.order;
import static io.dolim.api.venue.Exchanges.sell;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a simulated venue's server over a real socket. */
class DeribitVenueTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long ANSWER_MS = 400;

    private final TestProbe<Venue.Traded> traded = KIT.createTestProbe(Venue.Traded.class);
    private final TestProbe<Venue.Told> told = KIT.createTestProbe(Venue.Told.class);
    private VenueHost host;
    private ActorRef<Venue.Command> venue;

    @BeforeEach
    void start() {
        host = new VenueHost(KIT.system());
        venue = KIT.spawn(DeribitVenue.create(Venues.settings(host.socket(), ANSWER_MS)));
        awaitReady();
    }

    @AfterEach
    void stop() {
        KIT.stop(venue);
        host.close();
    }

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    private void awaitReady() {
        told.awaitAssert(
                PATIENCE,
                Duration.ofMillis(20),
                () -> {
                    venue.tell(new Venue.AskDepth(BTC, told.getRef()));
                    return assertInstanceOf(Venue.Depth.class, told.receiveMessage(PATIENCE));
                });
    }

    private Venue.Traded trade(VenueOrder order) {
        venue.tell(new Venue.Trade(order, traded.getRef()));
        return traded.receiveMessage(PATIENCE);
    }

    private Venue.Filled filled(VenueOrder order) {
        return assertInstanceOf(Venue.Filled.class, trade(order));
    }

    private Venue.Told ask(long afterTrade, long afterPayment) {
        venue.tell(new Venue.AskLedger(BTC, afterTrade, afterPayment, told.getRef()));
        return told.receiveMessage(PATIENCE);
    }

    private Venue.Ledger ledger(long afterTrade, long afterPayment) {
        return assertInstanceOf(Venue.Ledger.class, ask(afterTrade, afterPayment));
    }

    private void outage(Outage.Kind kind, long ms) {
        long now = System.currentTimeMillis();
        host.exchange.plan(new Outage(now - 1_000, now + ms, kind));
    }

    @Test
    void whatIsTradedIsToldAsTheVenuesOwnLedgerHasIt() {
        Venue.Filled bought = filled(buy(2_000, "a"));
        assertEquals(2, bought.fills().size());
        Venue.Filled sold = filled(sell(500, "b"));
        List<VenueFill> all = new ArrayList<>(bought.fills());
        all.addAll(sold.fills());
        Venue.Ledger ledger = ledger(0, 0);
        Venue.Ledger own = host.exchange.ledger("here", BTC, 0, 0, 99);
        assertEquals(all, ledger.fills());
        assertEquals(own.fills(), ledger.fills());
        assertEquals(own.payments(), ledger.payments());
        assertEquals(
                new Venue.Ledger(
                        "here",
                        BTC,
                        ledger.epochMs(),
                        1_500,
                        own.cash(),
                        own.equity(),
                        own.initialMargin(),
                        own.maintenanceMargin(),
                        own.markUsdc(),
                        own.fills(),
                        own.payments(),
                        true),
                ledger);
        assertTrue(Math.abs(ledger.epochMs() - System.currentTimeMillis()) < 60_000);
    }

    @Test
    void aLimitFillsInPartAndReduceOnlyStopsAtZero() {
        assertEquals(1_250, filled(order(9_000, "100002", false, "a")).fills().getFirst().lots());
        assertEquals(List.of(), filled(order(1, "1", false, "b")).fills());
        assertEquals(
                -1_250,
                filled(order(-9_999, "1", true, "c")).fills().stream()
                        .mapToLong(VenueFill::lots)
                        .sum());
    }

    @Test
    void theDepthIsTheVenuesBook() {
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        assertEquals(host.exchange.depth("here", BTC), told.receiveMessage(PATIENCE));
    }

    @Test
    void aRejectionIsToldWithTheVenuesReasonAndTheLabelMayBeSentAgain() {
        Venue.Rejected poor = assertInstanceOf(Venue.Rejected.class, trade(buy(300_000, "a")));
        assertTrue(poor.why().contains("10009"), poor.why());
        host.exchange.set(new ExchangeRules.Chances(1, 0));
        assertInstanceOf(Venue.Rejected.class, trade(buy(1, "b")));
        host.exchange.set(ExchangeRules.Chances.NONE);
        filled(buy(1, "b"));
    }

    @Test
    void aLabelIsNotSentTwiceAndNotForAnotherOrder() {
        Venue.Filled first = filled(buy(5, "a"));
        host.prices.put(BTC, new PriceSource.Price(90_000, OptionalDouble.of(90_000)));
        assertEquals(first, trade(buy(5, "a")));
        assertInstanceOf(Venue.Rejected.class, trade(buy(6, "a")));
        assertEquals(5, ledger(0, 0).lots());
    }

    @Test
    void aVenueThatHangsLeavesOrdersUnknownAndIsLeftAndFoundAgain() {
        outage(Outage.Kind.SILENT, 1_500);
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        venue.tell(new Venue.AskLedger(BTC, 0, 0, told.getRef()));
        assertInstanceOf(Venue.Unknown.class, trade(buy(5, "a")));
        told.expectMessageClass(Venue.Silent.class, PATIENCE);
        told.expectMessageClass(Venue.Silent.class, PATIENCE);
        awaitReady();
        Venue.Ledger ledger = ledger(0, 0);
        assertEquals(0, ledger.lots());
        assertEquals(List.of(), ledger.fills());
    }

    @Test
    void aTradeWhoseAnswerIsLostIsUnknownAndFoundByItsLabelAndNeverTradedTwice() {
        outage(Outage.Kind.ANSWERS_LOST, 1_000);
        assertInstanceOf(Venue.Unknown.class, trade(buy(5, "a")));
        awaitReady();
        VenueFill found = ledger(0, 0).fills().getFirst();
        assertEquals("a", found.label());
        assertInstanceOf(Venue.Unknown.class, trade(buy(5, "a")));
        assertEquals(5, ledger(0, 0).lots());

        // an engine that has forgotten sends the label again: this venue can tell
        KIT.stop(venue);
        venue = KIT.spawn(DeribitVenue.create(Venues.settings(host.socket(), ANSWER_MS)));
        awaitReady();
        assertEquals(new Venue.Filled("a", List.of(found)), trade(buy(5, "a")));
        assertEquals(5, ledger(0, 0).lots());
    }

    @Test
    void aVenueThatIsDownSaysSoAndNothingIsTraded() {
        outage(Outage.Kind.REFUSES, 1_000);
        Venue.Rejected rejected = assertInstanceOf(Venue.Rejected.class, trade(buy(1, "a")));
        assertTrue(rejected.why().contains("11051"), rejected.why());
        assertInstanceOf(Venue.Silent.class, ask(0, 0));
    }

    @Test
    void aVenueThatGoesAwayAndComesBackHasForgottenNothing() {
        filled(buy(7, "a"));
        Venue.Ledger before = ledger(0, 0);
        int port = host.port();
        host.stop();
        told.awaitAssert(
                PATIENCE,
                Duration.ofMillis(20),
                () -> {
                    Venue.Told gone = ask(0, 0);
                    assertEquals(new Venue.Silent("here", "not connected"), gone);
                    return gone;
                });
        assertEquals(new Venue.Rejected("b", "not connected"), trade(buy(1, "b")));
        host.restart(port);
        awaitReady();
        Venue.Ledger after = ledger(0, 0);
        assertEquals(before.fills(), after.fills());
        assertEquals(before.cash(), after.cash());
        filled(buy(1, "b"));
        assertEquals(8, ledger(1, 1).lots());
    }

    @Test
    void theLedgerIsReadInPagesWithoutAGap() {
        for (int i = 0; i < 9; i++) {
            filled(buy(1, "o" + i));
        }
        for (int i = 0; i < 600; i++) {
            host.exchange.transfer(new Usdc(1), "t" + i);
        }
        List<Long> trades = new ArrayList<>();
        List<Long> payments = new ArrayList<>();
        boolean whole = false;
        int pages = 0;
        while (!whole) {
            Venue.Ledger page =
                    ledger(
                            trades.isEmpty() ? 0 : trades.getLast(),
                            payments.isEmpty() ? 0 : payments.getLast());
            page.fills().forEach(fill -> trades.add(fill.sequence()));
            page.payments().forEach(payment -> payments.add(payment.sequence()));
            whole = page.isWhole();
            pages++;
        }
        assertEquals(LongStream.rangeClosed(1, 9).boxed().toList(), trades);
        assertEquals(LongStream.rangeClosed(1, 601).boxed().toList(), payments);
        assertEquals(151, pages);
    }

    @Test
    void cashIsMovedBothWaysOnceForEachLabel() {
        for (int i = 0; i < 2; i++) {
            venue.tell(new Venue.Transfer(Usdc.ofWhole(10), "in", told.getRef()));
            told.expectMessage(PATIENCE, new Venue.Transferred("here", "in"));
        }
        venue.tell(new Venue.Transfer(Usdc.ofWhole(-4), "out", told.getRef()));
        told.expectMessage(PATIENCE, new Venue.Transferred("here", "out"));
        assertEquals(Usdc.ofWhole(1_000_006), ledger(0, 0).cash());
        venue.tell(new Venue.Transfer(Usdc.ofWhole(-2_000_000), "all", told.getRef()));
        assertTrue(told.expectMessageClass(Venue.Silent.class, PATIENCE).why().contains("10009"));
    }

    @Test
    void aLiquidationAndAnotherPositionAreSeenInTheLedger() {
        long bought = filled(buy(100_000, "a")).fills().getLast().sequence();
        host.prices.put(BTC, new PriceSource.Price(91_500, OptionalDouble.of(91_500)));
        Venue.Ledger ledger = ledger(bought, 1);
        assertEquals(0, ledger.lots());
        assertEquals(4, ledger.fills().size());
        assertTrue(
                ledger.fills().stream()
                        .allMatch(fill -> fill.label().isEmpty() && fill.lots() < 0));
        assertEquals(
                List.of(VenuePayment.Kind.LIQUIDATION_FEE),
                ledger.payments().stream().map(VenuePayment::kind).toList());
        host.exchange.movePosition(BTC, 3);
        Venue.Ledger moved = ledger(bought, 1);
        assertEquals(3, moved.lots());
        assertEquals(ledger.fills(), moved.fills());
    }

    @Test
    void whatIsNotTradedHereIsRefused() {
        venue.tell(new Venue.AskDepth(ETH, told.getRef()));
        told.expectMessage(PATIENCE, new Venue.Silent("here", "underlying=ETH is not traded"));
        assertEquals(
                new Venue.Rejected("e", "underlying=ETH is not traded"),
                trade(new VenueOrder(ETH, 1, BigDecimal.ONE, false, "e")));
    }
}
