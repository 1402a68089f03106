package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.capacity.Capacity;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Tells Accounts, Capacity and the Market what a Book has come to: cumulative totals, so that saying it
 * twice is harmless. Belongs to one Book's incarnation.
 */
final class Reports {

    /** A Market and a Hedger, each over some restarts. */
    private static final int MOST_WATCHERS = 8;

    private final Book.Ports ports;
    private final PendingTrades pendings;
    private final List<ActorRef<Book.Held>> watchers = new ArrayList<>();

    Reports(Book.Ports ports, PendingTrades pendings) {
        this.ports = ports;
        this.pendings = pendings;
    }

    /** Something changed for these accounts. */
    void of(BookState state, SortedSet<AccountId> accounts) {
        accounts.forEach(account -> toAccount(state, account));
        toCapacity(state);
        watchers.forEach(watcher -> watcher.tell(held(state)));
    }

    void toAccount(BookState state, AccountId account) {
        Account.Report report = new Account.Report(pendings.accountReport(state, account));
        ports.accounts().tell(new Accounts.Deliver(account, report));
    }

    void toCapacity(BookState state) {
        ports.capacity().tell(new Capacity.Report(pendings.bookReport(state)));
    }

    /** Nothing is written any more by older rules. */
    void acknowledge(Underlying underlying, long rules) {
        Capacity.Party self = new Capacity.Party(Capacity.Party.Side.BOOK, underlying);
        ports.capacity().tell(new Capacity.Acknowledge(self, rules));
    }

    /** Who is told what is held, now and after every change. */
    void watchedBy(ActorRef<Book.Held> watcher, BookState state) {
        if (!watchers.contains(watcher)) {
            watchers.add(watcher);
            if (watchers.size() > MOST_WATCHERS) {
                watchers.removeFirst();
            }
        }
        watcher.tell(held(state));
    }

    private static Book.Held held(BookState state) {
        return new Book.Held(state.pool());
    }
}
