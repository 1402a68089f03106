package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureTest {

    private static final Leg LEG = new Leg(Samples.CALL, 1);

    private final Engine engine = new Engine();
    private int accepts;

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aFailedWriteIsAnsweredUnknownAndHaltsTheProcess() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.journal.failNextPersisted(Book.persistenceId(Samples.BTC));
        assertEquals(
                new Book.OutcomeUnknown(),
                engine.accepted(Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "50", LEG)));
        assertEquals("book-BTC", engine.guardian.receiveMessage(Engine.PATIENCE).persistenceId());
        engine.kit.createTestProbe().expectTerminated(engine.bookOf(Samples.BTC), Engine.PATIENCE);
    }

    @Test
    void aFailedDepositIsAnsweredUnknownAndHaltsTheProcess() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.journal.failNextPersisted(Account.persistenceId(Samples.ALICE));
        TestProbe<Account.Moved> probe = engine.kit.createTestProbe(Account.Moved.class);
        RequestId id = new RequestId("d-9");
        engine.toAccount(
                Samples.ALICE, new Account.Deposit(id, "op", Usdc.ofWhole(1), probe.ref()));
        probe.expectMessage(Engine.PATIENCE, new Account.MoneyUnknown(id));
        assertEquals(
                "account-alice", engine.guardian.receiveMessage(Engine.PATIENCE).persistenceId());
    }

    @Test
    void moreAcceptsThanMayWaitAreRefusedAndNoAccountTakesTheRoomOfAnother() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.deposit(Samples.BOB, 1_000);
        engine.window.silent = true;
        List<TestProbe<Book.Reply>> alice = accepts(Samples.ALICE, 20);
        requireFull(alice.subList(6, 20));
        List<TestProbe<Book.Reply>> bob = accepts(Samples.BOB, 4);
        requireFull(bob.subList(2, 4));
        engine.advance(Duration.ofSeconds(6));
        List<TestProbe<Book.Reply>> waited = new ArrayList<>(alice.subList(0, 6));
        waited.addAll(bob.subList(0, 2));
        for (TestProbe<Book.Reply> probe : waited) {
            assertEquals(
                    new Book.Retry("not_answered_in_time"), probe.receiveMessage(Engine.PATIENCE));
        }
        Engine.await(
                () -> engine.summary(Samples.ALICE).held().signum() == 0, "all holds released");
        // what was answered has left its share again
        engine.publish(2);
        requireFull(accepts(Samples.ALICE, 7, 2).subList(6, 7));
    }

    private List<TestProbe<Book.Reply>> accepts(AccountId account, int count) {
        return accepts(account, count, 1);
    }

    private List<TestProbe<Book.Reply>> accepts(AccountId account, int count, long view) {
        List<TestProbe<Book.Reply>> probes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TestProbe<Book.Reply> probe = engine.kit.createTestProbe(Book.Reply.class);
            probes.add(probe);
            engine.bookOf(Samples.BTC)
                    .tell(
                            engine.accept(
                                    account,
                                    "o-" + accepts++,
                                    engine.token(account, view, "1", LEG),
                                    probe.ref()));
        }
        return probes;
    }

    private static void requireFull(List<TestProbe<Book.Reply>> probes) {
        for (TestProbe<Book.Reply> probe : probes) {
            assertEquals(
                    RefusalReason.QUEUE_FULL,
                    assertInstanceOf(Book.Refused.class, probe.receiveMessage(Engine.PATIENCE))
                            .reason());
        }
    }

    @Test
    void aQuoteThatLapsesWhileItWaitsIsRefused() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.faultOf(Samples.BTC)
                .armRun(
                        m -> m instanceof Book.ReserveAnswered,
                        false,
                        () -> engine.advance(Duration.ofSeconds(3)));
        Book.Reply reply =
                engine.accepted(Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "50", LEG));
        assertEquals(
                RefusalReason.QUOTE_LAPSED, assertInstanceOf(Book.Refused.class, reply).reason());
        assertEquals(0, engine.book(Samples.BTC).trades());
        Engine.await(() -> engine.window.reservations.isEmpty(), "the reservation is released");
    }

    @Test
    void anEventThatDoesNotBalanceBreaksAnInvariant() {
        BookState state = BookState.empty(Samples.BTC).apply(Samples.listed(Samples.CALL));
        BookEvent.TradeExecuted good =
                Samples.executed(Samples.trade(1, Samples.ALICE, "o-1", "50", LEG));
        BookEvent.TradeExecuted bad =
                new BookEvent.TradeExecuted(
                        good.trade(),
                        good.pricingView(),
                        good.marketHash(),
                        good.viewHash(),
                        good.decidedCharge(),
                        good.marketView(),
                        good.cut(),
                        good.countedPending(),
                        good.pricingVersion(),
                        good.chargeAccount(),
                        good.postings().subList(0, 4),
                        good.leastUsdc());
        assertThrows(BrokenInvariant.class, () -> state.apply(bad));
        BookState once = state.apply(good);
        assertThrows(BrokenInvariant.class, () -> once.apply(good));
        assertThrows(
                BrokenInvariant.class,
                () ->
                        once.apply(
                                Samples.executed(Samples.trade(3, Samples.BOB, "o-1", "50", LEG))));
    }

    @Test
    void aSecondTradeOfAnOrderIdBreaksAnInvariant() {
        BookState once =
                BookState.empty(Samples.BTC)
                        .apply(Samples.listed(Samples.CALL))
                        .apply(Samples.executed(Samples.trade(1, Samples.ALICE, "o-1", "50", LEG)));
        assertThrows(
                BrokenInvariant.class,
                () ->
                        once.apply(
                                Samples.executed(
                                        Samples.trade(2, Samples.ALICE, "o-1", "50", LEG))));
        once.apply(Samples.executed(Samples.trade(2, Samples.BOB, "o-1", "50", LEG)));
    }

    @Test
    void aConfigurationThatLosesSilentlyRefusesToStart() {
        for (String key :
                List.of(
                        "pekko.persistence.typed.stash-overflow-strategy = drop",
                        "pekko.persistence.journal-plugin-fallback.replay-filter.mode ="
                                + " repair-by-discard-old")) {
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            StrictPersistence.require(
                                    ConfigFactory.parseString(key).withFallback(Engine.config())),
                    key);
        }
        StrictPersistence.require(Engine.config());
        assertEquals(64, BookSettings.of(Engine.config()).maxPendings());
        assertEquals(64, AccountSettings.of(Engine.config()).maxHolds());
    }
}
