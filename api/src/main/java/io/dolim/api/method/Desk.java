package io.dolim.api.method;

import io.dolim.book.Account;
import io.dolim.book.Accounts;
import io.dolim.book.Book;
import io.dolim.book.Latch;
import io.dolim.book.Matcher;
import io.dolim.book.hedge.HedgeSummary;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.order.OrderBoard;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.OrderId;
import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The actors behind the counter, as the outward face reaches them. An answer that does not come in
 * time fails the stage: the caller is told that the outcome is unknown.
 *
 * @param matchers who see when the price comes to a resting order
 * @param orders where the resting orders hang
 * @param hedgers of the underlyings that are hedged
 * @param patience longest wait for an answer
 */
public record Desk(
        SortedMap<Underlying, ActorRef<Book.Command>> books,
        SortedMap<Underlying, ActorRef<Matcher.Command>> matchers,
        OrderBoard orders,
        SortedMap<Underlying, ActorRef<Latch.Command>> latches,
        SortedMap<Underlying, ActorRef<Hedger.Command>> hedgers,
        ActorRef<Accounts.Command> accounts,
        ActorRef<Capacity.Command> capacity,
        Scheduler scheduler,
        Duration patience) {

    /** Copies the maps. */
    public Desk {
        latches = Collections.unmodifiableSortedMap(new TreeMap<>(latches));
        hedgers = Collections.unmodifiableSortedMap(new TreeMap<>(hedgers));
        matchers = Collections.unmodifiableSortedMap(new TreeMap<>(matchers));
        books = Collections.unmodifiableSortedMap(new TreeMap<>(books));
    }

    Optional<ActorRef<Book.Command>> book(Underlying underlying) {
        return Optional.ofNullable(books.get(underlying));
    }

    /** The Book of an underlying that this pool quotes. */
    ActorRef<Book.Command> knownBook(Underlying underlying) {
        return book(underlying)
                .orElseThrow(() -> new IllegalStateException("no book of " + underlying));
    }

    <R> CompletionStage<R> askBook(
            ActorRef<Book.Command> book, Function<ActorRef<R>, Book.Command> question) {
        return AskPattern.ask(book, question::apply, patience, scheduler);
    }

    <R> CompletionStage<R> askLatch(
            ActorRef<Latch.Command> latch, Function<ActorRef<R>, Latch.Command> question) {
        return AskPattern.ask(latch, question::apply, patience, scheduler);
    }

    /** Has an order looked at now; what became of it hangs on the board when this completes. */
    CompletionStage<Matcher.Tried> tryOrder(OrderId id) {
        ActorRef<Matcher.Command> matcher =
                Optional.ofNullable(matchers.get(id.underlying()))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "no matcher of " + id.underlying()));
        return AskPattern.ask(
                matcher, replyTo -> new Matcher.Try(id, replyTo), patience, scheduler);
    }

    <R> CompletionStage<R> askHedger(
            ActorRef<Hedger.Command> hedger, Function<ActorRef<R>, Hedger.Command> question) {
        return AskPattern.ask(hedger, question::apply, patience, scheduler);
    }

    /** The figures of every Hedger, in the order of their underlyings. */
    public CompletionStage<List<HedgeSummary>> hedgeSummaries() {
        return all(
                hedgers.values().stream()
                        .map(
                                hedger ->
                                        this.<HedgeSummary>askHedger(
                                                hedger, to -> new Hedger.Query(true, to)))
                        .toList());
    }

    <R> CompletionStage<R> askAccount(
            AccountId account, Function<ActorRef<R>, Account.Command> question) {
        return AskPattern.ask(
                accounts,
                replyTo -> new Accounts.Deliver(account, question.apply(replyTo)),
                patience,
                scheduler);
    }

    /** Every latch that has journaled anything, in the order of their underlyings. */
    public CompletionStage<List<Latch.Summary>> latchSummaries() {
        return all(latches.values().stream()
                        .map(latch -> this.<Latch.Summary>askLatch(latch, Latch.Query::new))
                        .toList())
                .thenApply(all -> all.stream().filter(latch -> latch.sequence() > 0).toList());
    }

    /** The figures of every account that has journaled anything, in the order of their ids. */
    CompletionStage<List<Account.Fingerprinted>> accountFingerprints() {
        return AskPattern.<Accounts.Command, Accounts.Roll>ask(
                        accounts, Accounts.CallTheRoll::new, patience, scheduler)
                .thenCompose(roll -> all(roll.accounts().stream().map(this::fingerprint).toList()))
                .thenApply(all -> all.stream().filter(account -> account.sequence() > 0).toList());
    }

    private CompletionStage<Account.Fingerprinted> fingerprint(AccountId account) {
        return askAccount(account, Account.Fingerprint::new);
    }

    /** All answers in the order asked, once the last is there. */
    static <R> CompletionStage<List<R>> all(List<CompletionStage<R>> asked) {
        List<CompletableFuture<R>> answers =
                asked.stream().map(CompletionStage::toCompletableFuture).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    <R> CompletionStage<R> askCapacity(Function<ActorRef<R>, Capacity.Command> question) {
        return AskPattern.ask(capacity, question::apply, patience, scheduler);
    }
}
