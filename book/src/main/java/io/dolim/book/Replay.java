package io.dolim.book;

import io.dolim.book.hedge.HedgeEvent;
import io.dolim.book.hedge.HedgeState;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds any stream of Books', Accounts', Latches' and Hedgers' events into the state they make, by the functions that the
 * writers use. Events of one writer come in its order, without a gap; writers may interleave anyhow. Not
 * safe for threads.
 */
public final class Replay {

    private static final String BOOK = "book-";
    private static final String ACCOUNT = "account-";
    private static final String LATCH = "latch-";
    private static final String HEDGE = "hedge-";

    private final SortedMap<String, BookState> books = new TreeMap<>();
    private final SortedMap<String, AccountState> accounts = new TreeMap<>();
    private final SortedMap<String, LatchState> latches = new TreeMap<>();
    private final SortedMap<String, HedgeState> hedges = new TreeMap<>();

    /** Whether this replay folds the events of a writer; Capacity's are folded by their own module. */
    public static boolean isOurs(String persistenceId) {
        return persistenceId.startsWith(BOOK)
                || persistenceId.startsWith(ACCOUNT)
                || persistenceId.startsWith(LATCH)
                || persistenceId.startsWith(HEDGE);
    }

    /**
     * Takes the next event of a writer.
     *
     * @throws BrokenInvariant when the sequence has a gap or an invariant is broken
     * @throws IllegalArgumentException when the event is not of that writer's kind
     */
    public void apply(String persistenceId, long sequence, StoredEvent event) {
        long expected = Math.addExact(sequence(persistenceId), 1);
        if (sequence != expected) {
            throw new BrokenInvariant(
                    persistenceId + " has event " + sequence + " where " + expected + " is next");
        }
        switch (event) {
            case BookEvent e when persistenceId.startsWith(BOOK) ->
                    books.put(persistenceId, book(persistenceId).apply(e));
            case AccountEvent e when persistenceId.startsWith(ACCOUNT) ->
                    accounts.put(persistenceId, account(persistenceId).apply(e));
            case LatchEvent e when persistenceId.startsWith(LATCH) ->
                    latches.put(persistenceId, latch(persistenceId).apply(e));
            case HedgeEvent e when persistenceId.startsWith(HEDGE) ->
                    hedges.put(persistenceId, hedge(persistenceId).apply(e));
            default ->
                    throw new IllegalArgumentException(
                            persistenceId + " does not write " + event.getClass().getSimpleName());
        }
    }

    /** The state so far. */
    public PoolState state() {
        SortedMap<String, PoolState.Entity> entities = new TreeMap<>();
        books.forEach((id, b) -> entities.put(id, entity(b.sequence(), b)));
        accounts.forEach((id, a) -> entities.put(id, entity(a.sequence(), a)));
        latches.forEach((id, l) -> entities.put(id, entity(l.sequence(), l)));
        hedges.forEach((id, h) -> entities.put(id, entity(h.sequence(), h)));
        return new PoolState(entities);
    }

    /** One writer's part of it; empty before its first event. */
    public Optional<PoolState.Entity> entity(String persistenceId) {
        return Optional.ofNullable(books.get(persistenceId))
                .map(book -> entity(book.sequence(), book))
                .or(
                        () ->
                                Optional.ofNullable(accounts.get(persistenceId))
                                        .map(one -> entity(one.sequence(), one)))
                .or(
                        () ->
                                Optional.ofNullable(latches.get(persistenceId))
                                        .map(one -> entity(one.sequence(), one)))
                .or(
                        () ->
                                Optional.ofNullable(hedges.get(persistenceId))
                                        .map(one -> entity(one.sequence(), one)));
    }

    /** What a Book says; empty before its first event. */
    public Optional<BookSheet> book(Underlying underlying) {
        return Optional.ofNullable(books.get(Book.persistenceId(underlying))).map(BookSheet::of);
    }

    /** Lots that a Book's pool holds. */
    public SortedMap<OptionContract, Long> positions(Underlying underlying) {
        return book(Book.persistenceId(underlying)).pool();
    }

    /** What trades and settlements of a Book brought the pool. */
    public Usdc poolCash(Underlying underlying) {
        return book(Book.persistenceId(underlying)).poolCash();
    }

    /** How a Book's options trade; empty before its first listing. */
    public Optional<ContractSpec> spec(Underlying underlying) {
        return book(Book.persistenceId(underlying)).spec();
    }

    /** How many events made a Book. */
    public long sequence(Underlying underlying) {
        return book(Book.persistenceId(underlying)).sequence();
    }

    /** Lots of a Book that a taker holds. */
    public SortedMap<OptionContract, Long> lots(Underlying underlying, AccountId account) {
        return book(Book.persistenceId(underlying)).holding(account).lots();
    }

    /** The underlyings whose Books have events. */
    public SortedSet<Underlying> underlyings() {
        SortedSet<Underlying> underlyings = new TreeSet<>();
        books.values().forEach(book -> underlyings.add(book.underlying()));
        return underlyings;
    }

    /** How the guards stand whose Latches have events. */
    public SortedMap<Underlying, GuardStanding> guards() {
        SortedMap<Underlying, GuardStanding> guards = new TreeMap<>();
        latches.values().forEach(latch -> guards.put(latch.underlying(), latch.guard()));
        return guards;
    }

    /** Deposits less withdrawals by account. */
    public SortedMap<AccountId, Usdc> deposited() {
        SortedMap<AccountId, Usdc> cash = new TreeMap<>();
        accounts.values().forEach(account -> cash.put(account.account(), account.cash()));
        return cash;
    }

    /** Invariant P1 over all Books: takers, pool and fees together have gained nothing; zero or broken. */
    public Usdc cashImbalance() {
        Usdc inside = Usdc.ZERO;
        for (BookState book : books.values()) {
            inside = inside.plus(book.poolCash()).plus(book.fees());
            for (Holding holding : book.accounts().values()) {
                inside = inside.plus(holding.cash());
            }
        }
        return inside;
    }

    /** What takers deposited less what they withdrew. */
    public Usdc deposits() {
        Usdc sum = Usdc.ZERO;
        for (AccountState account : accounts.values()) {
            sum = sum.plus(account.cash());
        }
        return sum;
    }

    /** What a Hedger says; empty before its first event. */
    public Optional<HedgeState> hedges(Underlying underlying) {
        return Optional.ofNullable(hedges.get(HEDGE + underlying));
    }

    private static PoolState.Entity entity(long sequence, StoredEvent state) {
        return new PoolState.Entity(sequence, EntityHash.of(state));
    }

    private long sequence(String persistenceId) {
        if (persistenceId.startsWith(LATCH)) {
            return latch(persistenceId).sequence();
        }
        if (persistenceId.startsWith(HEDGE)) {
            return hedge(persistenceId).sequence();
        }
        return persistenceId.startsWith(BOOK)
                ? book(persistenceId).sequence()
                : account(persistenceId).sequence();
    }

    private BookState book(String persistenceId) {
        BookState known = books.get(persistenceId);
        return known != null
                ? known
                : BookState.empty(new Underlying(persistenceId.substring(BOOK.length())));
    }

    private LatchState latch(String persistenceId) {
        LatchState known = latches.get(persistenceId);
        return known != null
                ? known
                : LatchState.empty(new Underlying(persistenceId.substring(LATCH.length())));
    }

    private HedgeState hedge(String persistenceId) {
        HedgeState known = hedges.get(persistenceId);
        return known != null
                ? known
                : HedgeState.empty(new Underlying(persistenceId.substring(HEDGE.length())));
    }

    private AccountState account(String persistenceId) {
        AccountState known = accounts.get(persistenceId);
        if (known != null) {
            return known;
        }
        if (!persistenceId.startsWith(ACCOUNT)) {
            throw new IllegalArgumentException(
                    persistenceId + " is no Book, Account, Latch or Hedger");
        }
        return AccountState.empty(new AccountId(persistenceId.substring(ACCOUNT.length())));
    }
}
