package io.dolim.book;

import io.dolim.book.Account.Command;
import io.dolim.book.Account.Find;
import io.dolim.book.Account.Hold;
import io.dolim.book.Account.HoldGranted;
import io.dolim.book.Account.HoldLater;
import io.dolim.book.Account.MoneyLater;
import io.dolim.book.Account.MoneyMoved;
import io.dolim.book.Account.MoneyUnknown;
import io.dolim.book.Account.Moved;
import io.dolim.book.Account.ReleaseHold;
import io.dolim.book.Account.Report;
import io.dolim.book.Account.Request;
import io.dolim.book.Account.Unused;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.money.Usdc;
import java.util.Optional;
import java.util.Set;
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

/** The Account's event-sourced self: turns the answers of {@link AccountDecisions} into effects. */
final class AccountWriter extends EventSourcedBehavior<Command, AccountEvent, AccountState> {

    private final Account.Ports ports;
    private final AccountSettings settings;
    private final AccountId id;
    private final Outstanding<Request> outstanding;
    private final long lostTo;
    private final AccountDecisions decisions;
    private final Lookups<Command> lookups;
    private final ActorRef<TradeIndex.Answer> indexAnswers;
    private final long incarnation;
    private Standing standing = Standing.NOTHING;
    private Optional<Account.Fingerprinted> fingerprint = Optional.empty();

    AccountWriter(
            AccountId id,
            AccountSettings settings,
            Account.Ports ports,
            Outstanding<Request> outstanding,
            ActorContext<Command> context) {
        super(PersistenceId.ofUniqueId(Account.persistenceId(id)));
        this.id = id;
        this.settings = settings;
        this.ports = ports;
        this.outstanding = outstanding;
        lostTo = outstanding.last();
        decisions = new AccountDecisions(ports.books().keySet(), settings.maxHolds());
        lookups = new Lookups<>(settings.maxLookups());
        indexAnswers = context.messageAdapter(TradeIndex.Answer.class, Account.Indexed::new);
        incarnation = ports.incarnations().getAsLong();
    }

    @Override
    public AccountState emptyState() {
        return AccountState.empty(id);
    }

    @Override
    public EventHandler<AccountState, AccountEvent> eventHandler() {
        return AccountState::apply;
    }

    @Override
    public CommandHandler<Command, AccountEvent, AccountState> commandHandler() {
        return (state, command) ->
                switch (command) {
                    case Account.Hold hold -> onHold(state, hold, false);
                    case Account.Weigh weigh -> onWeigh(state, weigh, false);
                    case Account.Find find -> onFind(find, false);
                    case Account.ReleaseHold release -> onRelease(release);
                    case Account.Report report -> onReport(report);
                    case Account.Request request -> onRequest(state, request, false);
                    case Account.Summarise ask -> onSummarise(state, ask);
                    case Account.Fingerprint ask -> onFingerprint(state, ask);
                    case Account.Indexed indexed -> onIndexed(state, indexed.answer());
                    case Account.Tick _ -> onTick();
                };
    }

    private Effect<AccountEvent, AccountState> onHold(
            AccountState state, Hold hold, boolean indexed) {
        standing = standing.heard(hold.id());
        switch (decisions.hold(state, standing, hold, indexed)) {
            case AccountDecisions.Say say -> hold.replyTo().tell(say.reply());
            case AccountDecisions.Grant _ -> {
                standing = standing.with(hold);
                hold.replyTo().tell(new HoldGranted(hold.id(), incarnation));
            }
            case AccountDecisions.AskIndex _ -> lookUp(Tags.order(id, hold.orderId()), hold);
        }
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onWeigh(
            AccountState state, Account.Weigh weigh, boolean indexed) {
        Hold hold = weigh.hold();
        switch (decisions.hold(state, standing, hold, indexed)) {
            case AccountDecisions.Say say -> hold.replyTo().tell(say.reply());
            case AccountDecisions.Grant _ ->
                    hold.replyTo().tell(new HoldGranted(hold.id(), incarnation));
            case AccountDecisions.AskIndex _ -> lookUp(Tags.order(id, hold.orderId()), weigh);
        }
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onFind(Find find, boolean indexed) {
        standing = standing.heard(find.id());
        AccountDecisions.HoldVerdict verdict =
                decisions
                        .known(standing, find, indexed)
                        .orElse(new AccountDecisions.Say(new Unused(find.id())));
        switch (verdict) {
            case AccountDecisions.Say say -> find.replyTo().tell(say.reply());
            case AccountDecisions.AskIndex _ -> lookUp(Tags.order(id, find.orderId()), find);
            case AccountDecisions.Grant _ ->
                    throw new BrokenInvariant("a question was granted a hold");
        }
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onRelease(ReleaseHold release) {
        standing = standing.without(release.id());
        lookups.forget(asker -> asker instanceof Hold hold && hold.id().equals(release.id()));
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onReport(Report report) {
        AccountReport said = report.report();
        if (said.isFor(incarnation)) {
            standing = standing.with(said);
        } else {
            // sent before the Book knew of this start: it may still write what the last one granted
            Optional.ofNullable(ports.books().get(said.underlying()))
                    .ifPresent(book -> book.tell(new Book.ReportTo(id, incarnation)));
        }
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onRequest(
            AccountState state, Request request, boolean indexed) {
        long epochMs = ports.clock().get().epochMs();
        AccountDecisions.MoneyVerdict verdict =
                switch (request) {
                    case Account.Deposit deposit ->
                            decisions.deposit(state, deposit, indexed, epochMs);
                    case Account.Withdraw withdraw ->
                            decisions.withdraw(state, standing, withdraw, indexed, epochMs);
                };
        switch (verdict) {
            case AccountDecisions.SayMoney say -> answer(request, say.reply());
            case AccountDecisions.AskIndexForMoney _ ->
                    lookUp(Tags.request(id, request.requestId()), request);
            case AccountDecisions.Move _ when !ports.room().get().takesOrdinary() ->
                    giveUp(request, JournalRoom.RULE);
            case AccountDecisions.Move move -> {
                Moved done = new MoneyMoved(request.requestId(), move.event().change());
                return Effect().persist(move.event()).thenRun(after -> answer(request, done));
            }
        }
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onSummarise(
            AccountState state, Account.Summarise ask) {
        ask.replyTo().tell(decisions.summary(state, standing));
        return Effect().none();
    }

    private Effect<AccountEvent, AccountState> onFingerprint(
            AccountState state, Account.Fingerprint ask) {
        if (fingerprint.isEmpty() || fingerprint.get().sequence() != state.sequence()) {
            // a digest of the whole state: made once for each state that is asked about
            fingerprint =
                    Optional.of(
                            new Account.Fingerprinted(id, state.sequence(), EntityHash.of(state)));
        }
        ask.replyTo().tell(fingerprint.get());
        return Effect().none();
    }

    private void lookUp(String tag, Command asker) {
        if (lookups.ask(tag, asker, ports.clock().get().monotonicNs())) {
            ports.index().tell(new TradeIndex.Find(tag, indexAnswers));
        } else {
            giveUp(asker, "queue_full");
        }
    }

    private Effect<AccountEvent, AccountState> onIndexed(
            AccountState state, TradeIndex.Answer answer) {
        Optional<Command> asker = lookups.answered(answer.tag());
        if (asker.isEmpty()) {
            return Effect().none();
        }
        return switch (answer) {
            case TradeIndex.Failed _ -> {
                giveUp(asker.get(), "index_unreadable");
                yield Effect().none();
            }
            case TradeIndex.Found found -> onFound(state, asker.get(), found.event());
        };
    }

    private Effect<AccountEvent, AccountState> onFound(
            AccountState state, Command asker, Optional<StoredEvent> event) {
        return switch (asker) {
            case Account.Hold hold ->
                    onOrderFound(state, hold, AccountDecisions.findOf(hold), event);
            case Account.Find find -> onOrderFound(state, find, find, event);
            case Account.Weigh weigh ->
                    onOrderFound(state, weigh, AccountDecisions.findOf(weigh.hold()), event);
            case Account.Request request -> onMoveFound(state, request, event);
            default -> throw new BrokenInvariant("not a question for the index: " + asker);
        };
    }

    private Effect<AccountEvent, AccountState> onOrderFound(
            AccountState state, Command asker, Find find, Optional<StoredEvent> event) {
        // while its hold stands, the Book's report of the trade is on its way here
        boolean reported = standing.hold(find.orderId()).isEmpty();
        if (reported
                && event.isPresent()
                && event.get() instanceof BookEvent.TradeExecuted executed) {
            find.replyTo().tell(AccountDecisions.ofTrade(find, executed.trade()));
            return Effect().none();
        }
        return switch (asker) {
            case Hold hold -> onHold(state, hold, true);
            case Account.Weigh weigh -> onWeigh(state, weigh, true);
            default -> onFind(find, true);
        };
    }

    private Effect<AccountEvent, AccountState> onMoveFound(
            AccountState state, Request request, Optional<StoredEvent> event) {
        if (event.isPresent() && event.get() instanceof AccountEvent moved) {
            Usdc asked =
                    switch (request) {
                        case Account.Deposit deposit -> deposit.amount();
                        case Account.Withdraw withdraw -> withdraw.amount().negated();
                    };
            answer(request, AccountDecisions.answerOf(request.requestId(), asked, moved.change()));
            return Effect().none();
        }
        return onRequest(state, request, true);
    }

    private Effect<AccountEvent, AccountState> onTick() {
        lookups.olderThan(ports.clock().get().monotonicNs() - settings.answerWithin().toNanos())
                .forEach(asker -> giveUp(asker, "index_silent"));
        askForReports();
        return Effect().none();
    }

    private void askForReports() {
        ports.books()
                .forEach(
                        (underlying, book) -> {
                            if (!standing.reports().containsKey(underlying)
                                    || standing.holdsFor(underlying)) {
                                book.tell(new Book.ReportTo(id, incarnation));
                            }
                        });
    }

    private void giveUp(Command asker, String why) {
        switch (asker) {
            case Account.Hold hold -> hold.replyTo().tell(new HoldLater(hold.id(), why));
            case Account.Weigh weigh ->
                    weigh.hold().replyTo().tell(new HoldLater(weigh.hold().id(), why));
            case Account.Find find -> find.replyTo().tell(new HoldLater(find.id(), why));
            case Account.Request request ->
                    answer(request, new MoneyLater(request.requestId(), why));
            default -> throw new BrokenInvariant("not a question for the index: " + asker);
        }
    }

    private void answer(Request request, Moved reply) {
        if (outstanding.settle(request)) {
            request.replyTo().tell(reply);
        }
    }

    static void turnAway(Request request) {
        request.replyTo().tell(new MoneyLater(request.requestId(), "queue_full"));
    }

    static void unknown(Request request) {
        request.replyTo().tell(new MoneyUnknown(request.requestId()));
    }

    @Override
    public SignalHandler<AccountState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    /** What a crash left unanswered is answered now: by the journal where it knows, else send it again. */
    private void onRecovered(AccountState state) {
        for (Request request : outstanding.drainTo(lostTo)) {
            Optional<AccountState.Movement> moved = state.movement(request.requestId());
            request.replyTo()
                    .tell(
                            moved.isPresent()
                                    ? new MoneyMoved(request.requestId(), moved.get().change())
                                    : new MoneyLater(request.requestId(), "account_restarted"));
        }
        askForReports();
    }

    @Override
    public Set<String> tagsFor(AccountEvent event) {
        return event.tags();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), 2);
    }
}
