package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** X5: a write for which the journal has no room is known not to be done, and halts nobody. */
class JournalFullTest {

    private static final Leg LEG = new Leg(Samples.CALL, 1);
    private static final JournalRoom SPENT = new JournalRoom(9, 100, 10);

    private final Engine engine = new Engine();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aRejectedTradeIsToBeSentAgainAndIsFilledThen() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "50", LEG);
        engine.journal.rejectNextPersisted(Book.persistenceId(Samples.BTC));
        assertEquals(
                new Book.Retry("book_restarted"), engine.accepted(Samples.ALICE, "o-1", token));
        Book.Reply again = engine.acceptedAtLast(Samples.ALICE, "o-1", token);
        assertEquals(1, assertInstanceOf(Book.Filled.class, again).trade().id().number());
        assertEquals(1, engine.book(Samples.BTC).trades());
        engine.guardian.expectNoMessage();
    }

    @Test
    void aRejectedDepositIsToBeSentAgainAndIsDoneThen() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.journal.rejectNextPersisted(Account.persistenceId(Samples.ALICE));
        RequestId id = new RequestId("d-9");
        assertEquals(new Account.MoneyLater(id, "account_restarted"), deposit(id));
        assertEquals(new Account.MoneyMoved(id, Usdc.ofWhole(1)), deposit(id));
        engine.guardian.expectNoMessage();
    }

    @Test
    void nothingOrdinaryIsAttemptedWithoutRoom() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.room = SPENT;
        RequestId id = new RequestId("d-9");
        assertEquals(new Account.MoneyLater(id, "journal_full"), deposit(id));
        assertEquals(
                new Book.Retry("journal_full"),
                listed(OptionContract.parse("BTC_USDC-25DEC26-120000-C")));
        // granted before the room was spent, which the stand-in for Capacity does not look at
        Book.Reply refused =
                engine.accepted(Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "50", LEG));
        assertEquals(
                new Book.Refused(RefusalReason.NO_CAPACITY, "journal_full", SPENT.numbers()),
                refused);
        Engine.await(() -> engine.window.reservations.isEmpty(), "the reservation is released");
        assertEquals(0, engine.book(Samples.BTC).trades());

        engine.room = JournalRoom.AMPLE;
        assertEquals(new Account.MoneyMoved(id, Usdc.ofWhole(1)), deposit(id));
    }

    @Test
    void whatSettlesAndWhatLatchesIsEssentialAndNothingElse() {
        Expiry expiry = Samples.CALL.expiry();
        assertTrue(
                List.of(
                                new BookEvent.SettlementSampled(expiry, 0, 1, BigDecimal.ONE),
                                new BookEvent.DeliveryPriceSet(
                                        expiry, BigDecimal.ONE, "twap-30m", 1, "s", "", 1),
                                new BookEvent.ExpirySettled(expiry, BigDecimal.ONE, 1, List.of()),
                                new BookEvent.InstrumentDelisted(1, "settlement", Samples.CALL))
                        .stream()
                        .allMatch(event -> event.tags().contains(StoredEvent.ESSENTIAL)));
        assertTrue(
                List.of(
                                new LatchEvent.LatchTripped(Samples.BTC, 1, 1, ""),
                                new LatchEvent.LatchLifted(Samples.BTC, 1, "op", ""))
                        .stream()
                        .allMatch(event -> event.tags().contains(StoredEvent.ESSENTIAL)));
        assertTrue(
                List.of(
                                Samples.listed(Samples.CALL),
                                Samples.executed(Samples.trade(1, Samples.ALICE, "o-1", "50", LEG)))
                        .stream()
                        .noneMatch(event -> event.tags().contains(StoredEvent.ESSENTIAL)));
    }

    private Account.Moved deposit(RequestId id) {
        TestProbe<Account.Moved> probe = engine.kit.createTestProbe(Account.Moved.class);
        engine.toAccount(
                Samples.ALICE, new Account.Deposit(id, "op", Usdc.ofWhole(1), probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    private Book.Ordered listed(OptionContract contract) {
        TestProbe<Book.Ordered> probe = engine.kit.createTestProbe(Book.Ordered.class);
        engine.bookOf(Samples.BTC)
                .tell(
                        new Book.ListContracts(
                                "test", Samples.spec(Samples.BTC), List.of(contract), probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }
}
