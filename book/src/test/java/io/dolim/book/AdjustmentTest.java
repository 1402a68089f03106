package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator's compensation of a trade may do, and what it leaves the account able to do. */
class AdjustmentTest {

    private static final Leg LEG = new Leg(Samples.CALL, 1);

    private final Engine engine = new Engine();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void anAdjustmentMovesWhatItSaysOnceAndOnlyIfItBalances() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.acceptedAtLast(Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "50", LEG));
        String taker = Posting.taker(Samples.ALICE);
        List<Posting> undo =
                List.of(
                        Posting.cash(taker, Usdc.ofWhole(50)),
                        Posting.cash(Posting.POOL, Usdc.ofWhole(-49)),
                        Posting.cash(Posting.FEES, Usdc.ofWhole(-1)),
                        Posting.lots(taker, Samples.CALL, -1),
                        Posting.lots(Posting.POOL, Samples.CALL, 1));
        assertInstanceOf(Book.Refused.class, adjust("a-0", 1, undo.subList(0, 2)));
        assertInstanceOf(Book.Refused.class, adjust("a-0", 2, undo));
        assertInstanceOf(
                Book.Refused.class,
                adjust(
                        "a-0",
                        1,
                        List.of(
                                Posting.cash(taker, Usdc.ofWhole(5)),
                                Posting.cash(Posting.EXTERNAL, Usdc.ofWhole(-5)))));
        assertEquals(new Book.Done(), adjust("a-1", 1, undo));
        assertEquals(new Book.Done(), adjust("a-1", 1, undo));
        assertTrue(engine.summary(Samples.ALICE).positions().isEmpty());
        assertEquals(Usdc.ofWhole(1_000), engine.summary(Samples.ALICE).cash());
        assertTrue(engine.book(Samples.BTC).poolLots().isEmpty());
        assertEquals(Usdc.ZERO, engine.book(Samples.BTC).poolCash());
    }

    private Book.Ordered adjust(String id, long trade, List<Posting> postings) {
        return engine.ordered(Samples.BTC, replyTo -> order(id, trade, postings, replyTo));
    }

    private static Book.AdjustTrade order(
            String id, long trade, List<Posting> postings, ActorRef<Book.Ordered> replyTo) {
        return new Book.AdjustTrade(
                new RequestId(id),
                "olga",
                "bad print",
                new TradeId(Samples.BTC, trade),
                postings,
                replyTo);
    }

    @Test
    void anAccountThatHadNoPartInTheTradeIsNotAdjusted() {
        for (AccountId taker : List.of(Samples.ALICE, Samples.BOB)) {
            engine.deposit(taker, 1_000);
        }
        buy(Samples.ALICE, "o-1", "50", LEG);
        buy(Samples.BOB, "o-2", "50", LEG);
        Book.Refused stranger =
                assertInstanceOf(Book.Refused.class, adjust("a-1", 2, pay(Samples.ALICE, 5)));
        assertEquals(RefusalReason.NOT_A_PARTY, stranger.reason());
        assertEquals("no_part_in_it", stranger.rule());
        assertEquals(new Book.Done(), adjust("a-1", 1, pay(Samples.ALICE, 5)));
        assertEquals(new Book.Done(), adjust("a-2", 2, pay(Samples.BOB, 5)));
    }

    @Tag("slow")
    @Test
    void aTradeThatLeftTheStateIsFoundInTheJournalAndSoIsWhoHadIt() {
        for (AccountId taker : List.of(Samples.ALICE, Samples.BOB)) {
            engine.deposit(taker, 1_000);
        }
        int early = 3;
        for (int i = 1; i <= Holding.RECENT + 2 * early; i++) {
            // the second trade is Bob's, amid Alice's
            buy(i == 2 ? Samples.BOB : Samples.ALICE, "o-" + i, "2", LEG);
        }
        Usdc before = engine.summary(Samples.ALICE).cash();
        for (long trade : List.of(1L, 3L, Holding.RECENT + 0L, Holding.RECENT + 2L * early)) {
            assertEquals(new Book.Done(), adjust("a-" + trade, trade, pay(Samples.ALICE, 5)));
        }
        assertEquals(before.plus(Usdc.ofWhole(20)), engine.summary(Samples.ALICE).cash());
        Book.Refused stranger =
                assertInstanceOf(Book.Refused.class, adjust("a-2", 2, pay(Samples.ALICE, 5)));
        assertEquals(RefusalReason.NOT_A_PARTY, stranger.reason());
        assertEquals("no_part_in_it", stranger.rule());
        List<Posting> both = new ArrayList<>(pay(Samples.ALICE, 5));
        both.addAll(pay(Samples.BOB, 5));
        assertInstanceOf(Book.Refused.class, adjust("a-2", 2, both));
        assertInstanceOf(Book.Refused.class, adjust("a-2", 1, both));
        assertEquals(new Book.Done(), adjust("a-2", 2, pay(Samples.BOB, 5)));
        assertEquals(before.plus(Usdc.ofWhole(20)), engine.summary(Samples.ALICE).cash());
        assertEquals(Usdc.ofWhole(1_003), engine.summary(Samples.BOB).cash());
    }

    @Tag("slow")
    @Test
    void anAdjustmentThatLeftTheStateIsNotMadeAgain() {
        engine.deposit(Samples.ALICE, 1_000);
        buy(Samples.ALICE, "o-1", "50", LEG);
        int many = BookState.RECENT_ADJUSTMENTS + 2;
        for (int i = 0; i < many; i++) {
            assertEquals(new Book.Done(), adjust("a-" + i, 1, pay(Samples.ALICE, 1)));
        }
        assertEquals(new Book.Done(), adjust("a-0", 1, pay(Samples.ALICE, 1)));
        assertEquals(Usdc.ofWhole(950 + many), engine.summary(Samples.ALICE).cash());
    }

    @Test
    void anAdjustmentThatIsSentTwiceWhileTheJournalIsAskedIsMadeOnceAndAnsweredTwice() {
        engine.deposit(Samples.ALICE, 1_000);
        for (int i = 1; i <= Holding.RECENT + 1; i++) {
            buy(Samples.ALICE, "o-" + i, "2", LEG);
        }
        Usdc before = engine.summary(Samples.ALICE).cash();
        TestProbe<Book.Ordered> probe = engine.kit.createTestProbe(Book.Ordered.class);
        for (int i = 0; i < 2; i++) {
            engine.bookOf(Samples.BTC).tell(order("a-1", 1, pay(Samples.ALICE, 5), probe.ref()));
        }
        probe.expectMessage(Engine.PATIENCE, new Book.Done());
        probe.expectMessage(Engine.PATIENCE, new Book.Done());
        assertEquals(before.plus(Usdc.ofWhole(5)), engine.summary(Samples.ALICE).cash());
    }

    @Tag("slow")
    @Test
    void anIndexThatDoesNotAnswerLeavesTheOrderToBeSentAgain() {
        engine.deposit(Samples.ALICE, 1_000);
        for (int i = 1; i <= Holding.RECENT + 1; i++) {
            buy(Samples.ALICE, "o-" + i, "2", LEG);
        }
        engine.kit.stop(engine.index, Engine.PATIENCE);
        TestProbe<Book.Ordered> probe = engine.kit.createTestProbe(Book.Ordered.class);
        engine.bookOf(Samples.BTC).tell(order("a-1", 1, pay(Samples.ALICE, 5), probe.ref()));
        assertEquals(Holding.RECENT + 1, engine.book(Samples.BTC).trades(), "it goes on meanwhile");
        engine.advance(Duration.ofSeconds(6));
        probe.expectMessage(Engine.PATIENCE, new Book.Retry("index_silent"));
    }

    @Test
    void anAccountThatATradeAdjustmentLeftShortMayCloseAndNothingElse() {
        engine.deposit(Samples.ALICE, 2_000);
        buy(Samples.ALICE, "o-1", "-100", new Leg(Samples.PUT, -2));
        // two lots of a short put at 90,000 are covered by 1,800 of the 2,100
        assertEquals(new Book.Done(), adjust("a-1", 1, pay(Samples.ALICE, -1_600)));
        assertFree(-1_300);
        refused(RefusalReason.INSUFFICIENT_FUNDS, "o-2", "10", new Leg(Samples.CALL, 1));
        refused(RefusalReason.INSUFFICIENT_FUNDS, "o-3", "-100", new Leg(Samples.PUT, -1));
        // dearer than the cover it gives back
        refused(RefusalReason.INSUFFICIENT_FUNDS, "o-4", "901", new Leg(Samples.PUT, 1));
        // one lot bought back leaves it short still, by less
        buy(Samples.ALICE, "o-5", "300", new Leg(Samples.PUT, 1));
        assertFree(-700);
        buy(Samples.ALICE, "o-6", "150", new Leg(Samples.PUT, 1));
        assertFree(50);
    }

    @Test
    void aCallThatAnAdjustmentLeftNakedMayBeBoughtBackFromCashThatIsThere() {
        engine.deposit(Samples.ALICE, 2_000);
        buy(Samples.ALICE, "o-1", "50", new Leg(Samples.CALL, -2), new Leg(Samples.HIGHER, 2));
        List<Posting> nakedNow =
                List.of(
                        Posting.lots(Posting.taker(Samples.ALICE), Samples.HIGHER, -2),
                        Posting.lots(Posting.POOL, Samples.HIGHER, 2));
        assertEquals(new Book.Done(), adjust("a-1", 1, nakedNow));
        refused(RefusalReason.UNCOVERED, "o-2", "-10", new Leg(Samples.CALL, -1));
        refused(RefusalReason.UNCOVERED, "o-3", "10", new Leg(Samples.PUT, 1));
        refused(RefusalReason.UNCOVERED, "o-4", "1951", new Leg(Samples.CALL, 1));
        refused(RefusalReason.UNCOVERED, "o-5", "10", new Leg(Samples.HIGHER, 1));
        // one of two is naked still, and may be bought back all the same
        buy(Samples.ALICE, "o-6", "950", new Leg(Samples.CALL, 1));
        buy(Samples.ALICE, "o-7", "1000", new Leg(Samples.CALL, 1));
        assertTrue(engine.summary(Samples.ALICE).positions().isEmpty());
        assertEquals(Usdc.ZERO, engine.summary(Samples.ALICE).cash());
    }

    private void assertFree(long usdc) {
        assertEquals(Usdc.ofWhole(usdc), engine.summary(Samples.ALICE).free());
    }

    private static List<Posting> pay(AccountId taker, long usdc) {
        return List.of(
                Posting.cash(Posting.taker(taker), Usdc.ofWhole(usdc)),
                Posting.cash(Posting.POOL, Usdc.ofWhole(-usdc)));
    }

    private void refused(RefusalReason reason, String orderId, String price, Leg leg) {
        Book.Reply reply =
                engine.acceptedAtLast(
                        Samples.ALICE, orderId, engine.token(Samples.ALICE, 1, price, leg));
        assertEquals(reason, assertInstanceOf(Book.Refused.class, reply, orderId).reason());
    }

    private void buy(AccountId taker, String orderId, String price, Leg... legs) {
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(taker, orderId, engine.token(taker, 1, price, legs)),
                orderId);
    }
}
