package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.PoolSummary;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.journal.Tagged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Who was answered and asks then is told what the answer said. The answer's reader asks on the Book's
 * own thread, inside the telling of the answer, so that nothing which the Book does behind it can help.
 */
class ReadYourWritesTest {

    private static final Leg LEG = new Leg(Samples.CALL, 2);
    private static final SortedMap<OptionContract, Long> BOUGHT =
            new TreeMap<>(Map.of(Samples.CALL, 2L));

    private final Engine engine = Engine.withRealCapacity();

    /** Opened when the reader is in place: no answer leaves before. */
    private final CountDownLatch listening = new CountDownLatch(1);

    @AfterEach
    void stop() {
        listening.countDown();
        engine.close();
    }

    /** What is read inside an answer. */
    private record Seen<R>(R answer, Account.Summary account, PoolSummary pool) {}

    @Test
    void accountAndPoolHaveATradeOnceItIsAnswered() {
        engine.deposit(Samples.ALICE, 1_000);
        Usdc poolBefore = engine.pool().cash();
        beforeTheAnswer(this::awaitListening);
        Seen<Book.Reply> seen = buying("o-1");
        assertInstanceOf(Book.Filled.class, seen.answer());
        assertEquals(BOUGHT, seen.account().positions());
        assertEquals(Usdc.ofWhole(950), seen.account().cash());
        assertEquals(Usdc.ZERO, seen.account().held());
        // a dollar of the fifty is the fee
        assertEquals(poolBefore.plus(Usdc.ofWhole(49)), seen.pool().cash());
        assertEquals(0, seen.pool().reservations());
    }

    @Test
    void theyHaveOneThatARestartedBookFindsWritten() {
        engine.deposit(Samples.ALICE, 1_000);
        beforeTheAnswer(
                () -> {
                    awaitListening();
                    throw new Fault.Injected("before it has reported");
                });
        Seen<Book.Reply> seen = buying("o-1");
        assertInstanceOf(Book.Filled.class, seen.answer());
        assertEquals(BOUGHT, seen.account().positions());
        assertEquals(Usdc.ZERO, seen.account().held());
        assertEquals(0, seen.pool().reservations());
    }

    @Test
    void anAccountThatDiesOverTheReportIsStartingOrHasIt() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.faultOf(Samples.ALICE).arm(ReadYourWritesTest::isReportOfATrade, false);
        beforeTheAnswer(this::awaitListening);
        Seen<Book.Reply> seen = buying("o-1");
        assertInstanceOf(Book.Filled.class, seen.answer());
        assertFalse(seen.account().ready(), "the Book that it waits for stands still");
        Account.Summary later = seen.account();
        while (!later.ready()) {
            later = engine.summary(Samples.ALICE);
        }
        assertEquals(BOUGHT, later.positions());
    }

    @Test
    void anAdjustmentIsThereOnceItIsAnswered() {
        engine.deposit(Samples.ALICE, 1_000);
        assertInstanceOf(
                Book.Filled.class,
                engine.accepted(Samples.ALICE, "o-1", engine.token(Samples.ALICE, 1, "50", LEG)));
        beforeTheAnswer(this::awaitListening);
        List<Posting> postings =
                List.of(
                        Posting.cash(Posting.taker(Samples.ALICE), Usdc.ofWhole(5)),
                        Posting.cash(Posting.POOL, Usdc.ofWhole(-5)));
        Seen<Book.Ordered> seen =
                seen(
                        to ->
                                new Book.AdjustTrade(
                                        new RequestId("a-1"),
                                        "olga",
                                        "bad print",
                                        new TradeId(Samples.BTC, 1),
                                        postings,
                                        to));
        assertEquals(new Book.Done(), seen.answer());
        assertEquals(Usdc.ofWhole(955), seen.account().cash());
    }

    private Seen<Book.Reply> buying(String orderId) {
        String token = engine.token(Samples.ALICE, 1, "50", LEG);
        return seen(to -> engine.accept(Samples.ALICE, orderId, token, to));
    }

    /** Asks a Book, and account and pool inside its answer. */
    private <R> Seen<R> seen(Function<ActorRef<R>, Book.Command> request) {
        CompletableFuture<R> answer =
                AskPattern.<Book.Command, R>ask(
                                engine.bookOf(Samples.BTC),
                                request::apply,
                                Engine.PATIENCE,
                                engine.kit.system().scheduler())
                        .toCompletableFuture();
        // Pekko's own stage hands on to other threads; behind allOf the thread that answers goes on
        CompletableFuture<Seen<R>> seen =
                CompletableFuture.allOf(answer)
                        .thenApply(
                                done ->
                                        new Seen<>(
                                                answer.join(),
                                                engine.summary(Samples.ALICE),
                                                engine.pool()));
        listening.countDown();
        return seen.join();
    }

    private void beforeTheAnswer(Runnable action) {
        engine.faultOf(Samples.BTC).armRun(ReadYourWritesTest::isWritten, false, action);
    }

    private void awaitListening() {
        try {
            listening.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWritten(Object message) {
        return message instanceof JournalProtocol.WriteMessageSuccess written
                && written.persistent().payload() instanceof Tagged tagged
                && (tagged.payload() instanceof BookEvent.TradeExecuted
                        || tagged.payload() instanceof BookEvent.TradeAdjusted);
    }

    private static boolean isReportOfATrade(Object message) {
        return message instanceof Account.Report told && !told.report().recentTrades().isEmpty();
    }
}
