package io.dolim.book;

import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an Account answers; pure. */
final class AccountDecisions {

    /** Largest single movement of money. */
    static final Usdc LARGEST_MOVE = Usdc.ofWhole(1_000_000_000L);

    private final Set<Underlying> books;
    private final int maxHolds;

    AccountDecisions(Set<Underlying> books, int maxHolds) {
        this.books = Set.copyOf(books);
        this.maxHolds = maxHolds;
    }

    /** What to do about a hold. */
    sealed interface HoldVerdict {}

    /** Say this; nothing changes. */
    record Say(Account.HoldReply reply) implements HoldVerdict {}

    /** Keep the hold and say so. */
    record Grant() implements HoldVerdict {}

    /** Ask the journal's tags first. */
    record AskIndex() implements HoldVerdict {}

    /** What to do about a movement of money. */
    sealed interface MoneyVerdict {}

    /** Say this; nothing changes. */
    record SayMoney(Account.Moved reply) implements MoneyVerdict {}

    /** Write this down, then say so. */
    record Move(AccountEvent event) implements MoneyVerdict {}

    /** Ask the journal's tags first. */
    record AskIndexForMoney() implements MoneyVerdict {}

    /** What is known of an order id; empty when nothing is. */
    Optional<HoldVerdict> known(Standing standing, Account.Find find, boolean indexed) {
        if (!standing.ready(books)) {
            return say(new Account.HoldLater(find.id(), "account_starting"));
        }
        Optional<Trade> trade = standing.trade(find.orderId());
        if (trade.isPresent()) {
            return say(ofTrade(find, trade.get()));
        }
        Optional<Account.Hold> hold = standing.hold(find.orderId());
        if (hold.isPresent()) {
            return say(
                    hold.get().body().equals(find.body())
                            ? new Account.HoldLater(find.id(), "order_in_flight")
                            : new Account.OrderIdReused(find.id()));
        }
        return standing.anyEvicted() && !indexed ? Optional.of(new AskIndex()) : Optional.empty();
    }

    static Account.HoldReply ofTrade(Account.Find find, Trade trade) {
        return Holding.contradicts(trade, find.body())
                ? new Account.OrderIdReused(find.id())
                : new Account.AlreadyTraded(find.id(), trade);
    }

    /**
     * Whether a package may be held.
     *
     * @param indexed whether the index knows nothing of the order id
     */
    HoldVerdict hold(AccountState state, Standing standing, Account.Hold hold, boolean indexed) {
        return known(standing, findOf(hold), indexed)
                .orElseGet(() -> afford(state, standing, hold));
    }

    static Account.Find findOf(Account.Hold hold) {
        return new Account.Find(hold.id(), hold.orderId(), hold.body(), hold.replyTo());
    }

    private HoldVerdict afford(AccountState state, Standing standing, Account.Hold hold) {
        if (standing.holds().size() >= maxHolds) {
            return refuse(hold, RefusalReason.TOO_MANY_HOLDS, numbers("max_holds", maxHolds));
        }
        Usdc cash = freeCash(state, standing).minus(hold.price());
        CoverRule.Cover after = standing.cover(Optional.of(hold));
        if (improves(state, standing, hold, after)) {
            return new Grant();
        }
        return switch (after) {
            case CoverRule.Unbounded worst ->
                    refuse(
                            hold,
                            RefusalReason.UNCOVERED,
                            numbers("short_calls_coins", worst.coins().doubleValue()));
            case CoverRule.Finite finite ->
                    cash.compareTo(finite.cover()) >= 0
                            ? new Grant()
                            : refuse(
                                    hold, RefusalReason.INSUFFICIENT_FUNDS, shortage(cash, finite));
        };
    }

    /**
     * Whether a package leaves an account less short than it is: one that an adjustment left without
     * cover must be able to close. What is missing in the worst case falls; where a rising price
     * costs without bound, the package only buys back what is short, and is paid from cash that is
     * there. Bought options never pay less than nothing, so then no price is worse than before.
     */
    private static boolean improves(
            AccountState state, Standing standing, Account.Hold hold, CoverRule.Cover after) {
        Usdc before = freeCash(state, standing);
        Usdc cash = before.minus(hold.price());
        return switch (standing.cover(Optional.empty())) {
            case CoverRule.Finite was ->
                    after instanceof CoverRule.Finite is
                            && was.cover().minus(before).signum() > 0
                            && is.cover().minus(cash).compareTo(was.cover().minus(before)) < 0;
            case CoverRule.Unbounded _ ->
                    cash.signum() >= 0
                            && hold.legs().legs().stream().allMatch(leg -> buysBack(standing, leg));
        };
    }

    private static boolean buysBack(Standing standing, Leg leg) {
        long held = standing.positions().getOrDefault(leg.contract(), 0L);
        return leg.lots() > 0 && held <= -leg.lots();
    }

    private static SortedMap<String, Double> shortage(Usdc cash, CoverRule.Finite finite) {
        SortedMap<String, Double> numbers = numbers("cash_after_price", cash.toDouble());
        numbers.put("cover", finite.cover().toDouble());
        numbers.put("missing", finite.cover().minus(cash).toDouble());
        return numbers;
    }

    /** A deposit: any balance may grow, also while the Books are silent. */
    MoneyVerdict deposit(AccountState state, Account.Deposit asked, boolean indexed, long epochMs) {
        Optional<MoneyVerdict> known =
                outOfBounds(asked)
                        .or(() -> knownMove(state, asked.requestId(), asked.amount(), indexed));
        return known.orElseGet(
                () ->
                        new Move(
                                new AccountEvent.Deposited(
                                        state.account(),
                                        asked.requestId(),
                                        asked.by(),
                                        asked.amount(),
                                        epochMs,
                                        postings(state, asked.amount()))));
    }

    /** A withdrawal, as far as nothing that is held or owed needs the cash. */
    MoneyVerdict withdraw(
            AccountState state,
            Standing standing,
            Account.Withdraw asked,
            boolean indexed,
            long epochMs) {
        Optional<MoneyVerdict> known =
                outOfBounds(asked)
                        .or(
                                () ->
                                        knownMove(
                                                state,
                                                asked.requestId(),
                                                asked.amount().negated(),
                                                indexed));
        if (known.isPresent()) {
            return known.get();
        }
        if (!standing.ready(books)) {
            return new SayMoney(new Account.MoneyLater(asked.requestId(), "account_starting"));
        }
        Usdc left = freeCash(state, standing).minus(asked.amount());
        return switch (standing.cover(Optional.empty())) {
            case CoverRule.Unbounded worst ->
                    new SayMoney(
                            new Account.MoneyRefused(
                                    asked.requestId(),
                                    RefusalReason.UNCOVERED,
                                    numbers("short_calls_coins", worst.coins().doubleValue())));
            case CoverRule.Finite finite ->
                    left.compareTo(finite.cover()) >= 0
                            ? new Move(withdrawn(state, asked, epochMs))
                            : new SayMoney(
                                    new Account.MoneyRefused(
                                            asked.requestId(),
                                            RefusalReason.INSUFFICIENT_FUNDS,
                                            shortage(left, finite)));
        };
    }

    /** The account as its owner sees it. */
    Account.Summary summary(AccountState state, Standing standing) {
        Usdc cover =
                switch (standing.cover(Optional.empty())) {
                    case CoverRule.Finite finite -> finite.cover();
                    // only an adjustment can leave an account so: nothing is free then
                    case CoverRule.Unbounded _ -> freeCash(state, standing);
                };
        return new Account.Summary(
                standing.ready(books),
                state.cash().plus(standing.booksCash()),
                standing.heldCash(),
                cover,
                standing.positions());
    }

    private static AccountEvent withdrawn(
            AccountState state, Account.Withdraw asked, long epochMs) {
        return new AccountEvent.Withdrawn(
                state.account(),
                asked.requestId(),
                asked.by(),
                asked.amount(),
                epochMs,
                postings(state, asked.amount().negated()));
    }

    private static Optional<MoneyVerdict> outOfBounds(Account.Request asked) {
        Usdc amount =
                switch (asked) {
                    case Account.Deposit deposit -> deposit.amount();
                    case Account.Withdraw withdraw -> withdraw.amount();
                };
        return amount.signum() > 0 && amount.compareTo(LARGEST_MOVE) <= 0
                ? Optional.empty()
                : Optional.of(
                        new SayMoney(
                                new Account.MoneyRefused(
                                        asked.requestId(),
                                        RefusalReason.AMOUNT_OUT_OF_BOUNDS,
                                        numbers("amount", amount.toDouble()))));
    }

    private static Optional<MoneyVerdict> knownMove(
            AccountState state, RequestId requestId, Usdc change, boolean indexed) {
        Optional<AccountState.Movement> before = state.movement(requestId);
        if (before.isPresent()) {
            return Optional.of(new SayMoney(answerOf(requestId, change, before.get().change())));
        }
        return state.evicted() && !indexed ? Optional.of(new AskIndexForMoney()) : Optional.empty();
    }

    /** The answer when a request id has moved money before: the same wish again, or another. */
    static Account.Moved answerOf(RequestId requestId, Usdc change, Usdc before) {
        return before.equals(change)
                ? new Account.MoneyMoved(requestId, change)
                : new Account.MoneyRefused(
                        requestId,
                        RefusalReason.CONTRADICTS,
                        numbers("moved_before", before.toDouble()));
    }

    private static Usdc freeCash(AccountState state, Standing standing) {
        return state.cash().plus(standing.booksCash()).minus(standing.heldCash());
    }

    private static List<Posting> postings(AccountState state, Usdc change) {
        return List.of(
                Posting.cash(Posting.EXTERNAL, change.negated()),
                Posting.cash(Posting.taker(state.account()), change));
    }

    private static Optional<HoldVerdict> say(Account.HoldReply reply) {
        return Optional.of(new Say(reply));
    }

    private static HoldVerdict refuse(
            Account.Hold hold, RefusalReason reason, SortedMap<String, Double> numbers) {
        return new Say(new Account.HoldRefused(hold.id(), reason, numbers));
    }

    private static SortedMap<String, Double> numbers(String name, double value) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put(name, value);
        return numbers;
    }
}
