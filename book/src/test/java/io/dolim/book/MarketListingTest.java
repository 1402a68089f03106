package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SPEC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.tape.TapeRecorder;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.ListingRule;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A listing rule beside a feed that lists by itself. */
class MarketListingTest {

    private static final ActorTestKit KIT = ActorTestKit.create();

    /** The Friday that TestFeed lists, and the next, which it does not; strikes between its own. */
    private static final ListingRule RULE =
            new ListingRule(
                    BTC, 0, 3, 0, 0, List.of(new ListingRule.Ladder(28, new BigDecimal("500"), 2)));

    private final TestProbe<Book.Command> book = KIT.createTestProbe();
    private final TestProbe<MarketNote> notes = KIT.createTestProbe();
    private final TestProbe<Latch.Command> latch = KIT.createTestProbe();
    private final TestProbe<Capacity.Command> capacity = KIT.createTestProbe();
    private final PricingBoard board = new PricingBoard(30_000);
    private volatile Moment now = new Moment(START_MS, 5L);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void theRuleListsBesideTheFeedAndFollowsTheSpot() {
        ActorRef<Market.Command> market = market(Optional.of(RULE));
        hear(market, TestFeed.chain(START_MS, 60_000.0));
        SortedSet<OptionContract> both = union(RULE.contracts(60_000.0, START_MS));
        assertTrue(both.size() > TestFeed.contracts().size() + 20, "the rule adds to the feed");
        assertEquals(both, written(both.size()));
        hear(market, List.of(TestFeed.index(START_MS, Double.NaN)));
        notes.fishForMessage(
                Duration.ofSeconds(10),
                note ->
                        note instanceof MarketNote.EventHeld
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore());
        hear(market, List.of(TestFeed.index(START_MS, 60_500.0), TestFeed.end(START_MS, 1)));
        SortedSet<OptionContract> more = new TreeSet<>(RULE.contracts(60_500.0, START_MS));
        more.removeAll(both);
        assertEquals(6, more.size(), "one strike more, call and put, at three expiries");
        assertEquals(more, written(more.size()));
    }

    @Test
    void whatExpiredIsNotOrderedAgain() {
        ActorRef<Market.Command> market = market(Optional.of(RULE));
        hear(market, TestFeed.chain(START_MS, 60_000.0));
        written(union(RULE.contracts(60_000.0, START_MS)).size());
        long laterMs = TestFeed.EXPIRIES.getFirst().epochMs() + 1;
        now = new Moment(laterMs, 6L);
        hear(market, List.of(TestFeed.index(laterMs, 60_000.0), TestFeed.end(laterMs, 1)));
        SortedSet<OptionContract> added = written(10);
        assertEquals(1, added.stream().map(OptionContract::expiry).distinct().count());
        assertTrue(added.first().expiry().epochMs() > laterMs + 20L * 86_400_000L, "a new Friday");
    }

    @Test
    void withoutARuleTheFeedAloneLists() {
        ActorRef<Market.Command> market = market(Optional.empty());
        hear(market, TestFeed.chain(START_MS, 60_000.0));
        assertEquals(TestFeed.contracts(), written(TestFeed.contracts().size()));
    }

    private ActorRef<Market.Command> market(Optional<ListingRule> rule) {
        return KIT.spawn(
                Market.create(
                        MarketRules.standard(
                                SPEC,
                                GuardRules.standard(new TreeSet<>(List.of("venue")), 1),
                                rule),
                        new Market.Ports(
                                book.getRef(),
                                latch.getRef(),
                                new TapeRecorder(BTC, 256, _ -> {}),
                                capacity.getRef(),
                                board,
                                () -> now,
                                note -> notes.getRef().tell(note),
                                Props.empty())));
    }

    private static SortedSet<OptionContract> union(SortedSet<OptionContract> byRule) {
        SortedSet<OptionContract> both = new TreeSet<>(TestFeed.contracts());
        both.addAll(byRule);
        return both;
    }

    /** What is ordered until so many contracts are written. */
    private SortedSet<OptionContract> written(int count) {
        SortedSet<OptionContract> written = new TreeSet<>();
        while (written.size() < count) {
            Book.Command order =
                    book.fishForMessage(
                                    Duration.ofSeconds(10),
                                    message ->
                                            message instanceof Book.ListContracts
                                                    ? FishingOutcomes.complete()
                                                    : FishingOutcomes.continueAndIgnore())
                            .getLast();
            if (order instanceof Book.ListContracts list) {
                written.addAll(list.contracts());
                list.replyTo().tell(new Book.Done());
            }
        }
        return written;
    }

    private static void hear(ActorRef<Market.Command> market, List<FeedEvent> events) {
        events.forEach(event -> market.tell(new Market.Hear(event)));
    }
}
