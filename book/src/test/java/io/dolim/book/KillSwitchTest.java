package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.AccountLimits;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Mode;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** K1 on the actors: once an operator is answered, no trade is written that he meant to stop. */
class KillSwitchTest {

    private static final Leg LEG = new Leg(Samples.CALL, 2);

    private final Engine engine = Engine.withRealCapacity();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void stop() {
        released.countDown();
        engine.close();
    }

    @Test
    void aGrantThatIsNotWrittenYetIsRefusedBeforeTheOperatorIsAnswered() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.faultOf(Samples.ALICE).armRun(m -> m instanceof Account.Hold, false, this::waits);
        TestProbe<Book.Reply> taker = accept("o-1");
        Engine.await(() -> engine.pool().reservations() == 1, "the risk is granted");

        assertEquals(List.of(), halt().receiveMessage(Engine.PATIENCE).unacknowledged());

        assertEquals(
                new Book.Refused(RefusalReason.NO_CAPACITY, "halted", new TreeMap<>()),
                taker.receiveMessage(Engine.PATIENCE));
        released.countDown();
        Engine.await(() -> engine.summary(Samples.ALICE).held().signum() == 0, "the hold is gone");
        Engine.await(engine::nothingIsReserved, "the reservation is gone");
        assertEquals(0, trades());
    }

    @Test
    void aTradeThatIsBeingWrittenIsWrittenBeforeTheOperatorIsAnswered() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.faultOf(Samples.BTC).armRun(KillSwitchTest::isWritten, false, this::waits);
        TestProbe<Book.Reply> taker = accept("o-1");
        Engine.await(() -> engine.faultOf(Samples.BTC).isSpent(), "the trade is on its way");
        TestProbe<Capacity.Done> operator = halt();
        Engine.await(() -> engine.pool().mode() == Mode.HALTED, "it is in force here at once");
        taker.expectNoMessage(java.time.Duration.ZERO);
        released.countDown();

        assertEquals(List.of(), operator.receiveMessage(Engine.PATIENCE).unacknowledged());
        assertInstanceOf(Book.Filled.class, taker.receiveMessage(Engine.PATIENCE));
        assertEquals(1, trades());
    }

    @Test
    void whateverTheTimingNothingIsWrittenAfterTheAnswer() {
        engine.deposit(Samples.ALICE, 1_000);
        List<TestProbe<Book.Reply>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(accept("o-" + i));
        }
        halt().receiveMessage(Engine.PATIENCE);
        int written = trades();
        takers.forEach(taker -> taker.receiveMessage(Engine.PATIENCE));
        assertEquals(written, trades());
    }

    @Test
    void aGrantOfOlderRulesThatComesAfterTheNewsIsVoidAsWell() {
        Grants grants = new Grants();
        grants.changed(new Capacity.RulesChanged(7, Mode.HALTED));
        grants.changed(new Capacity.RulesChanged(5, Mode.OPEN));

        assertEquals(
                new Book.Refused(RefusalReason.NO_CAPACITY, "halted", new TreeMap<>()),
                grants.whyVoid(granted(6, false)).orElseThrow());
        assertEquals(
                new Book.Retry("rules_changed"), grants.whyVoid(granted(6, true)).orElseThrow());
        assertEquals(true, grants.whyVoid(granted(7, true)).isEmpty());
        grants.changed(new Capacity.RulesChanged(8, Mode.OPEN));
        assertEquals(
                new Book.Retry("rules_changed"), grants.whyVoid(granted(7, false)).orElseThrow());
    }

    private static Capacity.Granted granted(long rules, boolean reducing) {
        return new Capacity.Granted(
                new io.dolim.capacity.ReservationId(Samples.BTC, 1, 1),
                1,
                rules,
                reducing,
                Usdc.ZERO,
                1,
                new TreeMap<>(),
                new AccountLimits(1, 1, 1, 1),
                List.of());
    }

    private TestProbe<Book.Reply> accept(String orderId) {
        TestProbe<Book.Reply> taker = engine.kit.createTestProbe(Book.Reply.class);
        String token = engine.token(Samples.ALICE, 1, "50.5", LEG);
        engine.bookOf(Samples.BTC).tell(engine.accept(Samples.ALICE, orderId, token, taker.ref()));
        return taker;
    }

    private TestProbe<Capacity.Done> halt() {
        TestProbe<Capacity.Done> operator = engine.kit.createTestProbe(Capacity.Done.class);
        engine.capacity.tell(new Capacity.Halt("ann", "drill", operator.ref().unsafeUpcast()));
        return operator;
    }

    private int trades() {
        return (int)
                engine.events(Samples.BTC).stream()
                        .filter(BookEvent.TradeExecuted.class::isInstance)
                        .count();
    }

    private static boolean isWritten(Object message) {
        return message instanceof JournalProtocol.WriteMessageSuccess;
    }

    private void waits() {
        try {
            released.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
