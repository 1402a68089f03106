package io.dolim.book;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.book.order.OrderBoard;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.QuoteToken;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.capacity.PoolSummary;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.query.javadsl.PersistenceTestKitReadJournal;

/** Two Books, their Accounts and a Capacity that grants, on a journal in memory and a clock by hand. */
final class Engine implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Duration SETTLE_GRACE = Duration.ofSeconds(20);
    static final long START_MS = 1_790_000_000_000L;
    static final List<Underlying> UNDERLYINGS = List.of(Samples.BTC, Samples.ETH);
    static final VectorPricer PRICER = SmallScenarios.pricer();

    final ActorTestKit kit;
    final PersistenceTestKit journal;
    final AtomicReference<Moment> clock = new AtomicReference<>(new Moment(START_MS, 1_000));
    final QuoteToken tokens = new QuoteToken(filled(), "boot-1");
    final OpenHand.Window window = new OpenHand.Window();
    final List<Accepted> tally = new CopyOnWriteArrayList<>();
    final PricingBoard board = new PricingBoard(60_000);
    final OrderBoard orders = new OrderBoard();
    private final RecordedContents recorded = new RecordedContents();
    final ViewsByHand views = new ViewsByHand();
    final SortedMap<Underlying, Fault> bookFaults = new TreeMap<>();
    final SortedMap<AccountId, Fault> accountFaults = new ConcurrentSkipListMap<>();
    final Fault capacityFault = new Fault();

    /** The real Capacity, which has a supervision of its own, throws where it next reads the clock. */
    final AtomicBoolean capacityDies = new AtomicBoolean();

    /** What the journal still takes. */
    volatile JournalRoom room = JournalRoom.AMPLE;

    final Set<Underlying> stopped = new ConcurrentSkipListSet<>();
    private final boolean real;
    final TestProbe<WriterHalted> guardian;
    final SortedMap<Underlying, ActorRef<Book.Command>> books = new TreeMap<>();
    final ActorRef<TradeIndex.Command> index;
    final ActorRef<Accounts.Command> accounts;
    final ActorRef<Capacity.Command> capacity;
    private final AtomicLong incarnations = new AtomicLong(100);
    private final AtomicLong quoteIds = new AtomicLong();

    Engine() {
        this(settings());
    }

    Engine(BookSettings settings) {
        this(settings, false);
    }

    /** With the real Capacity, ten million of capital and Markets that freeze a flat market. */
    static Engine withRealCapacity() {
        return new Engine(settings(), true);
    }

    private Engine(BookSettings settings, boolean real) {
        this.real = real;
        kit = ActorTestKit.create("engine", config());
        journal = PersistenceTestKit.create(kit.system());
        guardian = kit.createTestProbe(WriterHalted.class);
        Supplier<Moment> now = this::now;
        List<ActorRef<Capacity.Command>> late = new CopyOnWriteArrayList<>();
        ActorRef<Capacity.Command> toCapacity =
                kit.spawn(
                        Behaviors.receiveMessage(
                                (Capacity.Command m) -> {
                                    late.forEach(ref -> ref.tell(m));
                                    return Behaviors.same();
                                }));
        index = kit.spawn(TradeIndex.create(PersistenceTestKitReadJournal.Identifier()));
        accounts =
                kit.spawn(
                        Accounts.create(
                                new AccountSettings(
                                        64, 8, 8, Duration.ofSeconds(3), Duration.ofMillis(50), 10),
                                new Accounts.Ports(
                                        index,
                                        now,
                                        incarnations::incrementAndGet,
                                        guardian.ref(),
                                        () -> room),
                                (id, writer) ->
                                        accountFaults
                                                .computeIfAbsent(id, key -> new Fault())
                                                .around(writer)),
                        "accounts");
        for (Underlying underlying : UNDERLYINGS) {
            Fault fault = new Fault();
            bookFaults.put(underlying, fault);
            books.put(
                    underlying,
                    kit.spawn(
                            Book.create(
                                    underlying,
                                    settings,
                                    new Book.Ports(
                                            toCapacity,
                                            accounts,
                                            index,
                                            tokens,
                                            published(),
                                            now,
                                            incarnations::incrementAndGet,
                                            guardian.ref(),
                                            Samples.TERMS,
                                            tally::add,
                                            recorded,
                                            () -> room,
                                            orders),
                                    fault::around),
                            "book-" + underlying));
        }
        accounts.tell(new Accounts.Open(books));
        capacity =
                kit.spawn(
                        real
                                ? realCapacity()
                                : Behaviors.supervise(
                                                capacityFault.around(
                                                        OpenHand.create(
                                                                window,
                                                                books,
                                                                incarnations::incrementAndGet)))
                                        .onFailure(
                                                RuntimeException.class,
                                                SupervisorStrategy.restart()),
                        "capacity");
        late.add(capacity);
        prepareViews();
    }

    static BookSettings settings() {
        return new BookSettings(
                Duration.ofSeconds(2),
                0.01,
                8,
                32,
                6,
                4_096,
                Duration.ofSeconds(5),
                Duration.ofMinutes(30),
                Duration.ofSeconds(10),
                0.9,
                SETTLE_GRACE,
                2,
                12,
                8,
                Duration.ofMillis(50),
                7);
    }

    /** Real views, once there are any, before those that are made by hand. */
    private PublishedViews published() {
        return new PublishedViews() {
            @Override
            public Optional<Published> find(Underlying underlying, long view) {
                return board.find(underlying, view).or(() -> views.find(underlying, view));
            }

            @Override
            public Optional<? extends Published> newest(Underlying underlying) {
                Optional<PricingView> real = board.newest(underlying);
                return real.isPresent() ? real : views.newest(underlying);
            }
        };
    }

    /** Tells every Book a market view, lists the contracts, publishes pricing view 1. */
    void prepareViews() {
        publish(1);
        TestProbe<Book.Ordered> done = kit.createTestProbe(Book.Ordered.class);
        for (Underlying underlying : UNDERLYINGS) {
            bookOf(underlying)
                    .tell(
                            new Book.ListContracts(
                                    "test",
                                    Samples.spec(underlying),
                                    contracts(underlying),
                                    done.ref()));
            done.expectMessage(PATIENCE, new Book.Done());
            if (real) {
                kit.spawn(FrozenMarket.create(underlying, capacity, bookOf(underlying), stopped));
            } else {
                revalue(underlying, 1, 100_000);
            }
        }
        if (real) {
            payIn();
            await(() -> pool().viewNumber() > 0 && pool().measures().isPresent(), "a view opens");
            return;
        }
        await(() -> window.reports.size() == 2, "every book has reported");
    }

    private Behavior<Capacity.Command> realCapacity() {
        SortedMap<Underlying, ContractSpec> specs = new TreeMap<>();
        UNDERLYINGS.forEach(u -> specs.put(u, Samples.spec(u)));
        Config config =
                ConfigFactory.parseString("view-interval = 50 ms, acknowledge-within = 9 s")
                        .withFallback(config().getConfig("dolim.capacity"));
        long beganNs = System.nanoTime();
        return Capacity.create(
                CapacityParameters.of(config),
                specs,
                () -> {
                    if (capacityDies.getAndSet(false)) {
                        throw new Fault.Injected("injected");
                    }
                    long passedNs = System.nanoTime() - beganNs;
                    return new Moment(START_MS + passedNs / 1_000_000, passedNs);
                },
                incarnations::incrementAndGet,
                () -> room);
    }

    private void payIn() {
        TestProbe<Capacity.OperatorReply> probe = kit.createTestProbe(Capacity.OperatorReply.class);
        capacity.tell(new Capacity.PayIn("test", Usdc.ofWhole(10_000_000), "first", probe.ref()));
        probe.expectMessageClass(Capacity.Done.class, PATIENCE);
    }

    PoolSummary pool() {
        TestProbe<PoolSummary> probe = kit.createTestProbe(PoolSummary.class);
        capacity.tell(new Capacity.Query(probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    boolean nothingIsReserved() {
        return real ? pool().reservations() == 0 : window.reservations.isEmpty();
    }

    void revalue(Underlying underlying, long view, double spot) {
        bookOf(underlying)
                .tell(
                        new Book.Revalue(
                                view,
                                new FlatMarket(underlying, now().epochMs(), spot),
                                PRICER,
                                new TreeMap<>()));
    }

    static List<OptionContract> contracts(Underlying underlying) {
        return List.of(Samples.CALL, Samples.HIGHER, Samples.PUT).stream()
                .map(c -> new OptionContract(underlying, c.expiry(), c.strike(), c.type()))
                .toList();
    }

    Moment now() {
        return Objects.requireNonNull(clock.get());
    }

    ActorRef<Book.Command> bookOf(Underlying underlying) {
        return Objects.requireNonNull(books.get(underlying));
    }

    Fault faultOf(Underlying underlying) {
        return Objects.requireNonNull(bookFaults.get(underlying));
    }

    Fault faultOf(AccountId account) {
        return Objects.requireNonNull(accountFaults.get(account));
    }

    /** What the following views say of the market. */
    void market(double spot, String... why) {
        views.market(spot, why);
    }

    void publish(long view) {
        publish(view, 0);
    }

    /** @param hedgeMovedUsdc what hedging costs more by now than quoted on the view */
    void publish(long view, double hedgeMovedUsdc) {
        views.publish(view, now().monotonicNs(), hedgeMovedUsdc);
    }

    void advance(Duration by) {
        clock.updateAndGet(
                m -> new Moment(m.epochMs() + by.toMillis(), m.monotonicNs() + by.toNanos()));
    }

    /** The wall clock is set; no time passes. */
    void jump(Duration by) {
        clock.updateAndGet(m -> new Moment(m.epochMs() + by.toMillis(), m.monotonicNs()));
    }

    String token(AccountId account, long view, String price, Leg... legs) {
        return tokens.seal(
                Samples.quote(
                        tokens, "q" + quoteIds.incrementAndGet(), account, view, price, legs));
    }

    Book.AcceptQuote accept(
            AccountId account, String orderId, String token, ActorRef<Book.Reply> replyTo) {
        return new Book.AcceptQuote(
                token, account, new ClientOrderId(orderId), BodyHash.of(token), replyTo);
    }

    Book.Reply accepted(AccountId account, String orderId, String token) {
        TestProbe<Book.Reply> probe = kit.createTestProbe(Book.Reply.class);
        Underlying to = QuoteToken.addressee(token).orElse(Samples.BTC);
        bookOf(to).tell(accept(account, orderId, token, probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    /** Alice accepts on conditions; the body is the order id, so that the same may be sent with another token. */
    Book.Reply acceptedOn(Conditions conditions, String orderId, String price, Leg leg) {
        TestProbe<Book.Reply> probe = kit.createTestProbe(Book.Reply.class);
        bookOf(Samples.BTC)
                .tell(
                        new Book.AcceptQuote(
                                token(Samples.ALICE, 1, price, leg),
                                Samples.ALICE,
                                new ClientOrderId(orderId),
                                BodyHash.of(orderId),
                                conditions,
                                probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    /** As a client does: sends again while it is told to. */
    Book.Reply acceptedAtLast(AccountId account, String orderId, String token) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Book.Reply reply = accepted(account, orderId, token);
            // after Capacity's start there is no view until the Markets have frozen one
            boolean starting =
                    reply instanceof Book.Refused refused
                            && refused.reason() == RefusalReason.STALE_VIEW;
            if (!(reply instanceof Book.Retry) && !starting) {
                return reply;
            }
        }
        throw new AssertionError("still told to retry " + orderId);
    }

    void deposit(AccountId account, long usdc) {
        TestProbe<Account.Moved> probe = kit.createTestProbe(Account.Moved.class);
        RequestId id = new RequestId("dep-" + quoteIds.incrementAndGet());
        toAccount(account, new Account.Deposit(id, "test", Usdc.ofWhole(usdc), probe.ref()));
        probe.expectMessage(PATIENCE, new Account.MoneyMoved(id, Usdc.ofWhole(usdc)));
        await(() -> summary(account).ready(), account + " is ready");
    }

    Account.Summary summary(AccountId account) {
        TestProbe<Account.Summary> probe = kit.createTestProbe(Account.Summary.class);
        toAccount(account, new Account.Summarise(probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    /** A query that waits while its Book dies is lost with it: it is asked again each second. */
    BookSummary book(Underlying underlying) {
        for (long second = 1; second < PATIENCE.toSeconds(); second++) {
            try {
                return ask(underlying);
            } catch (CompletionException lost) {
                // not answered
            }
        }
        return ask(underlying);
    }

    private BookSummary ask(Underlying underlying) {
        return AskPattern.ask(
                        bookOf(underlying),
                        Book.Query::new,
                        Duration.ofSeconds(1),
                        kit.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    Book.Ordered ordered(
            Underlying underlying, Function<ActorRef<Book.Ordered>, Book.Order> order) {
        TestProbe<Book.Ordered> probe = kit.createTestProbe(Book.Ordered.class);
        bookOf(underlying).tell(order.apply(probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    void toAccount(AccountId account, Account.Command message) {
        accounts.tell(new Accounts.Deliver(account, message));
    }

    OrderReply asked(Function<ActorRef<OrderReply>, OrderRequest> request) {
        TestProbe<OrderReply> probe = kit.createTestProbe(OrderReply.class);
        bookOf(Samples.BTC).tell(request.apply(probe.ref()));
        return probe.receiveMessage(PATIENCE);
    }

    /** The Matcher of BTC. */
    ActorRef<Matcher.Command> matcher(MatcherSettings settings) {
        return kit.spawn(
                Matcher.create(
                        Samples.BTC,
                        settings,
                        new Matcher.Ports(
                                bookOf(Samples.BTC),
                                orders,
                                board,
                                tokens,
                                () -> "m" + quoteIds.incrementAndGet(),
                                this::now)));
    }

    List<BookEvent> events(Underlying underlying) {
        return journal.persistedInStorage(Book.persistenceId(underlying)).stream()
                .map(BookEvent.class::cast)
                .toList();
    }

    BookState folded(Underlying underlying) {
        BookState state = BookState.empty(underlying);
        for (BookEvent event : events(underlying)) {
            state = state.apply(event);
        }
        return state;
    }

    static void await(Supplier<Boolean> condition, String what) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.get()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("never: " + what);
            }
            Thread.onSpinWait();
        }
    }

    static Config config() {
        return ConfigFactory.parseString(
                        """
                        pekko.loglevel = "WARN"
                        pekko.persistence.typed.stash-overflow-strategy = "fail"
                        pekko.persistence.journal-plugin-fallback.replay-filter.mode = "fail"
                        pekko.log-dead-letters = off
                        """)
                .withFallback(PersistenceTestKitPlugin.getInstance().config())
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(ConfigFactory.load());
    }

    private static byte[] filled() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 5);
        return key;
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
