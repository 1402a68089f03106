package io.dolim.api.method;

import io.dolim.book.Account;
import io.dolim.book.Accounts;
import io.dolim.book.Book;
import io.dolim.book.trade.AccountId;
import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.Underlying;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The actors behind the counter, as the outward face reaches them. An answer that does not come in
 * time fails the stage: the caller is told that the outcome is unknown.
 *
 * @param patience longest wait for an answer
 */
public record Desk(
        SortedMap<Underlying, ActorRef<Book.Command>> books,
        ActorRef<Accounts.Command> accounts,
        ActorRef<Capacity.Command> capacity,
        Scheduler scheduler,
        Duration patience) {

    /** Copies the books. */
    public Desk {
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

    <R> CompletionStage<R> askAccount(
            AccountId account, Function<ActorRef<R>, Account.Command> question) {
        return AskPattern.ask(
                accounts,
                replyTo -> new Accounts.Deliver(account, question.apply(replyTo)),
                patience,
                scheduler);
    }

    <R> CompletionStage<R> askCapacity(Function<ActorRef<R>, Capacity.Command> question) {
        return AskPattern.ask(capacity, question::apply, patience, scheduler);
    }
}
