package io.dolim.api.venue;

import static io.dolim.api.venue.Exchanges.BTC;
import static io.dolim.api.venue.Exchanges.START;
import static io.dolim.api.venue.Exchanges.buy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedVenueTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());

    private final Map<Underlying, PriceSource.Price> prices = new ConcurrentHashMap<>();
    private final AtomicLong clockMs = new AtomicLong(START);
    private final TestProbe<Venue.Traded> traded = KIT.createTestProbe(Venue.Traded.class);
    private final TestProbe<Long> heard = KIT.createTestProbe(Long.class);
    private final TestProbe<Venue.Told> told = KIT.createTestProbe(Venue.Told.class);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void price() {
        prices.put(BTC, new PriceSource.Price(100_000, OptionalDouble.of(100_000)));
    }

    private ActorRef<Venue.Command> venue(ExchangeRules.Latency latency, Outage... outages) {
        ExchangeRules own = Exchanges.rules();
        SimulatedExchange exchange =
                new SimulatedExchange(
                        new ExchangeRules(
                                own.perpetuals(),
                                own.liquidationFee(),
                                own.chances(),
                                latency,
                                own.fundingEveryMs(),
                                own.mostRecords()),
                        START,
                        new Dice(1));
        exchange.transfer(Usdc.ofWhole(100_000), "first");
        for (Outage outage : outages) {
            exchange.plan(outage);
        }
        return KIT.spawn(
                SimulatedVenue.create(
                        new SimulatedVenue.Settings("sim", 1_000, 1_000, 3, 2),
                        exchange,
                        this::latest,
                        clockMs::get));
    }

    /** Tells that the venue has heard the prices of this moment. */
    private Optional<PriceSource.Price> latest(Underlying underlying) {
        Optional<PriceSource.Price> price = Optional.ofNullable(prices.get(underlying));
        price.ifPresent(_ -> heard.getRef().tell(clockMs.get()));
        return price;
    }

    private void pass(long ms) {
        clockMs.addAndGet(ms);
        TIME.timePasses(Duration.ofMillis(ms));
    }

    private Venue.Ledger ledger(ActorRef<Venue.Command> venue, long afterTrade) {
        venue.tell(new Venue.AskLedger(BTC, afterTrade, 0, told.getRef()));
        return assertInstanceOf(Venue.Ledger.class, told.receiveMessage());
    }

    @Test
    void anOrderIsUnderWayAndMeetsThePriceOfItsArrival() {
        ActorRef<Venue.Command> venue = venue(new ExchangeRules.Latency(50, 0, 50));
        venue.tell(new Venue.Trade(buy(10, "a"), traded.getRef()));
        ledger(venue, 0);
        prices.put(BTC, new PriceSource.Price(101_000, OptionalDouble.of(101_000)));
        pass(49);
        traded.expectNoMessage(Duration.ZERO);
        pass(1);
        Venue.Filled filled = assertInstanceOf(Venue.Filled.class, traded.receiveMessage());
        VenueFill fill = filled.fills().getFirst();
        assertEquals(new BigDecimal("101002.1"), fill.priceUsdc());
        assertEquals(START + 50, fill.epochMs());
        assertEquals(filled.fills(), ledger(venue, 0).fills());
    }

    @Test
    void everyQuestionIsAnsweredWithTheVenuesName() {
        ActorRef<Venue.Command> venue = venue(ExchangeRules.Latency.NONE);
        for (int i = 0; i < 4; i++) {
            venue.tell(new Venue.Trade(buy(1, "o" + i), traded.getRef()));
            traded.expectMessageClass(Venue.Filled.class);
        }
        Venue.Ledger first = ledger(venue, 0);
        assertEquals(3, first.fills().size());
        assertEquals(4, first.lots());
        assertTrue(!first.isWhole() && ledger(venue, 3).isWhole());
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        assertEquals(20, assertInstanceOf(Venue.Depth.class, told.receiveMessage()).asks().size());
        venue.tell(new Venue.Transfer(Usdc.ofWhole(7), "t", told.getRef()));
        told.expectMessage(new Venue.Transferred("sim", "t"));
        venue.tell(new Venue.Transfer(Usdc.ofWhole(-900_000), "u", told.getRef()));
        assertTrue(told.expectMessageClass(Venue.Silent.class).why().contains("NOT_ENOUGH_FUNDS"));
        venue.tell(new Venue.AskDepth(new Underlying("XRP"), told.getRef()));
        told.expectMessage(new Venue.Silent("sim", "underlying=XRP is not traded"));
        venue.tell(
                new Venue.Trade(
                        new VenueOrder(new Underlying("XRP"), 1, BigDecimal.ONE, false, "x"),
                        traded.getRef()));
        traded.expectMessageClass(Venue.Rejected.class);
    }

    @Test
    void aVenueThatIsDownSaysSo() {
        ActorRef<Venue.Command> venue =
                venue(
                        ExchangeRules.Latency.NONE,
                        new Outage(START, START + 10, Outage.Kind.REFUSES));
        venue.tell(new Venue.Trade(buy(1, "a"), traded.getRef()));
        traded.expectMessageClass(Venue.Rejected.class);
        venue.tell(new Venue.AskLedger(BTC, 0, 0, told.getRef()));
        told.expectMessage(new Venue.Silent("sim", "down"));
        venue.tell(new Venue.Transfer(Usdc.ofWhole(7), "t", told.getRef()));
        told.expectMessageClass(Venue.Silent.class);
        pass(10);
        venue.tell(new Venue.Trade(buy(1, "a"), traded.getRef()));
        traded.expectMessageClass(Venue.Filled.class);
    }

    @Test
    void aSilentVenueIsAnsweredForAtTheDeadlineAndTradedNothing() {
        ActorRef<Venue.Command> venue =
                venue(
                        ExchangeRules.Latency.NONE,
                        new Outage(START, START + 1_000, Outage.Kind.SILENT));
        venue.tell(new Venue.Trade(buy(1, "a"), traded.getRef()));
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        // the third is one too many
        venue.tell(new Venue.AskDepth(BTC, told.getRef()));
        told.expectMessage(new Venue.Silent("sim", "mostWaiting=2"));
        pass(999);
        traded.expectNoMessage(Duration.ZERO);
        pass(1);
        traded.expectMessage(new Venue.Unknown("a", "answerMs=1000"));
        told.expectMessage(new Venue.Silent("sim", "answerMs=1000"));
        assertEquals(0, ledger(venue, 0).lots());
    }

    @Test
    void aTradeWhoseAnswerIsLostIsFoundByItsLabelAndNotTradedAgain() {
        ActorRef<Venue.Command> venue =
                venue(
                        ExchangeRules.Latency.NONE,
                        new Outage(START, START + 1_000, Outage.Kind.ANSWERS_LOST));
        venue.tell(new Venue.Trade(buy(5, "a"), traded.getRef()));
        heard.expectMessage(START);
        heard.expectMessage(START);
        venue.tell(new Venue.Transfer(Usdc.ofWhole(7), "t", told.getRef()));
        heard.expectMessage(START);
        pass(1_000);
        traded.expectMessage(new Venue.Unknown("a", "answerMs=1000"));
        told.expectMessageClass(Venue.Silent.class);
        Venue.Ledger ledger = ledger(venue, 0);
        assertEquals("a", ledger.fills().getFirst().label());
        assertEquals(2, ledger.payments().size());
        venue.tell(new Venue.Trade(buy(5, "a"), traded.getRef()));
        assertEquals(new Venue.Filled("a", ledger.fills()), traded.receiveMessage());
        assertEquals(5, ledger(venue, 0).lots());
    }

    @Test
    void anOrderThatArrivesAfterItsDeadlineIsUnknownAndTraded() {
        ActorRef<Venue.Command> venue = venue(new ExchangeRules.Latency(1_500, 0, 1_500));
        venue.tell(new Venue.Trade(buy(5, "a"), traded.getRef()));
        ledger(venue, 0);
        pass(1_000);
        traded.expectMessage(new Venue.Unknown("a", "answerMs=1000"));
        pass(500);
        traded.expectNoMessage(Duration.ZERO);
        assertEquals(5, ledger(venue, 0).lots());
    }

    @Test
    void pricesAreHeardWithoutAnOrder() {
        ActorRef<Venue.Command> venue = venue(ExchangeRules.Latency.NONE);
        venue.tell(new Venue.Trade(buy(10_000, "a"), traded.getRef()));
        traded.expectMessageClass(Venue.Filled.class);
        ledger(venue, 0);
        prices.put(BTC, new PriceSource.Price(90_000, OptionalDouble.of(90_000)));
        pass(1_000);
        heard.fishForMessage(
                Duration.ofSeconds(10),
                at ->
                        at == START + 1_000
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore());
        prices.put(BTC, new PriceSource.Price(100_000, OptionalDouble.of(100_000)));
        assertEquals(0, ledger(venue, 0).lots());
    }
}
