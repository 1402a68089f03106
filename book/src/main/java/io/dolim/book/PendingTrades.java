package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.BookReport;
import io.dolim.capacity.Capacity;
import io.dolim.capacity.Moment;
import io.dolim.capacity.ReservationId;
import io.dolim.capacity.vector.PackageVectors;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The accepts of one Book's incarnation that wait for others. A pending has one name at the Account and
 * at Capacity; whichever refuses, the other is released. Belongs to one Book.
 */
final class PendingTrades {

    private final Underlying underlying;
    private final long incarnation;
    private final BookSettings settings;
    private final Book.Ports ports;
    private final UsedQuotes used;
    private final LiveViews views;
    private final ActorRef<Account.HoldReply> holdReplies;
    private final ActorRef<Capacity.ReserveReply> reserveReplies;
    private final BiConsumer<Book.AcceptQuote, Book.Reply> answer;
    private final TreeMap<ReservationId, Pending> waiting = new TreeMap<>();
    private final SortedMap<AccountId, Long> accountIncarnations;
    private final Grants grants = new Grants();
    private long highestIssued;

    PendingTrades(
            Underlying underlying,
            long incarnation,
            BookSettings settings,
            Book.Ports ports,
            BookMemory memory,
            ActorRef<Account.HoldReply> holdReplies,
            ActorRef<Capacity.ReserveReply> reserveReplies,
            BiConsumer<Book.AcceptQuote, Book.Reply> answer) {
        this.underlying = underlying;
        this.incarnation = incarnation;
        this.settings = settings;
        this.ports = ports;
        used = memory.used();
        views = memory.views();
        accountIncarnations = memory.accountIncarnations();
        this.holdReplies = holdReplies;
        this.reserveReplies = reserveReplies;
        this.answer = answer;
    }

    int size() {
        return waiting.size();
    }

    /** Asks whether the order id has a trade before it is told why its token is no good. */
    void ask(Book.AcceptQuote accept, Book.Reply otherwise, Moment now) {
        if (isFull(accept)) {
            return;
        }
        ReservationId id = next();
        waiting.put(id, new Pending.Asking(id, accept, deadlineNs(now), otherwise));
        toAccount(
                accept.account(),
                new Account.Find(id, accept.orderId(), accept.body(), holdReplies));
    }

    /** Asks for hold and reservation at once. */
    void begin(
            BookState state, Book.AcceptQuote accept, BookDecisions.Admitted admitted, Moment now) {
        if (isFull(accept)) {
            return;
        }
        if (views.isEmpty()) {
            ask(accept, Book.Refused.of(RefusalReason.STALE_VIEW, new TreeMap<>()), now);
            return;
        }
        String quoteId = admitted.quote().quoteId();
        ReservationId id = next();
        long untilNs = admitted.published().publishedAtNs() + settings.quoteLife().toNanos();
        switch (used.take(quoteId, id, accept.orderId(), now.monotonicNs(), untilNs)) {
            case NO -> ask(accept, Book.Refused.of(RefusalReason.QUOTE_USED, new TreeMap<>()), now);
            case IN_FLIGHT -> ask(accept, new Book.Retry("order_in_flight"), now);
            case FULL ->
                    answer.accept(
                            accept, Book.Refused.of(RefusalReason.QUEUE_FULL, new TreeMap<>()));
            case YES -> {
                try {
                    send(state, id, accept, admitted, now);
                } catch (IllegalArgumentException | ArithmeticException unpriceable) {
                    used.giveBack(quoteId, id);
                    ask(accept, Book.Refused.of(RefusalReason.STALE_VIEW, new TreeMap<>()), now);
                }
            }
        }
    }

    private void send(
            BookState state,
            ReservationId id,
            Book.AcceptQuote accept,
            BookDecisions.Admitted admitted,
            Moment now) {
        SortedMap<Long, PackageVectors> byView = views.of(admitted.quote().legs(), state);
        double moved = hedgeMovedUsdc(admitted, byView);
        Usdc tick = BookDecisions.tick(state, admitted.quote());
        // what hedging eats of the tick is not there for the charge: together they stay within one
        Usdc slack =
                moved < tick.toDouble()
                        ? tick.minus(Usdc.dueFromTaker(moved, new Usdc(1)))
                        : Usdc.ZERO;
        if (slack.signum() <= 0) {
            used.giveBack(admitted.quote().quoteId(), id);
            ask(accept, hedgeMoved(moved, tick), now);
            return;
        }
        Pending.Reserving pending =
                new Pending.Reserving(
                        id,
                        accept,
                        deadlineNs(now),
                        admitted.quote(),
                        admitted.published(),
                        byView,
                        false,
                        Optional.empty());
        Account.Hold hold =
                new Account.Hold(
                        id,
                        accept.orderId(),
                        accept.body(),
                        pending.quote().legs(),
                        state.coinsPerLot().orElseThrow(),
                        pending.quote().price(),
                        holdReplies);
        Capacity.Reserve reserve =
                new Capacity.Reserve(
                        id,
                        pending.byView(),
                        pending.quote().lines().capitalCharge(),
                        BookDecisions.poolCash(pending.quote()),
                        slack,
                        hold.coinsPerLot().doubleValue() * pending.quote().legs().grossLots(),
                        underlying + "#" + id.number(),
                        reserveReplies);
        waiting.put(id, pending);
        toAccount(accept.account(), hold);
        ports.capacity().tell(reserve);
    }

    /** What hedging costs more than quoted, as the Book's delta moved since; at least nothing. */
    private double hedgeMovedUsdc(
            BookDecisions.Admitted admitted, SortedMap<Long, PackageVectors> byView) {
        double delta = views.deltaAmid(underlying, byView, reserving());
        return Math.max(0, admitted.published().hedgeCostMovedUsdc(admitted.quote().legs(), delta));
    }

    private static Book.Refused hedgeMoved(double movedUsdc, Usdc tick) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("hedge_cost_moved", movedUsdc);
        numbers.put("tick", tick.toDouble());
        return Book.Refused.of(RefusalReason.INVENTORY_MOVED, numbers);
    }

    /** An Account's answer; the pending when it now has all it needs. */
    Optional<Pending.Reserving> held(Account.HoldReply reply) {
        Pending pending = waiting.get(reply.id());
        if (pending == null) {
            // it was dropped, and the release is behind the hold in the same line
            return Optional.empty();
        }
        switch (reply) {
            case Account.HoldGranted granted -> {
                return hold(pending, granted);
            }
            case Account.AlreadyTraded traded -> drop(pending, new Book.Filled(traded.trade()));
            case Account.OrderIdReused _ ->
                    drop(pending, new Book.Conflict(pending.accept().orderId()));
            case Account.HoldRefused refused ->
                    drop(pending, Book.Refused.of(refused.reason(), refused.numbers()));
            case Account.HoldLater later -> drop(pending, new Book.Retry(later.why()));
            case Account.Unused _ -> drop(pending, whyNot(pending));
        }
        return Optional.empty();
    }

    private Optional<Pending.Reserving> hold(Pending pending, Account.HoldGranted granted) {
        Long known = accountIncarnations.get(pending.accept().account());
        if (known != null && known != granted.accountIncarnation()) {
            drop(pending, new Book.Retry("account_restarted"));
            return Optional.empty();
        }
        return pending instanceof Pending.Reserving reserving
                ? complete(reserving.withHold())
                : Optional.empty();
    }

    private static Book.Reply whyNot(Pending pending) {
        return switch (pending) {
            case Pending.Asking asking -> asking.otherwise();
            case Pending.Reserving _ -> new Book.Retry("hold_unanswered");
        };
    }

    /** Capacity's answer; the pending when it now has all it needs. */
    Optional<Pending.Reserving> reserved(Capacity.ReserveReply reply) {
        if (!(waiting.get(reply.id()) instanceof Pending.Reserving pending)) {
            if (reply instanceof Capacity.Granted stray) {
                ports.capacity().tell(new Capacity.Release(stray.id()));
            }
            return Optional.empty();
        }
        switch (reply) {
            case Capacity.Granted granted -> {
                Optional<Book.Reply> whyVoid = grants.whyVoid(granted);
                if (whyVoid.isEmpty()) {
                    return complete(pending.with(granted));
                }
                drop(pending, whyVoid.get());
            }
            case Capacity.Refused refused -> drop(pending, CapacityRefusals.of(refused));
            case Capacity.Retry _ -> drop(pending, new Book.Retry("capacity_starting"));
        }
        return Optional.empty();
    }

    private Optional<Pending.Reserving> complete(Pending.Reserving pending) {
        waiting.put(pending.id(), pending);
        return pending.isComplete() ? Optional.of(pending) : Optional.empty();
    }

    /** Ends a pending without a trade: both granters are released, the taker is told. */
    void drop(Pending pending, Book.Reply reply) {
        waiting.remove(pending.id());
        toAccount(pending.accept().account(), new Account.ReleaseHold(pending.id()));
        if (pending instanceof Pending.Reserving reserving) {
            ports.capacity().tell(new Capacity.Release(pending.id()));
            used.giveBack(reserving.quote().quoteId(), pending.id());
        }
        answer.accept(pending.accept(), reply);
    }

    /** Ends a pending whose trade is in the journal; the reports that follow end hold and reservation. */
    void written(Pending.Reserving pending, Trade trade, BookState after) {
        waiting.remove(pending.id());
        views.traded(pending.byView(), trade, after);
    }

    /** An Account's start: what it held before is void; false when it is known already. */
    boolean accountStarted(AccountId account, long accountIncarnation) {
        Long known = accountIncarnations.put(account, accountIncarnation);
        if (known != null && known == accountIncarnation) {
            return false;
        }
        dropAll(
                all().stream().filter(p -> p.accept().account().equals(account)).toList(),
                "account_restarted");
        return true;
    }

    /** Capacity's start: what it granted before is void. */
    void capacityStarted(long started) {
        if (grants.started(started)) {
            dropAll(
                    all().stream().filter(Pending.Reserving.class::isInstance).toList(),
                    "capacity_restarted");
        }
    }

    /** Mode or limits are others: no trade is written any more that was granted under older ones. */
    void rulesChanged(Capacity.RulesChanged news) {
        grants.changed(news);
        for (Pending.Reserving pending : reserving()) {
            pending.granted().flatMap(grants::whyVoid).ifPresent(reply -> drop(pending, reply));
        }
    }

    /** What has waited too long is told to retry; a late grant is let go when it comes. */
    void tick(Moment now) {
        dropAll(
                all().stream().filter(p -> p.deadlineNs() - now.monotonicNs() < 0).toList(),
                "not_answered_in_time");
    }

    private void dropAll(List<Pending> pendings, String why) {
        pendings.forEach(pending -> drop(pending, new Book.Retry(why)));
    }

    private List<Pending> all() {
        return new ArrayList<>(waiting.values());
    }

    /** Gives every pending its vectors under a view that was prepared. */
    void revalue(BookState state) {
        for (Map.Entry<ReservationId, Pending> entry : waiting.entrySet()) {
            if (entry.getValue() instanceof Pending.Reserving pending) {
                entry.setValue(pending.with(views.of(pending.quote().legs(), state)));
            }
        }
    }

    /** Sums positions anew. */
    void resum(BookState state) {
        views.resum(state);
    }

    /** What Capacity is told. */
    BookReport bookReport(BookState state) {
        return new BookReport(
                underlying,
                incarnation,
                state.sequence(),
                highestIssued,
                views.totals(reserving()),
                state.poolCash(),
                state.chargeAccount(),
                views.tradesUnknownBeforeMs());
    }

    private List<Pending.Reserving> reserving() {
        List<Pending.Reserving> reserving = new ArrayList<>();
        for (Pending pending : waiting.values()) {
            if (pending instanceof Pending.Reserving one) {
                reserving.add(one);
            }
        }
        return reserving;
    }

    /** What an Account is told. */
    AccountReport accountReport(BookState state, AccountId account) {
        Holding holding = state.holding(account);
        SortedSet<Long> pending = new TreeSet<>();
        for (Pending one : waiting.values()) {
            if (one.accept().account().equals(account)) {
                pending.add(one.id().number());
            }
        }
        Long known = accountIncarnations.get(account);
        return new AccountReport(
                underlying,
                incarnation,
                known == null ? OptionalLong.empty() : OptionalLong.of(known),
                state.sequence(),
                highestIssued,
                pending,
                holding.cash(),
                holding.lots(),
                state.coinsPerLot().orElse(BigDecimal.ONE),
                holding.recent(),
                holding.evicted());
    }

    private boolean isFull(Book.AcceptQuote accept) {
        if (waiting.size() < settings.maxPendings()) {
            return false;
        }
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("max_pendings", (double) settings.maxPendings());
        answer.accept(accept, Book.Refused.of(RefusalReason.QUEUE_FULL, numbers));
        return true;
    }

    private long deadlineNs(Moment now) {
        return now.monotonicNs() + settings.answerWithin().toNanos();
    }

    /** A name that was never given. */
    ReservationId next() {
        highestIssued = Math.addExact(highestIssued, 1);
        return new ReservationId(underlying, incarnation, highestIssued);
    }

    private void toAccount(AccountId account, Account.Command message) {
        ports.accounts().tell(new Accounts.Deliver(account, message));
    }
}
