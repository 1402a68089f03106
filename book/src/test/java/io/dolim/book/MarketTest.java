package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SPEC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.tape.TapeRecorder;
import io.dolim.book.tape.TapedBatch;
import io.dolim.book.trade.Content;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.HoldReason;
import io.dolim.quoting.market.MarketParts;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteRefusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MarketTest {

    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final MarketRules RULES =
            MarketRules.standard(
                    SPEC,
                    GuardRules.standard(new TreeSet<>(List.of("venue")), 1),
                    Optional.empty());
    private static final OptionContract LISTED = OptionContract.parse("BTC_USDC-13FEB26-60000-C");

    private final TestProbe<Book.Command> book = KIT.createTestProbe();
    private final TestProbe<Latch.Command> latch = KIT.createTestProbe();
    private final TestProbe<Capacity.Command> capacity = KIT.createTestProbe();
    private final TestProbe<MarketNote> notes = KIT.createTestProbe();
    private final List<TapedBatch> taped = new CopyOnWriteArrayList<>();
    private final PricingBoard board = new PricingBoard(30_000);
    private final TestProbe<PricingView> views = KIT.createTestProbe();
    private volatile Moment now = new Moment(START_MS, 5L);
    private ActorRef<Market.Command> market;
    private ActorRef<Capacity.ToMarket> ear;
    private ActorRef<Latch.Standing> latchStands;

    MarketTest() {
        board.subscribe(view -> views.getRef().tell(view));
        market =
                KIT.spawn(
                        Market.create(
                                RULES,
                                new Market.Ports(
                                        book.getRef(),
                                        latch.getRef(),
                                        new TapeRecorder(BTC, 256, taped::add),
                                        capacity.getRef(),
                                        board,
                                        () -> now,
                                        note -> notes.getRef().tell(note),
                                        Props.empty())));
        ear = KIT.<Capacity.ToMarket>createTestProbe().getRef();
        latchStands = KIT.<Latch.Standing>createTestProbe().getRef();
    }

    @BeforeEach
    void itRegistersAndWatchesItsBook() {
        TIME.timePasses(Duration.ofMillis(1));
        latchStands = latch.expectMessageClass(Latch.Watch.class).market();
        latchStands.tell(new Latch.Standing(0, Optional.empty(), GuardStanding.NEVER_TURNED));
        Capacity.Register registered = capacity.expectMessageClass(Capacity.Register.class);
        assertEquals(BTC, registered.underlying());
        ear = registered.market();
        book.expectMessageClass(Book.WatchHoldings.class);
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void aChainIsQuotedForListedAndUnlistedStrikesAndExpiries() {
        PricingView view = openOnChain();
        assertEquals(List.of(), view.stopped());
        assertEquals(TestFeed.contracts(), view.listed());
        for (String name :
                List.of(
                        "BTC_USDC-13FEB26-60000-C",
                        "BTC_USDC-13FEB26-61500-P",
                        "BTC_USDC-20FEB26-60000-C",
                        "BTC_USDC-24APR26-90000-C")) {
            Leg leg = new Leg(OptionContract.parse(name), 10);
            Quote quote = view.quote(OptionPackage.of(leg), now.monotonicNs());
            assertTrue(assertInstanceOf(Quote.Quoted.class, quote, name).price().signum() > 0);
        }
    }

    @Test
    void whatTheGuardAcceptedAndWhatItHeldIsTapedWithTheFit() {
        openOnChain();
        hear(List.of(TestFeed.index(START_MS, Double.NaN)));
        next(notes, MarketNote.EventHeld.class);
        pass(1_000);
        Engine.await(() -> !taped.isEmpty(), "the second is over");
        TapedBatch batch = taped.getFirst();
        assertEquals(
                List.of(new TapedBatch.IndexPrice("venue", START_MS, 60_000.0, 60_000.0)),
                batch.index());
        assertEquals(new TreeSet<>(TestFeed.EXPIRIES), batch.atmVols().keySet());
        assertEquals(
                List.of(HoldReason.NOT_FINITE),
                batch.held().stream().map(TapedBatch.Withheld::rule).toList());
    }

    @Test
    void displayedQuotesComeWithTheChainAndItIsThenWorked() {
        openOnChain();
        MarketNote.ChainWorked worked = next(notes, MarketNote.ChainWorked.class);
        assertEquals(1, worked.number());
        PricingView view = worked.view().orElseThrow();
        assertEquals(TestFeed.contracts(), view.displayed().orElseThrow().rows().keySet());
        assertTrue(!view.bounds().isEmpty());
    }

    @Test
    void aChainIsWorkedOnlyOnAPoolThatKnowsItOrWhenPatienceEnds() {
        openOnChain();
        next(notes, MarketNote.ChainWorked.class);
        pass(2_000);
        hear(TestFeed.chain(now.epochMs(), 60_100.0));
        hear(List.of(TestFeed.end(now.epochMs(), 2)));
        PricingView behind = awaitView(v -> v.market().spotUsdc() == 60_100.0);
        assertTrue(!tellsOfWorkedChain());
        publishPool(behind);
        assertEquals(2, next(notes, MarketNote.ChainWorked.class).number());
        pass(1_000);
        hear(TestFeed.chain(now.epochMs(), 60_200.0));
        hear(List.of(TestFeed.end(now.epochMs(), 3)));
        awaitView(v -> v.market().spotUsdc() == 60_200.0);
        assertTrue(!tellsOfWorkedChain());
        pass(10_001);
        assertEquals(3, next(notes, MarketNote.ChainWorked.class).number());
    }

    @Test
    void withoutAPoolNothingIsQuoted() {
        hear(TestFeed.chain(START_MS, 60_000.0));
        hear(List.of(TestFeed.end(START_MS, 1)));
        PricingView view = awaitView(v -> v.stopped().isEmpty());
        assertEquals(QuoteRefusal.STALE_VIEW, refused(view, now.monotonicNs()).reason());
    }

    @Test
    void aFeedThatFallsSilentStopsQuotingWithItsReason() {
        openOnChain();
        pass(11_000);
        PricingView view = awaitView(v -> !v.stopped().isEmpty());
        Quote.Refused refused = refused(view, now.monotonicNs());
        assertEquals(QuoteRefusal.STALE_MARKET, refused.reason());
        assertTrue(refused.rule().startsWith("quorum"), refused.rule());
        assertEquals(Optional.empty(), view.displayed());
        drain();
        ear.tell(new Capacity.Prepare(9, TestPool.PRICER));
        assertEquals(
                new Capacity.MarketStopped(BTC, 9), next(capacity, Capacity.MarketStopped.class));
        pass(1_000);
        book.expectMessageClass(Book.WatchHoldings.class);
    }

    @Test
    void aViewThatNobodyRenewsPricesNothingOnTheMonotonicClockAlone() {
        PricingView view = openOnChain();
        long late = view.publishedAtNs() + 10_001_000_000L;
        assertEquals(QuoteRefusal.STALE_MARKET, refused(view, late).reason());
        assertEquals(10_001.0, refused(view, late).numbers().get("age_ms"));
        assertEquals(
                "stale_market {age_ms=10001.0, limit_ms=10000.0}",
                view.silence(late).orElseThrow().words());
        assertEquals(Optional.empty(), view.silence(view.publishedAtNs()));
    }

    @Test
    void prepareFreezesTheMarketAndPricesWhatTheBookHolds() {
        openOnChain();
        drain();
        pass(1_000);
        Book.WatchHoldings watch = next(book, Book.WatchHoldings.class);
        watch.watcher().tell(new Book.Held(new TreeMap<>(Map.of(LISTED, 1L))));
        ear.tell(new Capacity.Prepare(9, TestPool.PRICER));
        Book.Revalue revalue = book.expectMessageClass(Book.Revalue.class);
        assertEquals(9, revalue.viewNumber());
        assertEquals(60_000.0, revalue.market().spotUsdc());
        assertEquals(new TreeSet<>(List.of(LISTED)), revalue.vectors().keySet());
    }

    @Test
    void aViewOfOlderRulesIsOffTheBoardWhenTheMarketAcknowledges() {
        openOnChain();
        drain();
        Capacity.Party self = new Capacity.Party(Capacity.Party.Side.MARKET, BTC);
        ear.tell(new Capacity.Outdated(3));
        assertEquals(new Capacity.Acknowledge(self, 3), next(capacity, Capacity.Acknowledge.class));
        assertTrue(board.latest(BTC).orElseThrow().capacity().isPresent());
        ear.tell(new Capacity.Outdated(4));
        assertEquals(new Capacity.Acknowledge(self, 4), next(capacity, Capacity.Acknowledge.class));
        PricingView shown = board.latest(BTC).orElseThrow();
        assertEquals(QuoteRefusal.STALE_VIEW, refused(shown, now.monotonicNs()).reason());
    }

    @Test
    void whatIsDisplayedUnderOlderRulesComesDownWithThem() {
        openOnChain();
        PricingView before = next(notes, MarketNote.ChainWorked.class).view().orElseThrow();
        assertTrue(before.displayed().isPresent());
        ear.tell(new Capacity.Outdated(4));
        publishPool(before, 4);
        PricingView after =
                awaitView(v -> v.capacity().filter(pool -> pool.rules() == 4).isPresent());
        assertEquals(Optional.empty(), after.displayed());
        pass(1_000);
        awaitView(v -> v.displayed().isPresent());
    }

    @Test
    void aMoveBeyondTheBoundAsksForAViewOnce() {
        openOnChain();
        drain();
        ear.tell(new Capacity.Prepare(9, TestPool.PRICER));
        book.expectMessageClass(Book.Revalue.class);
        hear(List.of(TestFeed.index(START_MS, 60_200.0)));
        hear(List.of(TestFeed.index(START_MS, 60_301.0), TestFeed.index(START_MS, 60_302.0)));
        assertEquals(Capacity.OpenView.NOW, capacity.receiveMessage());
        capacity.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void ticksInsideOnePublishingIntervalAreOneViewAndTheLatestWins() {
        openOnChain();
        next(notes, MarketNote.ChainWorked.class);
        long before = board.latest(BTC).orElseThrow().number();
        for (int i = 1; i <= 40; i++) {
            hear(List.of(TestFeed.index(START_MS, 60_000.0 + i)));
        }
        hear(List.of(TestFeed.index(START_MS, Double.NaN)));
        next(notes, MarketNote.EventHeld.class);
        pass(60);
        PricingView view = awaitView(v -> v.market().spotUsdc() == 60_040.0);
        assertTrue(view.number() <= before + 2, "views=" + (view.number() - before));
    }

    @Test
    void theIndexIsSampledInTheHalfHourBeforeAnExpiryOnly() {
        long expiryMs = Expiry.parse("6FEB26").epochMs();
        long windowMs = expiryMs - 1_800_000L;
        sampled(windowMs - 1, 60_000.0);
        book.expectNoMessage(Duration.ofMillis(50));
        sampled(windowMs, 60_000.0);
        assertEquals(
                new Book.IndexSample(windowMs, new BigDecimal("60000.000000")),
                book.receiveMessage());
        sampled(expiryMs, 60_000.25);
        assertEquals(
                new Book.IndexSample(expiryMs, new BigDecimal("60000.250000")),
                book.receiveMessage());
        sampled(expiryMs + 1, 60_000.5);
        book.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void whatTheFeedListsIsOrderedUntilTheBookHasWrittenIt() {
        hear(TestFeed.chain(START_MS, 60_000.0));
        Book.ListContracts order = book.expectMessageClass(Book.ListContracts.class);
        assertEquals(List.copyOf(TestFeed.contracts()), order.contracts());
        order.replyTo().tell(new Book.Retry("restarting"));
        pass(1_000);
        Book.ListContracts again = next(book, Book.ListContracts.class);
        assertEquals(order.contracts(), again.contracts());
        again.replyTo().tell(new Book.Done());
        pass(1_000);
        book.expectMessageClass(Book.WatchHoldings.class);
        book.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void whatPricedAQuoteIsKeptUnderItsHash() {
        PricingView view = openOnChain();
        PricingInputs inputs = view.inputs();
        byte[] market = inputs.market().bytes();
        byte[] surface =
                inputs.parts().stream()
                        .filter(part -> part.hash().equals(MarketParts.surfaceHash(market)))
                        .findFirst()
                        .orElseThrow()
                        .bytes();
        assertEquals(view.market(), MarketParts.decode(market, surface));
        Content frozen = part(inputs, "frozen.2");
        String text = new String(frozen.bytes(), StandardCharsets.US_ASCII);
        assertTrue(text.startsWith("view=7\nscenarios=test\ncapital=0x1.312dp23\n"), text);
        assertTrue(text.contains("market.BTC=" + inputs.viewMarkets().getFirst().hash()), text);
        assertTrue(text.endsWith("\nstrain=0x0.0p0\nmode=OPEN\n"), text);
        assertEquals(
                new RecordedView(
                        frozen.hash(),
                        part(inputs, PricingTerms.KIND).hash(),
                        new Usdc(12_500_000),
                        new TreeMap<>(Map.of(BTC, 41L))),
                RecordedView.decode(inputs.view().bytes()));
    }

    private static Content part(PricingInputs inputs, String kind) {
        return inputs.parts().stream()
                .filter(part -> part.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventTheGuardHoldsIsToldAndChangesNothing() {
        openOnChain();
        hear(List.of(TestFeed.index(START_MS, Double.NaN)));
        MarketNote note = next(notes, MarketNote.EventHeld.class);
        assertEquals(BTC, note.underlying());
        assertEquals(60_000.0, board.latest(BTC).orElseThrow().market().spotUsdc());
    }

    @Test
    void aTripIsToldUntilItIsWrittenAndOnlyAWrittenLiftLiftsIt() {
        openOnChain();
        hear(List.of(TestFeed.index(START_MS, 90_000.0)));
        Latch.Trip trip = latch.expectMessageClass(Latch.Trip.class);
        assertEquals(0, trip.lifts());
        assertEquals(90_000.0, trip.trip().candidateUsdc());
        pass(1_000);
        assertEquals(trip, next(latch, Latch.Trip.class));
        latchStands.tell(
                new Latch.Standing(0, Optional.of(trip.trip()), GuardStanding.NEVER_TURNED));
        for (int i = 0; i < 12; i++) {
            hear(List.of(TestFeed.index(START_MS, 90_000.0)));
        }
        PricingView stopped = awaitView(v -> !v.stopped().isEmpty());
        assertTrue(stopped.stopped().getFirst().startsWith("latched: move="));
        latchStands.tell(new Latch.Standing(1, Optional.empty(), GuardStanding.NEVER_TURNED));
        for (int i = 0; i < 12; i++) {
            hear(List.of(TestFeed.index(now.epochMs(), 90_000.0)));
        }
        awaitView(v -> v.stopped().isEmpty() && v.market().spotUsdc() == 90_000.0);
    }

    private PricingView openOnChain() {
        hear(TestFeed.chain(START_MS, 60_000.0));
        hear(List.of(TestFeed.end(START_MS, 1)));
        PricingView unpooled = awaitView(v -> v.stopped().isEmpty());
        publishPool(unpooled);
        return awaitView(v -> v.capacity().isPresent());
    }

    private void publishPool(PricingView view) {
        publishPool(view, 3);
    }

    private void publishPool(PricingView view, long rules) {
        ear.tell(
                new Capacity.Published(
                        new TestPool(now, SPEC, new TreeMap<>(Map.of(BTC, view.market())), rules)));
    }

    private boolean tellsOfWorkedChain() {
        hear(List.of(TestFeed.index(now.epochMs(), Double.NaN)));
        return notes
                .fishForMessage(
                        Duration.ofSeconds(3),
                        note ->
                                note instanceof MarketNote.EventHeld
                                        ? FishingOutcomes.complete()
                                        : FishingOutcomes.continueAndCollect())
                .stream()
                .anyMatch(MarketNote.ChainWorked.class::isInstance);
    }

    private void hear(List<FeedEvent> events) {
        events.forEach(event -> market.tell(new Market.Hear(event)));
    }

    private void sampled(long timeMs, double price) {
        now = new Moment(timeMs, now.monotonicNs());
        hear(List.of(TestFeed.index(timeMs, price)));
    }

    private void pass(long ms) {
        Moment then = now;
        now = new Moment(then.epochMs() + ms, then.monotonicNs() + ms * 1_000_000L);
        TIME.timePasses(Duration.ofMillis(ms));
    }

    private PricingView awaitView(Predicate<PricingView> wanted) {
        return fish(views, wanted);
    }

    private static <M, T extends M> T next(TestProbe<M> probe, Class<T> wanted) {
        return wanted.cast(fish(probe, wanted::isInstance));
    }

    private static <M> M fish(TestProbe<M> probe, Predicate<? super M> wanted) {
        return probe.fishForMessage(
                        Duration.ofSeconds(10),
                        message ->
                                wanted.test(message)
                                        ? FishingOutcomes.complete()
                                        : FishingOutcomes.continueAndIgnore())
                .getLast();
    }

    /** Forgets what the neighbours were told so far. */
    private void drain() {
        book.expectMessageClass(Book.ListContracts.class).replyTo().tell(new Book.Done());
        while (forgets(capacity)) {}
        while (forgets(book)) {}
    }

    private static boolean forgets(TestProbe<?> probe) {
        try {
            probe.expectNoMessage(Duration.ofMillis(30));
            return false;
        } catch (AssertionError told) {
            return true;
        }
    }

    private Quote.Refused refused(PricingView view, long nowNs) {
        return assertInstanceOf(
                Quote.Refused.class, view.quote(OptionPackage.of(new Leg(LISTED, 1)), nowNs));
    }
}
