package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SPEC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.book.hedge.HedgeEvent;
import io.dolim.book.hedge.HedgeSettings;
import io.dolim.book.hedge.HedgeSummary;
import io.dolim.book.hedge.HedgeTerms;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.hedge.HeldOptions;
import io.dolim.book.hedge.KeeperId;
import io.dolim.book.hedge.PolicyTerms;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueBook;
import io.dolim.book.hedge.VenueFill;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HedgerTest {

    private static final Config HEDGE =
            ConfigFactory.parseString("tick = 20 ms, ledger-every = 20 ms")
                    .withFallback(ConfigFactory.load().getConfig("dolim.book.hedge"));
    private static final HedgeTerms TERMS = HedgeTerms.of(BTC, HEDGE);
    private static final String VENUE = "sim";

    private final ActorTestKit kit = ActorTestKit.create("hedger", Engine.config());
    private final TestProbe<Venue.Command> venue = kit.createTestProbe();
    private final TestProbe<WriterHalted> guardian = kit.createTestProbe();
    private final AtomicReference<JournalRoom> room = new AtomicReference<>(JournalRoom.AMPLE);
    private final AtomicLong incarnations = new AtomicLong();
    private final List<HedgeEvent> written = new CopyOnWriteArrayList<>();
    private ActorRef<Hedger.Command> hedger = start();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatBeginsSomethingIsRefusedWhileTheJournalKeepsItsRoomAndWhatEndsSomethingIsNot() {
        room.set(new JournalRoom(-1, 0, 0));
        Hedger.Refused claim = assertInstanceOf(Hedger.Refused.class, claim());
        assertEquals(JournalRoom.RULE, claim.rule());
        assertEquals(-1, claim.numbers().get("left_bytes"));
        assertEquals(new Hedger.Done(), ask(to -> new Hedger.Stop("olga", "no room", to)));
        room.set(JournalRoom.AMPLE);
        assertEquals("unknown_job", assertInstanceOf(Hedger.Refused.class, claim()).rule());
    }

    @Test
    void aPolicyIsWrittenBeforeItIsAnsweredAndHoldsOverARestart() {
        PolicyTerms passive = TERMS.policy().as(PolicyTerms.Kind.PASSIVE);
        assertEquals(new Hedger.Done(), ask(to -> new Hedger.ChoosePolicy("olga", passive, to)));
        assertEquals(new Hedger.Done(), ask(to -> new Hedger.ChoosePolicy("olga", passive, to)));
        assertEquals(
                1,
                written.stream().filter(HedgeEvent.PolicyChosen.class::isInstance).count(),
                "the same again is no event");
        asked();
        HedgeSummary before = summary();
        kit.stop(hedger);
        hedger = start();
        HedgeSummary after = summary();
        assertEquals(passive, after.policy());
        assertEquals(before.sequence(), after.sequence());
        assertEquals(before.entityHash(), after.entityHash());
    }

    @Test
    void aVenueThatTellsNonsenseIsNotBelievedAndHaltsNobody() {
        Venue.AskLedger first = asked();
        first.replyTo().tell(ledger(List.of()));
        asked();
        assertTrue(atVenue(summary()).standing());
        for (int i = 0; i < 20; i++) {
            VenueFill odd =
                    new VenueFill(
                            1, "t1", START_MS, "", 5, new BigDecimal("1.00000001"), Usdc.ZERO);
            first.replyTo().tell(ledger(List.of(odd)));
            asked().replyTo().tell(ledger(List.of(odd)));
        }
        HedgeSummary fallen = summary();
        assertFalse(atVenue(fallen).standing());
        assertEquals(0, atVenue(fallen).lots());
        guardian.expectNoMessage();
        asked().replyTo().tell(ledger(List.of()));
        asked();
        assertTrue(atVenue(summary()).standing());
    }

    private Hedger.Reply claim() {
        return ask(to -> new Hedger.Claim(new KeeperId("anna"), 1, 0, to));
    }

    private Hedger.Reply ask(Function<ActorRef<Hedger.Reply>, Hedger.Command> request) {
        TestProbe<Hedger.Reply> probe = kit.createTestProbe();
        hedger.tell(request.apply(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    private HedgeSummary summary() {
        TestProbe<HedgeSummary> probe = kit.createTestProbe();
        hedger.tell(new Hedger.Query(true, probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    private static VenueBook atVenue(HedgeSummary summary) {
        return Objects.requireNonNull(summary.venues().get(VENUE));
    }

    /** The next question for the ledger. */
    private Venue.AskLedger asked() {
        while (true) {
            Venue.Command next = venue.receiveMessage(Engine.PATIENCE);
            if (next instanceof Venue.AskLedger ask) {
                return ask;
            }
        }
    }

    private static Venue.Ledger ledger(List<VenueFill> fills) {
        return new Venue.Ledger(
                VENUE,
                BTC,
                START_MS,
                0,
                Usdc.ZERO,
                Usdc.ofWhole(50_000),
                Usdc.ZERO,
                Usdc.ZERO,
                BigDecimal.valueOf(65_000),
                fills,
                List.of(),
                true);
    }

    private ActorRef<Hedger.Command> start() {
        return kit.spawn(
                Hedger.create(
                        TERMS,
                        HedgeSettings.of(HEDGE),
                        new Hedger.Ports(
                                SPEC,
                                kit.<Book.Command>createTestProbe().ref(),
                                new TreeMap<>(Map.of(VENUE, venue.ref())),
                                HeldOptions.Forecast.noChange(),
                                () -> new Moment(START_MS, System.nanoTime()),
                                incarnations::incrementAndGet,
                                _ -> {},
                                room::get,
                                written::add,
                                guardian.ref())));
    }
}
