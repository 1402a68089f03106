package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.keys.KeyLedger;
import io.dolim.api.keys.KeyRecord;
import io.dolim.api.keys.KeySettings;
import io.dolim.api.method.Desk;
import io.dolim.book.Accepted;
import io.dolim.book.Account;
import io.dolim.book.AccountSettings;
import io.dolim.book.Accounts;
import io.dolim.book.Book;
import io.dolim.book.BookSettings;
import io.dolim.book.Latch;
import io.dolim.book.Market;
import io.dolim.book.MarketNote;
import io.dolim.book.MarketRules;
import io.dolim.book.Matcher;
import io.dolim.book.MatcherSettings;
import io.dolim.book.PricingBoard;
import io.dolim.book.RecordedContents;
import io.dolim.book.TradeIndex;
import io.dolim.book.WriterHalted;
import io.dolim.book.hedge.Hedger;
import io.dolim.book.order.OrderBoard;
import io.dolim.book.prints.PrintFollower;
import io.dolim.book.prints.PrintSettings;
import io.dolim.book.prints.Prints;
import io.dolim.book.tape.Tape;
import io.dolim.book.tape.TapeRecorder;
import io.dolim.book.tape.TapeSettings;
import io.dolim.book.trade.QuoteToken;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.Configured;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.slf4j.Logger;

/**
 * The wiring of one pool: one Capacity, one Book, one Latch, one Tape and one Market per underlying, the Accounts, the
 * index of trades, the trades tape, and the ledger of keys. Also the guardian: a writer that halts, or any of them that ends,
 * ends the process.
 */
final class Pool {

    /** Settings that the journal keeps: what prices, grants, hedges and lists. */
    private static final List<String> AUDITED =
            List.of(
                    "dolim.book",
                    "dolim.capacity",
                    "dolim.hedging",
                    "dolim.pool.underlyings",
                    "dolim.quoting");

    private static final String STARTED_BY = "os:" + System.getProperty("user.name");
    private static final String READ_JOURNAL = "dolim.persistence.lmdb.query";

    private Pool() {}

    /** What the guardian is told. */
    sealed interface Signal {}

    private record Halted(WriterHalted halted) implements Signal {}

    /**
     * What the pool is made of.
     *
     * @param specs how the options trade: the underlyings of this pool
     * @param clock the feed's clock and the monotonic one
     * @param incarnations a greater number at each call, also over restarts of the process
     * @param notes what Markets have to tell
     * @param tally what became of accepts
     * @param taped told the figures of tapes
     * @param room what the journal still takes
     * @param keys told of each change of a key, before it is answered
     */
    record Parts(
            Config config,
            ChosenFeed feed,
            SortedMap<Underlying, ContractSpec> specs,
            PoolConfig settings,
            PricingBoard board,
            QuoteToken seal,
            Supplier<Moment> clock,
            LongSupplier incarnations,
            Consumer<MarketNote> notes,
            Consumer<Accepted> tally,
            Consumer<Tape.Summary> taped,
            Supplier<JournalRoom> room,
            Consumer<KeyRecord> keys) {}

    /**
     * The pool under way.
     *
     * @param prints what was traded, as the journal tells it
     * @param awake completes when every account that the journal knows has been called, so that a
     *     summary asked for afterwards covers all of them
     * @param halted completes with one line when the process must end
     */
    record Running(
            Desk desk,
            ActorRef<KeyLedger.Command> keys,
            SortedMap<Underlying, ActorRef<Market.Command>> markets,
            Prints prints,
            CompletionStage<Done> awake,
            CompletableFuture<String> halted) {

        Running {
            markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
        }
    }

    /** The guardian; completes {@code running} when all are spawned. */
    static Behavior<Signal> guardian(Parts parts, CompletableFuture<Running> running) {
        return Behaviors.setup(
                context -> {
                    CompletableFuture<String> halted = new CompletableFuture<>();
                    try {
                        running.complete(spawn(context, parts, halted));
                    } catch (RuntimeException fault) {
                        // the starter waits for it, and says it in one line
                        running.completeExceptionally(fault);
                        throw fault;
                    }
                    return Behaviors.receive(Signal.class)
                            .onMessage(
                                    Halted.class,
                                    told -> {
                                        halted.complete(
                                                told.halted.persistenceId()
                                                        + " halted: "
                                                        + told.halted.why());
                                        return Behaviors.same();
                                    })
                            .onSignal(
                                    Terminated.class,
                                    ended -> {
                                        halted.complete(ended.getRef().path().name() + " ended");
                                        return Behaviors.same();
                                    })
                            .build();
                });
    }

    private static Running spawn(
            ActorContext<Signal> context, Parts parts, CompletableFuture<String> halted) {
        ActorRef<WriterHalted> alarm = context.messageAdapter(WriterHalted.class, Halted::new);
        CapacityParameters terms = CapacityParameters.of(parts.config.getConfig("dolim.capacity"));
        Set<Underlying> hedged = Hedging.hedged(parts.config, parts.specs.keySet());
        ActorRef<Capacity.Command> capacity =
                watched(
                        context,
                        Capacity.create(
                                terms,
                                Configured.of(STARTED_BY, parts.config, AUDITED),
                                parts.specs,
                                hedged,
                                parts.clock,
                                parts.incarnations,
                                parts.room),
                        "capacity");
        ActorRef<TradeIndex.Command> index =
                watched(context, TradeIndex.create(READ_JOURNAL), "trade-index");
        ActorRef<Accounts.Command> accounts =
                watched(
                        context,
                        Accounts.create(
                                AccountSettings.of(parts.config),
                                new Accounts.Ports(
                                        index, parts.clock, parts.incarnations, alarm, parts.room)),
                        "accounts");
        SortedMap<Underlying, ActorRef<Book.Command>> books = new TreeMap<>();
        SortedMap<Underlying, ActorRef<Latch.Command>> latches = new TreeMap<>();
        SortedMap<Underlying, ActorRef<Hedger.Command>> hedgers = new TreeMap<>();
        SortedMap<Underlying, ActorRef<Market.Command>> markets = new TreeMap<>();
        Hedging.Parts hedging =
                new Hedging.Parts(
                        parts.config,
                        parts.board,
                        parts.clock,
                        parts.incarnations,
                        parts.room,
                        new HedgeLog(),
                        capacity,
                        alarm);
        OrderBoard orders = new OrderBoard();
        SortedMap<Underlying, ActorRef<Matcher.Command>> matchers = new TreeMap<>();
        AtomicLong quotes = new AtomicLong();
        Book.Ports bookPorts =
                new Book.Ports(
                        capacity,
                        accounts,
                        index,
                        parts.seal,
                        parts.board,
                        parts.clock,
                        parts.incarnations,
                        alarm,
                        terms.chargeAccount(),
                        parts.tally,
                        new RecordedContents(),
                        parts.room,
                        orders);
        for (ContractSpec spec : parts.specs.values()) {
            Underlying underlying = spec.underlying();
            ActorRef<Book.Command> book =
                    watched(
                            context,
                            Book.create(underlying, BookSettings.of(parts.config), bookPorts),
                            "book-" + underlying);
            books.put(underlying, book);
            matchers.put(
                    underlying,
                    watched(
                            context,
                            Matcher.create(
                                    underlying,
                                    MatcherSettings.of(parts.config),
                                    new Matcher.Ports(
                                            book,
                                            orders,
                                            parts.board,
                                            parts.seal,
                                            // no other quote's id has this letter
                                            () ->
                                                    parts.seal.bootId()
                                                            + "-_"
                                                            + quotes.incrementAndGet(),
                                            parts.clock)),
                            "matcher-" + underlying));
            ActorRef<Latch.Command> latch =
                    watched(
                            context,
                            Latch.create(underlying, parts.clock, alarm),
                            "latch-" + underlying);
            latches.put(underlying, latch);
            if (hedged.contains(underlying)) {
                hedgers.put(
                        underlying, Hedging.spawn(context, hedging, spec, book, spawner(context)));
            }
            TapeRecorder tape = tape(context, parts, underlying, alarm);
            markets.put(underlying, market(context, parts, spec, book, latch, tape, capacity));
        }
        accounts.tell(new Accounts.Open(books));
        Desk desk =
                new Desk(
                        books,
                        matchers,
                        orders,
                        latches,
                        hedgers,
                        accounts,
                        capacity,
                        context.getSystem().scheduler(),
                        parts.settings.patience());
        return new Running(
                desk,
                keys(context, parts),
                markets,
                prints(context, parts),
                wake(context, accounts),
                halted);
    }

    private static ActorRef<KeyLedger.Command> keys(ActorContext<Signal> context, Parts parts) {
        return watched(
                context,
                KeyLedger.create(
                        new KeyLedger.Ports(
                                KeySettings.of(parts.config).most(),
                                parts.keys,
                                System::currentTimeMillis,
                                parts.room)),
                "keys");
    }

    private static Hedging.Spawner spawner(ActorContext<Signal> context) {
        return new Hedging.Spawner() {
            @Override
            public <C> ActorRef<C> spawn(Behavior<C> behavior, String name) {
                return watched(context, behavior, name);
            }
        };
    }

    private static CompletionStage<Done> wake(
            ActorContext<Signal> context, ActorRef<Accounts.Command> accounts) {
        return PersistenceQuery.get(context.getSystem())
                .getReadJournalFor(CurrentPersistenceIdsQuery.class, READ_JOURNAL)
                .currentPersistenceIds()
                .runForeach(
                        id ->
                                Account.ofPersistenceId(id)
                                        .map(Accounts.Wake::new)
                                        .ifPresent(accounts::tell),
                        context.getSystem());
    }

    /** A tape that is not whole any more is told by what asks it, and stops nobody from trading. */
    private static Prints prints(ActorContext<Signal> context, Parts parts) {
        PrintSettings settings = PrintSettings.of(parts.config);
        Prints prints = new Prints(settings);
        Logger log = context.getLog();
        CoordinatedShutdown end = CoordinatedShutdown.get(context.getSystem());
        var _ =
                new PrintFollower(
                                context.getSystem(),
                                READ_JOURNAL,
                                parts.specs.keySet(),
                                prints,
                                settings)
                        .start()
                        .whenComplete(
                                (done, failure) -> {
                                    if (failure != null && end.getShutdownReason().isEmpty()) {
                                        log.warn("trades are read no more", failure);
                                    }
                                });
        return prints;
    }

    private static TapeRecorder tape(
            ActorContext<Signal> context,
            Parts parts,
            Underlying underlying,
            ActorRef<WriterHalted> alarm) {
        TapeSettings settings = TapeSettings.of(parts.config);
        ActorRef<Tape.Command> tape =
                watched(
                        context,
                        Tape.create(
                                underlying,
                                settings,
                                new Tape.Ports(
                                        READ_JOURNAL, parts.clock, parts.room, parts.taped, alarm)),
                        "tape-" + underlying);
        return new TapeRecorder(
                underlying, settings.mostRows(), batch -> tape.tell(new Tape.Keep(batch)));
    }

    private static ActorRef<Market.Command> market(
            ActorContext<Signal> context,
            Parts parts,
            ContractSpec spec,
            ActorRef<Book.Command> book,
            ActorRef<Latch.Command> latch,
            TapeRecorder tape,
            ActorRef<Capacity.Command> capacity) {
        MarketRules rules =
                MarketRules.of(
                        parts.config,
                        spec,
                        parts.feed.guard(),
                        parts.settings.listings().besideFeed(spec.underlying()));
        return watched(
                context,
                Market.create(
                        rules,
                        new Market.Ports(
                                book,
                                latch,
                                tape,
                                capacity,
                                parts.board,
                                parts.clock,
                                parts.notes,
                                DispatcherSelector.fromConfig("dolim.display-dispatcher"))),
                "market-" + spec.underlying());
    }

    private static <M> ActorRef<M> watched(
            ActorContext<Signal> context, Behavior<M> behavior, String name) {
        ActorRef<M> actor = context.spawn(behavior, name);
        context.watch(actor);
        return actor;
    }
}
