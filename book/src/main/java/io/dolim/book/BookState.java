package io.dolim.book;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dolim.book.order.RestingOrder;
import io.dolim.book.order.RestingOrders;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BrokenInvariant;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.journal.StoredByContent;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Book's journal says. A value: {@link #apply} makes the next one, and two that were made from
 * the same events are equal byte for byte in canonical form.
 *
 * @param sequence how many events made it
 * @param trades how many trades are among them
 * @param spec of the last listing; every listing has the same size of lot
 * @param listed contracts open for trading and how they trade
 * @param accounts what each taker has
 * @param pool lots the pool holds: the takers' with the sign turned
 * @param poolCash what trades and settlements brought the pool
 * @param fees what they brought in fees
 * @param chargeAccount this Book's part of it
 * @param inputs hashes of the latest recorded inputs, oldest first
 * @param settlements by expiry, from its first sample on and for ever
 * @param adjustments request ids of the latest adjustments, oldest first
 * @param orders that rest, and the latest that ended; absent from the hashed form of a journal that has
 *     none, which thereby keeps its hash
 */
record BookState(
        Underlying underlying,
        long sequence,
        long trades,
        Optional<ContractSpec> spec,
        SortedMap<OptionContract, ContractSpec> listed,
        SortedMap<AccountId, Holding> accounts,
        SortedMap<OptionContract, Long> pool,
        Usdc poolCash,
        Usdc fees,
        ChargeAccount chargeAccount,
        List<String> inputs,
        SortedMap<Expiry, Settlement> settlements,
        List<RequestId> adjustments,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RestingOrders> orders)
        implements StoredByContent {

    /** Hashes that are remembered; one that is forgotten is stored a second time, which is harmless. */
    static final int RECENT_INPUTS = 256;

    /** Adjustments that are remembered by request id. */
    static final int RECENT_ADJUSTMENTS = 256;

    BookState {
        listed = Collections.unmodifiableSortedMap(listed);
        accounts = Collections.unmodifiableSortedMap(accounts);
        pool = Collections.unmodifiableSortedMap(pool);
        inputs = List.copyOf(inputs);
        settlements = Collections.unmodifiableSortedMap(settlements);
        adjustments = List.copyOf(adjustments);
    }

    static BookState empty(Underlying underlying) {
        return new BookState(
                underlying,
                0,
                0,
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Usdc.ZERO,
                Usdc.ZERO,
                ChargeAccount.EMPTY,
                List.of(),
                new TreeMap<>(),
                List.of(),
                Optional.empty());
    }

    Holding holding(AccountId account) {
        return accounts.getOrDefault(account, Holding.NONE);
    }

    Optional<Trade> trade(AccountId account, ClientOrderId orderId) {
        return holding(account).trade(orderId);
    }

    @Override
    public StoredEvent stored() {
        return orders.isPresent() ? this : BookState2.of(this);
    }

    /** The orders of this Book. */
    RestingOrders resting() {
        return orders.orElse(RestingOrders.NONE);
    }

    /** Coins in a lot of every contract of this Book; empty before the first listing. */
    Optional<BigDecimal> coinsPerLot() {
        return spec.map(ContractSpec::coinsPerLot);
    }

    /** How a contract trades, or did when it was listed last. @throws BrokenInvariant when none ever was */
    ContractSpec spec(OptionContract contract) {
        ContractSpec own = listed.get(contract);
        return own != null
                ? own
                : spec.orElseThrow(() -> new BrokenInvariant(contract + " was never listed"));
    }

    Settlement settlement(Expiry expiry) {
        return settlements.getOrDefault(expiry, Settlement.NONE);
    }

    /** The state after an event. Total; throws only when an invariant is broken. */
    BookState apply(BookEvent event) {
        Draft draft = new Draft(this);
        switch (event) {
            case BookEvent.InstrumentListed e -> draft.list(e.contract(), specOf(e));
            case BookEvent.InstrumentDelisted e -> draft.listed.remove(e.contract());
            case BookEvent.InputsRecorded e -> {
                for (Content content : e.contents()) {
                    draft.inputs = appended(draft.inputs, content.hash(), RECENT_INPUTS);
                }
            }
            case BookEvent.TradeExecuted e -> draft.execute(e);
            case BookEvent.SettlementSampled e ->
                    draft.settlements.put(
                            e.expiry(), settlement(e.expiry()).sampled(e.slot(), e.indexUsdc()));
            case BookEvent.DeliveryPriceSet e ->
                    draft.settlements.put(
                            e.expiry(), settlement(e.expiry()).priced(e.expiry(), e.priceUsdc()));
            case BookEvent.ExpirySettled e -> draft.settle(e);
            case BookEvent.TradeAdjusted e -> {
                draft.post(e.postings());
                draft.adjustments = appended(adjustments, e.requestId(), RECENT_ADJUSTMENTS);
            }
            case BookEvent.OrderPlaced e -> draft.orders = Optional.of(resting().with(placed(e)));
            case BookEvent.OrderAmended e ->
                    draft.orders =
                            Optional.of(
                                    resting()
                                            .amended(e.id(), e.lots(), e.limitUsdc(), e.epochMs()));
            case BookEvent.OrderEnded e ->
                    draft.orders =
                            Optional.of(resting().ended(e.id(), e.as(), e.why(), e.epochMs()));
        }
        return draft.done();
    }

    private static ContractSpec specOf(BookEvent.InstrumentListed e) {
        return new ContractSpec(
                e.contract().underlying(), e.coinsPerLot(), e.tickUsdc(), e.minLots(), e.maxLots());
    }

    private static RestingOrder placed(BookEvent.OrderPlaced e) {
        return RestingOrder.placed(
                e.id(), e.account(), e.requestId(), e.body(), e.terms(), e.epochMs(), e.endsMs());
    }

    private static <T> List<T> appended(List<T> list, T last, int most) {
        List<T> later = new ArrayList<>(list.subList(list.size() < most ? 0 : 1, list.size()));
        later.add(last);
        return later;
    }

    /** A state in the making: one event's changes before they are sealed. */
    private static final class Draft {
        private final BookState from;
        private long trades;
        private Optional<ContractSpec> spec;
        private final SortedMap<OptionContract, ContractSpec> listed;
        private final SortedMap<AccountId, Holding> accounts;
        private SortedMap<OptionContract, Long> pool;
        private Usdc poolCash;
        private Usdc fees;
        private ChargeAccount chargeAccount;
        private List<String> inputs;
        private final SortedMap<Expiry, Settlement> settlements;
        private List<RequestId> adjustments;
        private Optional<RestingOrders> orders;

        Draft(BookState from) {
            this.from = from;
            trades = from.trades;
            spec = from.spec;
            listed = new TreeMap<>(from.listed);
            accounts = new TreeMap<>(from.accounts);
            pool = from.pool;
            poolCash = from.poolCash;
            fees = from.fees;
            chargeAccount = from.chargeAccount;
            inputs = from.inputs;
            settlements = new TreeMap<>(from.settlements);
            adjustments = from.adjustments;
            orders = from.orders;
        }

        void list(OptionContract contract, ContractSpec how) {
            if (from.coinsPerLot().filter(c -> c.compareTo(how.coinsPerLot()) != 0).isPresent()) {
                throw new BrokenInvariant(contract + " has another size of lot: " + how);
            }
            spec = Optional.of(how);
            listed.put(contract, how);
        }

        void execute(BookEvent.TradeExecuted e) {
            trades = Math.addExact(trades, 1);
            Trade trade = e.trade();
            if (trade.id().number() != trades || !trade.id().underlying().equals(from.underlying)) {
                throw new BrokenInvariant("trade " + trade.id() + " is not number " + trades);
            }
            if (from.trade(trade.account(), trade.orderId()).isPresent()) {
                throw new BrokenInvariant("order id of " + trade.id() + " has a trade already");
            }
            post(e.postings());
            accounts.put(trade.account(), of(trade.account()).withTrade(trade));
            chargeAccount = e.chargeAccount();
            if (orders.isPresent() && trade.legs().legs().size() == 1) {
                ContractSpec how = from.spec(trade.legs().legs().getFirst().contract());
                orders = Optional.of(orders.get().traded(trade, how));
            }
        }

        void settle(BookEvent.ExpirySettled e) {
            if (!from.settlement(e.expiry()).priceIs(e.priceUsdc())) {
                throw new BrokenInvariant(e.expiry() + " does not settle at " + e.priceUsdc());
            }
            post(e.postings());
        }

        void post(List<Posting> postings) {
            Posting.requireBalanced(postings);
            for (Posting posting : postings) {
                if (posting.isCash()) {
                    postCash(posting, new Usdc(posting.amount()));
                } else {
                    postLots(posting, OptionContract.parse(posting.asset()));
                }
            }
        }

        private void postCash(Posting posting, Usdc change) {
            switch (posting.ledger()) {
                case Posting.POOL -> poolCash = poolCash.plus(change);
                case Posting.FEES -> fees = fees.plus(change);
                case Posting.EXTERNAL ->
                        throw new BrokenInvariant("a Book does not move money outside");
                default -> accounts.put(posting.account(), of(posting.account()).withCash(change));
            }
        }

        private void postLots(Posting posting, OptionContract contract) {
            if (posting.ledger().equals(Posting.POOL)) {
                pool = Holding.added(pool, contract, posting.amount());
            } else {
                AccountId account = posting.account();
                accounts.put(account, of(account).withLots(contract, posting.amount()));
            }
        }

        private Holding of(AccountId account) {
            return accounts.getOrDefault(account, Holding.NONE);
        }

        BookState done() {
            return new BookState(
                    from.underlying,
                    Math.addExact(from.sequence, 1),
                    trades,
                    spec,
                    listed,
                    accounts,
                    pool,
                    poolCash,
                    fees,
                    chargeAccount,
                    inputs,
                    settlements,
                    adjustments,
                    orders);
        }
    }
}
