package io.dolim.book;

import io.dolim.book.Book.AcceptQuote;
import io.dolim.book.Book.Command;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * The Book's event-sourced self: turns the answers of {@link BookDecisions} and {@link
 * SettlementDecisions} into messages and writes. What waits stands in {@link PendingTrades}.
 */
final class BookWriter extends EventSourcedBehavior<Command, BookEvent, BookState> {

    private final Underlying underlying;
    private final BookSettings settings;
    private final Book.Ports ports;
    private final ActorContext<Command> context;
    private final BookDecisions decisions;
    private final SettlementDecisions settlements;
    private final LiveViews views;
    private final PendingTrades pendings;
    private final Reports reports;
    private final Recalls recalls;
    private final Answers answers;
    private final ActorRef<Book.Count> tally;
    private final RestingDesk orders;
    private final RoomRule room;

    BookWriter(
            Underlying underlying,
            BookSettings settings,
            Book.Ports ports,
            BookMemory memory,
            ActorContext<Command> context) {
        super(PersistenceId.ofUniqueId(Book.persistenceId(underlying)));
        this.underlying = underlying;
        this.settings = settings;
        this.ports = ports;
        views = memory.views();
        this.context = context;
        tally = context.spawnAnonymous(Accepted.tally(underlying, ports));
        answers =
                new Answers(
                        memory.outstanding(),
                        (accept, reply) -> context.getSelf().tell(new Book.Count(accept, reply)));
        decisions = new BookDecisions(settings, ports.terms());
        settlements = new SettlementDecisions(settings);
        room = new RoomRule(ports.room());
        ActorRef<Account.HoldReply> holdReplies =
                context.messageAdapter(Account.HoldReply.class, Book.HoldAnswered::new);
        pendings =
                new PendingTrades(
                        underlying,
                        ports.incarnations().getAsLong(),
                        settings,
                        ports,
                        memory,
                        holdReplies,
                        context.messageAdapter(
                                Capacity.ReserveReply.class, Book.ReserveAnswered::new),
                        answers::decided);
        orders =
                new RestingDesk(
                        new RestingDecisions(settings, decisions),
                        settings.answerWithin(),
                        ports,
                        answers,
                        new RestingDesk.Way(
                                Effect(),
                                pendings::next,
                                holdReplies,
                                () -> context.getSelf().tell(Book.Settle.NOW)));
        reports = new Reports(ports, pendings);
        recalls =
                new Recalls(
                        ports.index(),
                        settings,
                        context.messageAdapter(
                                TradeIndex.Recollection.class, Book.AdjustmentRecalled::new));
    }

    @Override
    public BookState emptyState() {
        return BookState.empty(underlying);
    }

    @Override
    public EventHandler<BookState, BookEvent> eventHandler() {
        return BookState::apply;
    }

    @Override
    public CommandHandler<Command, BookEvent, BookState> commandHandler() {
        return (state, command) ->
                switch (command) {
                    case AcceptQuote accept -> onAccept(state, accept);
                    case Book.HoldAnswered answered -> onHold(state, answered.reply());
                    case Book.ReserveAnswered answered -> onReserve(state, answered.reply());
                    case Book.Count count -> {
                        tally.tell(count);
                        yield Effect().none();
                    }
                    case Book.ReportTo report -> onReportTo(state, report);
                    case Book.FromCapacity said -> onCapacity(state, said.message());
                    case Book.Revalue revalue -> onRevalue(state, revalue);
                    case Book.WatchHoldings watch -> {
                        reports.watchedBy(watch.watcher(), state);
                        yield Effect().none();
                    }
                    case Book.IndexSample sample -> onSample(state, sample);
                    case Book.Settle _ -> onSettle(state);
                    case Book.AwaitSettled ask -> onAwaitSettled(state, ask);
                    case Book.Tick _ -> onTick(state);
                    case Book.Query query -> {
                        int waiting = pendings.size();
                        long nowMs = now().epochMs();
                        query.replyTo().tell(Summaries.of(state, settlements, waiting, nowMs));
                        yield Effect().none();
                    }
                    case Book.AskPositions ask -> {
                        ask.replyTo().tell(Summaries.positions(state));
                        yield Effect().none();
                    }
                    case Book.Order order -> onOrder(state, order, Optional.empty());
                    case OrderRequest request -> orders.onRequest(state, request);
                    case Book.AdjustmentRecalled recalled -> onRecalled(state, recalled.found());
                };
    }

    private Effect<BookEvent, BookState> onAccept(BookState state, AcceptQuote accept) {
        Optional<Trade> before = state.trade(accept.account(), accept.orderId());
        if (before.isPresent()) {
            answers.again(accept, before.get());
            return Effect().none();
        }
        Moment now = now();
        BookDecisions.Admission admission =
                decisions.admit(state, accept, ports.tokens(), ports.views(), now);
        switch (admission) {
            case BookDecisions.Declined declined -> pendings.ask(accept, declined.why(), now);
            case BookDecisions.Admitted admitted -> pendings.begin(state, accept, admitted, now);
        }
        return Effect().none();
    }

    private Effect<BookEvent, BookState> onHold(BookState state, Account.HoldReply reply) {
        return orders.onWeighed(state, reply)
                .orElseGet(() -> perhapsWrite(state, pendings.held(reply)));
    }

    private Effect<BookEvent, BookState> onReserve(BookState state, Capacity.ReserveReply reply) {
        return perhapsWrite(state, pendings.reserved(reply));
    }

    private Effect<BookEvent, BookState> perhapsWrite(
            BookState state, Optional<Pending.Reserving> complete) {
        if (complete.isEmpty()) {
            return Effect().none();
        }
        Pending.Reserving pending = complete.get();
        Moment now = now();
        Capacity.Granted granted = pending.granted().orElseThrow();
        Optional<Book.Refused> refused =
                decisions.unwritable(state, pending, granted, ports.views(), now).or(room::noRoom);
        if (refused.isPresent()) {
            pendings.drop(pending, refused.get());
            return Effect().none();
        }
        List<BookEvent> events =
                decisions.execute(
                        state,
                        pending,
                        granted,
                        hash -> state.inputs().contains(hash) || ports.recorded().contains(hash),
                        now);
        return Effect()
                .persist(events)
                .thenRun(
                        (BookState after) -> {
                            ports.recorded().written(events);
                            onWritten(after, pending);
                        });
    }

    private void onWritten(BookState after, Pending.Reserving pending) {
        AcceptQuote accept = pending.accept();
        Trade trade =
                after.trade(accept.account(), accept.orderId())
                        .orElseThrow(() -> new BrokenInvariant("a written trade is not found"));
        pendings.written(pending, trade, after);
        context.getLog()
                .atInfo()
                .addKeyValue("trade", trade.id())
                .addKeyValue("account", trade.account())
                .addKeyValue("order", trade.orderId())
                .addKeyValue("quote", trade.quoteId())
                .addKeyValue("price", trade.price())
                .log("trade executed");
        // in this order: who asks his account once he is answered, asks behind the report
        reports.of(after, new TreeSet<>(List.of(accept.account())));
        orders.traded(after, trade);
        answers.decided(accept, new Book.Filled(trade));
    }

    private Effect<BookEvent, BookState> onReportTo(BookState state, Book.ReportTo report) {
        if (pendings.accountStarted(report.account(), report.accountIncarnation())) {
            orders.accountStarted(report.account());
        }
        reports.toAccount(state, report.account());
        return Effect().none();
    }

    private Effect<BookEvent, BookState> onCapacity(BookState state, Capacity.ToBook message) {
        switch (message) {
            case Capacity.Incarnation started -> {
                pendings.capacityStarted(started.capacityIncarnation());
                reports.toCapacity(state);
            }
            case Capacity.Opened opened -> views.opened(opened.viewNumber());
            case Capacity.CarryOver over ->
                    summed(
                            state,
                            over.viewNumber(),
                            () -> {
                                if (views.carry(over)) {
                                    pendings.revalue(state);
                                }
                            });
            case Capacity.RulesChanged news -> {
                pendings.rulesChanged(news);
                reports.acknowledge(underlying, news.rules());
            }
        }
        return Effect().none();
    }

    private Effect<BookEvent, BookState> onRevalue(BookState state, Book.Revalue revalue) {
        summed(
                state,
                revalue.viewNumber(),
                () -> {
                    views.prepare(revalue, state);
                    pendings.revalue(state);
                });
        return Effect().none();
    }

    private void summed(BookState state, long viewNumber, Runnable summing) {
        try {
            summing.run();
        } catch (IllegalArgumentException | ArithmeticException unpriceable) {
            // unreported, the view opens on the market of the one before, where nothing adds risk
            context.getLog()
                    .warn(
                            "book={} view={} cannot be summed: {}",
                            underlying,
                            viewNumber,
                            unpriceable.getMessage());
            views.forget(viewNumber);
            return;
        }
        reports.toCapacity(state);
    }

    private Effect<BookEvent, BookState> onSample(BookState state, Book.IndexSample sample) {
        Optional<BookEvent> event = settlements.sample(state, sample);
        return event.isPresent() ? Effect().persist(event.get()) : Effect().none();
    }

    private Effect<BookEvent, BookState> onTick(BookState state) {
        pendings.tick(now());
        recalls.silentSince(now()).forEach(o -> answers.ordered(o, new Book.Retry("index_silent")));
        return orders.onTick(state).orElseGet(() -> onSettle(state));
    }

    /** One step of what is due; the next follows by a message, so that accepts come between. */
    private Effect<BookEvent, BookState> onSettle(BookState state) {
        List<BookEvent> step = settlements.step(state, now().epochMs());
        return step.isEmpty()
                ? Effect().none()
                : Effect().persist(step).thenRun(after -> settled(after, step));
    }

    /** Asks itself again behind each step, until none is left. */
    private Effect<BookEvent, BookState> onAwaitSettled(BookState state, Book.AwaitSettled ask) {
        if (settlements.step(state, now().epochMs()).isEmpty()) {
            ask.replyTo().tell(new Book.Settled(underlying));
            return Effect().none();
        }
        context.getSelf().tell(ask);
        return onSettle(state);
    }

    private void settled(BookState after, List<BookEvent> step) {
        SortedSet<AccountId> touched = new TreeSet<>();
        for (BookEvent event : step) {
            if (event instanceof BookEvent.ExpirySettled part) {
                touched.addAll(Posting.takers(part.postings()));
            }
        }
        pendings.resum(after);
        reports.of(after, touched);
        context.getSelf().tell(Book.Settle.NOW);
    }

    private Effect<BookEvent, BookState> onOrder(
            BookState state, Book.Order order, Optional<TradeIndex.Recalled> recalled) {
        switch (OrderDecisions.of(state, order, recalled, settlements, now())) {
            case OrderDecisions.Refuse refuse -> answers.ordered(order, refuse.refusal());
            case OrderDecisions.AskIndex ask -> recalls.ask(ask.order(), state, now());
            case OrderDecisions.Write done when done.events().isEmpty() ->
                    answers.ordered(order, new Book.Done());
            case OrderDecisions.Write write when !room.fits(write.events()) ->
                    answers.ordered(order, new Book.Retry(JournalRoom.RULE));
            case OrderDecisions.Write write -> {
                return Effect().persist(write.events()).thenRun(after -> ordered(after, order));
            }
        }
        return Effect().none();
    }

    private Effect<BookEvent, BookState> onRecalled(
            BookState state, TradeIndex.Recollection found) {
        Optional<Book.AdjustTrade> order = recalls.answered(found);
        if (order.isEmpty()) {
            return Effect().none();
        }
        return switch (found) {
            case TradeIndex.Recalled recalled -> onOrder(state, order.get(), Optional.of(recalled));
            case TradeIndex.NotRecalled _ -> {
                answers.ordered(order.get(), new Book.Retry("index_unreadable"));
                yield Effect().none();
            }
        };
    }

    private void ordered(BookState after, Book.Order order) {
        if (order instanceof Book.AdjustTrade adjusted) {
            pendings.resum(after);
            reports.of(after, Posting.takers(adjusted.postings()));
        }
        answers.ordered(order, new Book.Done());
        if (order instanceof Book.SettleAt) {
            context.getSelf().tell(Book.Settle.NOW);
        }
    }

    private Moment now() {
        return ports.clock().get();
    }

    @Override
    public SignalHandler<BookState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    /** Reports go before what is answered now. */
    private void onRecovered(BookState state) {
        views.recovered(state);
        orders.recovered(state);
        reports.of(state, new TreeSet<>(state.accounts().keySet()));
        answers.recovered(state);
    }

    @Override
    public Set<String> tagsFor(BookEvent event) {
        return event.tags();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), 2);
    }
}
