package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.FirmQuote;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.QuoteToken;
import io.dolim.book.trade.RequestId;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.ChargeAccount;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.QuoteLines;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** Small values that tests share. */
final class Samples {

    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");
    static final Expiry DEC = Expiry.parse("25DEC26");
    static final OptionContract CALL = OptionContract.parse("BTC_USDC-25DEC26-100000-C");
    static final OptionContract HIGHER = OptionContract.parse("BTC_USDC-25DEC26-110000-C");
    static final OptionContract PUT = OptionContract.parse("BTC_USDC-25DEC26-90000-P");
    static final ContractSpec SPEC = spec(BTC);
    static final AccountId ALICE = new AccountId("alice");
    static final AccountId BOB = new AccountId("bob");
    static final ChargeAccount.Terms TERMS =
            new ChargeAccount.Terms(10L * 86_400_000L, Usdc.ofWhole(100));

    private Samples() {}

    static ContractSpec spec(Underlying underlying) {
        return new ContractSpec(
                underlying, new BigDecimal("0.01"), new BigDecimal("0.1"), 1, 10_000);
    }

    static PricingInputs inputs(long view) {
        return new PricingInputs(
                "pricing-1",
                content("market.1", "live " + view),
                content("view.1", "view " + view / 10),
                List.of(content("market.1", "frozen " + view / 10)),
                List.of());
    }

    static Content content(String kind, String text) {
        return new Content(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    static QuoteLines lines(String price) {
        return new QuoteLines(
                Usdc.of(new BigDecimal(price)).minus(Usdc.ofWhole(3)),
                Usdc.ofWhole(1),
                Usdc.ZERO,
                Usdc.ofWhole(1),
                Usdc.ofWhole(1),
                Usdc.ZERO);
    }

    /** With a capital charge that the real Capacity finds enough for a few lots. */
    static QuoteLines richLines(String price) {
        return new QuoteLines(
                Usdc.of(new BigDecimal(price)).minus(Usdc.ofWhole(22)),
                Usdc.ofWhole(1),
                Usdc.ZERO,
                Usdc.ofWhole(20),
                Usdc.ofWhole(1),
                Usdc.ZERO);
    }

    static FirmQuote quote(
            QuoteToken tokens, String id, AccountId account, long view, String price, Leg... legs) {
        return new FirmQuote(
                id,
                tokens.bootId(),
                account,
                new OptionPackage(List.of(legs)),
                richLines(price),
                view,
                1,
                1);
    }

    static Trade trade(long number, AccountId account, String orderId, String price, Leg... legs) {
        return new Trade(
                new TradeId(BTC, number),
                account,
                new ClientOrderId(orderId),
                BodyHash.of("body of " + orderId),
                "quote-" + number,
                new OptionPackage(List.of(legs)),
                lines(price),
                1_790_000_000_000L + number);
    }

    static BookEvent.TradeExecuted executed(Trade trade) {
        List<Posting> postings = new java.util.ArrayList<>();
        String taker = Posting.taker(trade.account());
        postings.add(Posting.cash(taker, trade.price().negated()));
        postings.add(Posting.cash(Posting.POOL, trade.price().minus(trade.lines().fee())));
        postings.add(Posting.cash(Posting.FEES, trade.lines().fee()));
        for (Leg leg : trade.legs().legs()) {
            postings.add(Posting.lots(taker, leg.contract(), leg.lots()));
            postings.add(Posting.lots(Posting.POOL, leg.contract(), -leg.lots()));
        }
        TreeMap<Underlying, Long> cut = new TreeMap<>();
        cut.put(BTC, 4L);
        cut.put(ETH, 2L);
        return new BookEvent.TradeExecuted(
                trade,
                17,
                content("market.1", "live").hash(),
                content("view.1", "view").hash(),
                Usdc.ofWhole(1),
                3,
                cut,
                List.of("ETH#5"),
                "pricing-1",
                new ChargeAccount(Usdc.ofWhole(1), trade.epochMs()),
                postings,
                java.util.Optional.of(100.25));
    }

    static BookEvent.InstrumentListed listed(OptionContract contract) {
        return new BookEvent.InstrumentListed(
                1_780_000_000_000L,
                "listing-rule",
                contract,
                SPEC.coinsPerLot(),
                SPEC.tickUsdc(),
                SPEC.minLots(),
                SPEC.maxLots());
    }

    static AccountEvent.Deposited deposited(AccountId account, String id, long usdc) {
        return new AccountEvent.Deposited(
                account,
                new RequestId(id),
                "operator",
                Usdc.ofWhole(usdc),
                1_780_000_000_000L,
                List.of(
                        Posting.cash(Posting.EXTERNAL, Usdc.ofWhole(-usdc)),
                        Posting.cash(Posting.taker(account), Usdc.ofWhole(usdc))));
    }
}
