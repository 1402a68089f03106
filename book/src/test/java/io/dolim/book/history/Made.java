package io.dolim.book.history;

import io.dolim.book.AccountEvent;
import io.dolim.book.BookEvent;
import io.dolim.book.PricingInputs;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.CapacityEvent;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.QuoteLines;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Input of the tests: a log that is written event by event, one BTC Book and its accounts. */
final class Made {

    static final Underlying BTC = new Underlying("BTC");
    static final AccountId ALICE = new AccountId("alice");
    static final AccountId BOB = new AccountId("bob");
    static final OptionContract CALL = OptionContract.parse("BTC_USDC-25DEC26-100000-C");
    static final OptionContract PUT = OptionContract.parse("BTC_USDC-25DEC26-90000-P");
    static final OptionContract LATER = OptionContract.parse("BTC_USDC-29JAN27-100000-C");
    static final long BEGIN_MS = 1_790_000_000_000L;

    private final List<Written> log = new ArrayList<>();
    private final SortedMap<String, Long> sequences = new TreeMap<>();
    private long trades;
    private String market = "market";
    private String view = "view";

    List<Written> log() {
        return List.copyOf(log);
    }

    Written add(String writer, StoredEvent event) {
        long order = 2L * (log.size() + 1);
        Written one =
                new Written(
                        order,
                        writer,
                        sequences.merge(writer, 1L, Long::sum),
                        BEGIN_MS + 1000L * log.size(),
                        event);
        log.add(one);
        return one;
    }

    Made listed(OptionContract... contracts) {
        for (OptionContract contract : contracts) {
            add(
                    "book-BTC",
                    new BookEvent.InstrumentListed(
                            BEGIN_MS,
                            "listing",
                            contract,
                            new BigDecimal("0.01"),
                            new BigDecimal("0.1"),
                            1,
                            10_000));
        }
        return this;
    }

    /** Capital of the pool, whole USDC. */
    Written paidIn(long usdc) {
        Usdc amount = Usdc.ofWhole(usdc);
        return add(
                "capacity",
                new CapacityEvent.CapitalPaidIn(
                        "operator",
                        BEGIN_MS,
                        amount,
                        List.of(
                                new io.dolim.capacity.journal.Posting(
                                        io.dolim.capacity.journal.Posting.POOL, amount),
                                new io.dolim.capacity.journal.Posting(
                                        io.dolim.capacity.journal.Posting.EXTERNAL,
                                        amount.negated()))));
    }

    Written deposited(AccountId account, String request, long usdc) {
        return add(
                "account-" + account,
                new AccountEvent.Deposited(
                        account,
                        new RequestId(request),
                        "operator",
                        Usdc.ofWhole(usdc),
                        BEGIN_MS,
                        List.of(
                                Posting.cash(Posting.EXTERNAL, Usdc.ofWhole(-usdc)),
                                Posting.cash(Posting.taker(account), Usdc.ofWhole(usdc)))));
    }

    Written traded(AccountId account, long price, OptionContract contract, long lots) {
        return traded(account, price, contract, lots, "1");
    }

    Written traded(
            AccountId account,
            long price,
            OptionContract contract,
            long lots,
            String pricingVersion) {
        trades++;
        Trade trade =
                new Trade(
                        new TradeId(BTC, trades),
                        account,
                        new ClientOrderId("order-" + trades),
                        BodyHash.of("body " + trades),
                        "quote-" + trades,
                        new OptionPackage(List.of(new Leg(contract, lots))),
                        new QuoteLines(
                                Usdc.ofWhole(price - 3),
                                Usdc.ofWhole(1),
                                Usdc.ZERO,
                                Usdc.ofWhole(1),
                                Usdc.ofWhole(1),
                                Usdc.ZERO),
                        BEGIN_MS + trades);
        String taker = Posting.taker(account);
        return add(
                "book-BTC",
                new BookEvent.TradeExecuted(
                        trade,
                        17,
                        market,
                        view,
                        Usdc.ofWhole(1),
                        3,
                        new TreeMap<>(),
                        List.of(),
                        pricingVersion,
                        ChargeAccount.EMPTY,
                        List.of(
                                Posting.cash(taker, Usdc.ofWhole(-price)),
                                Posting.cash(Posting.POOL, Usdc.ofWhole(price - 1)),
                                Posting.cash(Posting.FEES, Usdc.ofWhole(1)),
                                Posting.lots(taker, contract, lots),
                                Posting.lots(Posting.POOL, contract, -lots)),
                        Optional.of(0.0)));
    }

    /** What the trades from here on were priced by. */
    void recorded(PricingInputs inputs) {
        List<Content> all = new ArrayList<>(inputs.parts());
        all.addAll(inputs.viewMarkets());
        all.addAll(List.of(inputs.market(), inputs.view()));
        add("book-BTC", new BookEvent.InputsRecorded(all));
        market = inputs.market().hash();
        view = inputs.view().hash();
    }

    Written adjusted(long trade, AccountId account, long usdc) {
        return add(
                "book-BTC",
                new BookEvent.TradeAdjusted(
                        new RequestId("put-right-" + trade),
                        "operator",
                        "a mistake",
                        new TradeId(BTC, trade),
                        BEGIN_MS,
                        List.of(
                                Posting.cash(Posting.taker(account), Usdc.ofWhole(usdc)),
                                Posting.cash(Posting.POOL, Usdc.ofWhole(-usdc)))));
    }

    void priced(Expiry expiry, String price) {
        add(
                "book-BTC",
                new BookEvent.DeliveryPriceSet(
                        expiry,
                        new BigDecimal(price),
                        "twap-30m",
                        180,
                        "settlement",
                        "",
                        BEGIN_MS));
    }

    /** A part of a settlement: what these accounts hold, at what it is worth. */
    void settled(Expiry expiry, String price, SortedMap<AccountId, Settled> parts) {
        List<Posting> postings = new ArrayList<>();
        SortedMap<String, Long> pool = new TreeMap<>();
        Usdc cash = Usdc.ZERO;
        for (var part : parts.entrySet()) {
            String taker = Posting.taker(part.getKey());
            postings.add(Posting.cash(taker, part.getValue().worth()));
            cash = cash.minus(part.getValue().worth());
            part.getValue()
                    .lots()
                    .forEach(
                            (contract, lots) -> {
                                postings.add(Posting.lots(taker, contract, -lots));
                                pool.merge(contract.name(), lots, Long::sum);
                            });
        }
        postings.add(Posting.cash(Posting.POOL, cash));
        pool.forEach((asset, lots) -> postings.add(new Posting(Posting.POOL, asset, lots)));
        add(
                "book-BTC",
                new BookEvent.ExpirySettled(expiry, new BigDecimal(price), BEGIN_MS, postings));
    }

    /** What an account has of an expiry, and what that is worth. */
    record Settled(SortedMap<OptionContract, Long> lots, Usdc worth) {}
}
