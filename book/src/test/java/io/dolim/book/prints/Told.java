package io.dolim.book.prints;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.book.trade.Content;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.Trade;
import io.dolim.book.trade.TradeId;
import io.dolim.capacity.ChargeAccount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketParts;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import io.dolim.quoting.quote.QuoteLines;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Input of the tests: two Books' events, on a flat market of 100,000 at 50 %. */
final class Told {

    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");
    static final AccountId ALICE = new AccountId("alice");
    static final AccountId BOB = new AccountId("bob");
    static final OptionContract CALL = OptionContract.parse("BTC_USDC-25DEC26-100000-C");
    static final OptionContract PUT = OptionContract.parse("BTC_USDC-25DEC26-90000-P");
    static final long BEGIN_MS = 1_790_000_000_000L;
    static final double SPOT = 100_000;
    static final double VOL = 0.5;

    final PrintSettings settings;
    final Prints prints;
    private final PrintReader reader;
    private final SortedMap<Underlying, Long> sequences = new TreeMap<>();
    private final SortedMap<Underlying, Long> trades = new TreeMap<>();

    Told(int most, int ofAccount, int accounts) {
        settings =
                new PrintSettings(most, ofAccount, accounts, 10, java.time.Duration.ofDays(1), 4);
        prints = new Prints(settings);
        reader = new PrintReader(prints, settings.mostWaiting());
        prints.whole(true);
    }

    static Told roomy() {
        return new Told(1_000, 100, 10);
    }

    Told tell(Underlying book, BookEvent event) {
        reader.take(book, sequences.merge(book, 1L, Long::sum), event);
        return this;
    }

    /** An event that came before, once more. */
    void repeat(Underlying book, BookEvent event) {
        reader.take(book, sequences.getOrDefault(book, 0L), event);
    }

    Told listed(OptionContract... contracts) {
        for (OptionContract contract : contracts) {
            tell(
                    contract.underlying(),
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

    /** The market's two contents, as a Book records them. */
    static BookEvent.InputsRecorded recorded() {
        return new BookEvent.InputsRecorded(List.of(surface(), market()));
    }

    private static Content surface() {
        MarketParts.Part part = MarketParts.surface(snapshot().surface());
        return new Content(part.kind(), part.bytes());
    }

    static Content market() {
        MarketParts.Part part = MarketParts.market(snapshot(), surface().hash());
        return new Content(part.kind(), part.bytes());
    }

    private static MarketSnapshot snapshot() {
        Expiry expiry = CALL.expiry();
        double years = expiry.yearsFrom(BEGIN_MS);
        SviSlice slice =
                new SviSlice(
                        expiry.epochMs(),
                        years,
                        SPOT,
                        1.0,
                        SviSmile.flat(VOL * VOL * years),
                        List.of(),
                        0.0);
        return new MarketSnapshot(
                BTC,
                BEGIN_MS,
                SPOT,
                new VolSurface(BEGIN_MS, List.of(slice)),
                SPOT,
                Uncertainty.NONE);
    }

    /** A trade for so much USDC in all, a fee of one in it, so many seconds after the begin. */
    BookEvent.TradeExecuted trade(AccountId account, long second, String paid, Leg... legs) {
        Underlying book = legs[0].contract().underlying();
        long number = trades.merge(book, 1L, Long::sum);
        Usdc price = Usdc.of(new BigDecimal(paid));
        Trade trade =
                new Trade(
                        new TradeId(book, number),
                        account,
                        new ClientOrderId("order-" + number),
                        BodyHash.of("body of " + number),
                        "quote-" + number,
                        new OptionPackage(List.of(legs)),
                        new QuoteLines(
                                price.minus(Usdc.ofWhole(3)),
                                Usdc.ofWhole(1),
                                Usdc.ZERO,
                                Usdc.ofWhole(1),
                                Usdc.ofWhole(1),
                                Usdc.ZERO),
                        BEGIN_MS + 1_000 * second);
        return new BookEvent.TradeExecuted(
                trade,
                17,
                market().hash(),
                market().hash(),
                Usdc.ofWhole(1),
                3,
                new TreeMap<>(),
                List.of(),
                "pricing-1",
                new ChargeAccount(Usdc.ofWhole(1), trade.epochMs()),
                postings(trade),
                Optional.empty());
    }

    private static List<Posting> postings(Trade trade) {
        List<Posting> postings = new ArrayList<>();
        String taker = Posting.taker(trade.account());
        postings.add(Posting.cash(taker, trade.price().negated()));
        postings.add(Posting.cash(Posting.POOL, trade.price().minus(trade.lines().fee())));
        postings.add(Posting.cash(Posting.FEES, trade.lines().fee()));
        for (Leg leg : trade.legs().legs()) {
            postings.add(Posting.lots(taker, leg.contract(), leg.lots()));
            postings.add(Posting.lots(Posting.POOL, leg.contract(), -leg.lots()));
        }
        return postings;
    }

    Told traded(AccountId account, long second, String paid, Leg... legs) {
        return tell(legs[0].contract().underlying(), trade(account, second, paid, legs));
    }

    List<Print> found(PrintQuery query) {
        return prints.find(query).prints();
    }
}
