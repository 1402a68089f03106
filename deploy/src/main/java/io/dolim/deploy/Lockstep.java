package io.dolim.deploy;

import io.dolim.book.Book;
import io.dolim.book.BookSummary;
import io.dolim.book.Market;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * Holds a stepping feed until each index tick is worked off, and before each chain's end until Books
 * have settled what is due. Its clock is the time of the last event
 * it sent: a feed that ran hours ahead would make every tick look stale, and settle expiries before
 * their samples are in. Runs on the feed's thread, which a stepping feed leaves to its consumer.
 */
final class Lockstep implements Consumer<FeedEvent> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long WINDOW_FROM_MS = TimeUnit.MINUTES.toMillis(7 * 60 + 30);
    private static final long WINDOW_TO_MS = TimeUnit.HOURS.toMillis(8);

    private final Consumer<FeedEvent> next;
    private final SortedMap<Underlying, ActorRef<Market.Command>> markets;
    private final SortedMap<Underlying, ActorRef<Book.Command>> books;
    private final Scheduler scheduler;
    private final CompletableFuture<String> ended;

    /**
     * @param next where events go
     * @param ended completed with one line when somebody does not answer
     */
    Lockstep(
            Consumer<FeedEvent> next,
            SortedMap<Underlying, ActorRef<Market.Command>> markets,
            SortedMap<Underlying, ActorRef<Book.Command>> books,
            Scheduler scheduler,
            CompletableFuture<String> ended) {
        this.next = next;
        this.markets = markets;
        this.books = books;
        this.scheduler = scheduler;
        this.ended = ended;
    }

    @Override
    public void accept(FeedEvent event) {
        if (event instanceof FeedEvent.ChainEnd) {
            workOff();
        }
        next.accept(event);
        if (event instanceof FeedEvent.IndexTick tick) {
            ActorRef<Market.Command> market = markets.get(tick.underlying());
            if (market != null) {
                CompletionStage<Market.WorkedOff> off =
                        AskPattern.ask(market, Market.Await::new, PATIENCE, scheduler);
                await("market-" + tick.underlying(), off);
            }
            ActorRef<Book.Command> book = books.get(tick.underlying());
            if (book != null && isSampled(tick.timeMs())) {
                CompletionStage<BookSummary> read =
                        AskPattern.ask(book, Book.Query::new, PATIENCE, scheduler);
                await("book-" + tick.underlying(), read);
            }
        }
    }

    /** The step may be the last: what it lists is written down, what is due is settled. */
    private void workOff() {
        markets.forEach(
                (underlying, market) ->
                        await(
                                "market-" + underlying,
                                AskPattern.ask(market, Market.Await::new, PATIENCE, scheduler)));
        books.forEach(
                (underlying, book) ->
                        await(
                                "book-" + underlying,
                                AskPattern.ask(book, Book.AwaitSettled::new, PATIENCE, scheduler)));
    }

    private static boolean isSampled(long timeMs) {
        long intoDayMs = Math.floorMod(timeMs, DAY_MS);
        return intoDayMs >= WINDOW_FROM_MS && intoDayMs <= WINDOW_TO_MS;
    }

    private void await(String who, CompletionStage<?> answer) {
        try {
            answer.toCompletableFuture().join();
        } catch (CompletionException silent) {
            ended.complete(who + " did not work a tick off: " + silent.getCause());
            throw silent;
        }
    }
}
