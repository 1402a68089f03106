package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.ReservationId;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Leg LEG = new Leg(Samples.CALL, 1);

    private final Engine engine = new Engine();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void theSameDepositTwiceCountsOnceAndAnotherAmountIsRefused() {
        assertEquals(moved("d-1", 500), deposit("d-1", 500));
        assertEquals(moved("d-1", 500), deposit("d-1", 500));
        assertEquals(
                RefusalReason.CONTRADICTS,
                assertInstanceOf(Account.MoneyRefused.class, deposit("d-1", 501)).reason());
        assertEquals(Usdc.ofWhole(500), engine.summary(Samples.ALICE).cash());
    }

    @Test
    void aDepositThatLeftTheStateIsFoundByItsTag() {
        int many = AccountState.RECENT + 3;
        for (int i = 0; i < many; i++) {
            assertEquals(moved("d-" + i, 1), deposit("d-" + i, 1));
        }
        assertEquals(moved("d-0", 1), deposit("d-0", 1));
        assertEquals(
                RefusalReason.CONTRADICTS,
                assertInstanceOf(Account.MoneyRefused.class, deposit("d-1", 7)).reason());
        assertEquals(Usdc.ofWhole(many), engine.summary(Samples.ALICE).cash());
    }

    @Test
    void anOrderThatLeftTheStateIsFoundByItsTag() {
        engine.deposit(Samples.ALICE, 10_000);
        String first = token();
        Book.Reply answer = engine.acceptedAtLast(Samples.ALICE, "o-0", first);
        int many = Holding.RECENT + 2;
        for (int i = 1; i < many; i++) {
            assertInstanceOf(
                    Book.Filled.class, engine.acceptedAtLast(Samples.ALICE, "o-" + i, token()));
        }
        assertEquals(answer, engine.acceptedAtLast(Samples.ALICE, "o-0", first));
        assertInstanceOf(Book.Conflict.class, engine.acceptedAtLast(Samples.ALICE, "o-1", token()));
        assertEquals(many, engine.book(Samples.BTC).trades());
    }

    @Test
    void whatPositionsOrHoldsNeedIsNotWithdrawn() {
        engine.deposit(Samples.ALICE, 1_000);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.ALICE,
                        "o-1",
                        engine.token(Samples.ALICE, 1, "-100", new Leg(Samples.PUT, -1))));
        // one lot of a short put at 90,000 is covered by 900; 1,100 are there
        assertEquals(Usdc.ofWhole(200), engine.summary(Samples.ALICE).free());
        assertEquals(
                RefusalReason.INSUFFICIENT_FUNDS,
                assertInstanceOf(Account.MoneyRefused.class, withdraw("w-1", 201)).reason());
        assertEquals(
                new Account.MoneyMoved(new RequestId("w-2"), Usdc.ofWhole(-200)),
                withdraw("w-2", 200));
        assertEquals(Usdc.ZERO, engine.summary(Samples.ALICE).free());
    }

    @Test
    void aSaleWhoseWorstPayOffIsMoreThanTheCashIsRefused() {
        engine.deposit(Samples.ALICE, 850);
        // 850 and the 40 that it brings do not cover a lot of a short put at 90,000
        Book.Refused refused =
                assertInstanceOf(
                        Book.Refused.class,
                        engine.acceptedAtLast(
                                Samples.ALICE,
                                "o-1",
                                engine.token(Samples.ALICE, 1, "-40", new Leg(Samples.PUT, -1))));
        assertEquals(RefusalReason.INSUFFICIENT_FUNDS, refused.reason());
        assertEquals(
                new TreeMap<>(Map.of("cash_after_price", 890.0, "cover", 900.0, "missing", 10.0)),
                refused.numbers());
    }

    @Test
    void whatIsHeldForOneOrderBuysNothingElse() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.window.silent = true;
        engine.bookOf(Samples.BTC)
                .tell(
                        engine.accept(
                                Samples.ALICE,
                                "o-1",
                                engine.token(Samples.ALICE, 1, "600", new Leg(Samples.CALL, 1)),
                                engine.kit.createTestProbe(Book.Reply.class).ref()));
        Engine.await(
                () -> engine.summary(Samples.ALICE).held().signum() > 0, "the first is held for");
        assertEquals(
                RefusalReason.INSUFFICIENT_FUNDS,
                assertInstanceOf(
                                Book.Refused.class,
                                engine.accepted(
                                        Samples.ALICE,
                                        "o-2",
                                        engine.token(
                                                Samples.ALICE,
                                                1,
                                                "400.1",
                                                new Leg(Samples.CALL, 1))))
                        .reason());
        assertEquals(
                RefusalReason.INSUFFICIENT_FUNDS,
                assertInstanceOf(Account.MoneyRefused.class, withdraw("w-1", 401)).reason());
    }

    @Test
    void amountsOutOfBoundsAreRefused() {
        Stream.of(0L, -5L, 1_000_000_001L)
                .forEach(
                        usdc -> {
                            assertEquals(
                                    RefusalReason.AMOUNT_OUT_OF_BOUNDS,
                                    assertInstanceOf(
                                                    Account.MoneyRefused.class,
                                                    deposit("d" + usdc, usdc))
                                            .reason());
                            assertEquals(
                                    RefusalReason.AMOUNT_OUT_OF_BOUNDS,
                                    assertInstanceOf(
                                                    Account.MoneyRefused.class,
                                                    withdraw("w" + usdc, usdc))
                                            .reason());
                        });
        assertEquals(Usdc.ZERO, engine.summary(Samples.ALICE).cash());
    }

    @Test
    void aDepositThatWasWrittenBeforeACrashIsAnsweredAfterIt() {
        deposit("d-0", 1);
        engine.faultOf(Samples.ALICE)
                .arm(m -> m instanceof JournalProtocol.WriteMessageSuccess, false);
        assertEquals(moved("d-1", 500), deposit("d-1", 500));
        assertEquals(Usdc.ofWhole(501), engine.summary(Samples.ALICE).cash());
    }

    @Test
    void anAccountNamesItsJournaledStateAndARefusalLeavesTheNameAsItWas() {
        assertEquals(named(AccountState.empty(Samples.ALICE)), fingerprint());
        deposit("d-1", 500);
        AccountState after =
                engine.journal.persistedInStorage(Account.persistenceId(Samples.ALICE)).stream()
                        .map(AccountEvent.class::cast)
                        .reduce(
                                AccountState.empty(Samples.ALICE),
                                AccountState::apply,
                                (one, other) -> other);
        assertEquals(named(after), fingerprint());
        deposit("d-1", 501);
        withdraw("w-1", 501);
        assertEquals(named(after), fingerprint());
        deposit("d-2", 1);
        assertEquals(2, fingerprint().sequence());
    }

    @Test
    void aReportFromBeforeTheBookKnewOfTheRestartIsNotCounted() {
        TestProbe<Book.Command> book = engine.kit.createTestProbe(Book.Command.class);
        AccountId carol = new AccountId("carol");
        ActorRef<Account.Command> account =
                alone(carol, book, engine.kit.createTestProbe(TradeIndex.Command.class));
        assertEquals(new Book.ReportTo(carol, 7), book.receiveMessage(Engine.PATIENCE));
        for (OptionalLong stale : List.of(OptionalLong.empty(), OptionalLong.of(6))) {
            account.tell(new Account.Report(report(stale)));
            assertEquals(
                    new Book.ReportTo(carol, 7),
                    book.receiveMessage(Engine.PATIENCE),
                    "it asks again at once");
            assertFalse(summary(account).ready(), "known=" + stale);
        }
        account.tell(new Account.Report(report(OptionalLong.of(7))));
        assertTrue(summary(account).ready());
        assertEquals(Usdc.ofWhole(5), summary(account).cash());
    }

    @Test
    void aTradeThatOnlyTheIndexHasIsOnItsWayWhileItsHoldStands() {
        TestProbe<Book.Command> book = engine.kit.createTestProbe(Book.Command.class);
        TestProbe<TradeIndex.Command> index = engine.kit.createTestProbe(TradeIndex.Command.class);
        ActorRef<Account.Command> account = alone(Samples.ALICE, book, index);
        account.tell(new Account.Report(report(OptionalLong.of(7), true)));
        // one order id, in two Books at once
        TestProbe<Account.HoldReply> first = hold(account, new ReservationId(Samples.BTC, 1, 1));
        TestProbe<Account.HoldReply> second = hold(account, new ReservationId(Samples.ETH, 1, 1));
        String tag = Tags.order(Samples.ALICE, new ClientOrderId("o-1"));
        BookEvent.TradeExecuted written =
                Samples.executed(Samples.trade(1, Samples.ALICE, "o-1", "2", LEG));
        nextQuestion(index, tag).tell(new TradeIndex.Found(tag, Optional.empty()));
        nextQuestion(index, tag).tell(new TradeIndex.Found(tag, Optional.of(written)));
        assertEquals(
                new Account.HoldGranted(new ReservationId(Samples.BTC, 1, 1), 7),
                first.receiveMessage(Engine.PATIENCE));
        assertEquals(
                new Account.HoldLater(new ReservationId(Samples.ETH, 1, 1), "order_in_flight"),
                second.receiveMessage(Engine.PATIENCE));
    }

    private TestProbe<Account.HoldReply> hold(ActorRef<Account.Command> account, ReservationId id) {
        TestProbe<Account.HoldReply> probe = engine.kit.createTestProbe(Account.HoldReply.class);
        Trade trade = Samples.trade(1, Samples.ALICE, "o-1", "2", LEG);
        account.tell(
                new Account.Hold(
                        id,
                        trade.orderId(),
                        trade.body(),
                        trade.legs(),
                        BigDecimal.ONE,
                        trade.price(),
                        probe.ref()));
        return probe;
    }

    private static ActorRef<TradeIndex.Answer> nextQuestion(
            TestProbe<TradeIndex.Command> index, String tag) {
        TradeIndex.Find find =
                assertInstanceOf(TradeIndex.Find.class, index.receiveMessage(Engine.PATIENCE));
        assertEquals(tag, find.tag());
        return find.replyTo();
    }

    /** An account that knows of one Book; its start has the number seven. */
    private ActorRef<Account.Command> alone(
            AccountId id, TestProbe<Book.Command> book, TestProbe<TradeIndex.Command> index) {
        SortedMap<Underlying, ActorRef<Book.Command>> books = new TreeMap<>();
        books.put(Samples.BTC, book.ref());
        return engine.kit.spawn(
                Account.create(
                        id,
                        new AccountSettings(
                                8, 8, 8, Duration.ofSeconds(3), Duration.ofHours(1), 10),
                        new Account.Ports(
                                books,
                                index.ref(),
                                engine::now,
                                () -> 7,
                                engine.guardian.ref(),
                                () -> JournalRoom.AMPLE)));
    }

    private static AccountReport report(OptionalLong accountIncarnation) {
        return report(accountIncarnation, false);
    }

    private static AccountReport report(OptionalLong accountIncarnation, boolean evicted) {
        return new AccountReport(
                Samples.BTC,
                1,
                accountIncarnation,
                3,
                0,
                new TreeSet<>(),
                Usdc.ofWhole(5),
                new TreeMap<>(),
                BigDecimal.ONE,
                List.of(),
                evicted);
    }

    private Account.Summary summary(ActorRef<Account.Command> account) {
        TestProbe<Account.Summary> probe = engine.kit.createTestProbe(Account.Summary.class);
        account.tell(new Account.Summarise(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    @Test
    void theRollHoldsWhoWasSpokenToAndWhoWasWoken() {
        assertEquals(Set.of(), roll());
        engine.toAccount(
                Samples.ALICE, new Account.ReleaseHold(new ReservationId(Samples.BTC, 1, 1)));
        engine.accounts.tell(new Accounts.Wake(Samples.BOB));
        engine.accounts.tell(new Accounts.Wake(Samples.ALICE));
        assertEquals(Set.of(Samples.ALICE, Samples.BOB), roll());
    }

    @Test
    void onlyAnAccountsPersistenceIdIsAnAccounts() {
        assertEquals(
                Optional.of(Samples.ALICE),
                Account.ofPersistenceId(Account.persistenceId(Samples.ALICE)));
        assertEquals(Optional.empty(), Account.ofPersistenceId(Book.persistenceId(Samples.BTC)));
        assertEquals(Optional.empty(), Account.ofPersistenceId("capacity"));
    }

    private static Account.Fingerprinted named(AccountState state) {
        return new Account.Fingerprinted(Samples.ALICE, state.sequence(), EntityHash.of(state));
    }

    private Account.Fingerprinted fingerprint() {
        TestProbe<Account.Fingerprinted> probe =
                engine.kit.createTestProbe(Account.Fingerprinted.class);
        engine.toAccount(Samples.ALICE, new Account.Fingerprint(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }

    private Set<AccountId> roll() {
        TestProbe<Accounts.Roll> probe = engine.kit.createTestProbe(Accounts.Roll.class);
        engine.accounts.tell(new Accounts.CallTheRoll(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE).accounts();
    }

    private String token() {
        return engine.token(Samples.ALICE, 1, "10", new Leg(Samples.CALL, 1));
    }

    private static Account.Moved moved(String id, long usdc) {
        return new Account.MoneyMoved(new RequestId(id), Usdc.ofWhole(usdc));
    }

    private Account.Moved deposit(String id, long usdc) {
        return ask(r -> new Account.Deposit(new RequestId(id), "op", Usdc.ofWhole(usdc), r));
    }

    private Account.Moved withdraw(String id, long usdc) {
        return ask(r -> new Account.Withdraw(new RequestId(id), "op", Usdc.ofWhole(usdc), r));
    }

    private Account.Moved ask(
            java.util.function.Function<ActorRef<Account.Moved>, Account.Command> question) {
        TestProbe<Account.Moved> probe = engine.kit.createTestProbe(Account.Moved.class);
        engine.toAccount(Samples.ALICE, question.apply(probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }
}
