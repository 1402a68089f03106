package io.dolim.book;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.OptionQuote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/** Input of the tests: a small BTC chain with a smile, quoted by one source. */
final class TestFeed {

    static final Underlying BTC = new Underlying("BTC");
    static final FeedSource SOURCE = FeedSource.real("venue");
    static final ContractSpec SPEC =
            new ContractSpec(BTC, new BigDecimal("0.01"), new BigDecimal("0.5"), 1, 100_000);
    static final long START_MS = Expiry.parse("5FEB26").epochMs() + 3_600_000L;
    static final List<Expiry> EXPIRIES =
            List.of(Expiry.parse("6FEB26"), Expiry.parse("13FEB26"), Expiry.parse("27MAR26"));

    private TestFeed() {}

    static FeedEvent index(long timeMs, double price) {
        return new FeedEvent.IndexTick(BTC, SOURCE, timeMs, price);
    }

    static FeedEvent end(long timeMs, int number) {
        return new FeedEvent.ChainEnd(SOURCE, timeMs, number, 3);
    }

    static List<FeedEvent> chain(long timeMs, double spot) {
        List<FeedEvent> events = new ArrayList<>(List.of(index(timeMs, spot)));
        events.add(new FeedEvent.InstrumentsListed(BTC, SOURCE, timeMs, contracts()));
        for (Expiry expiry : EXPIRIES) {
            List<OptionQuote> quotes = new ArrayList<>();
            for (OptionContract contract : contracts()) {
                if (contract.expiry().equals(expiry)) {
                    quotes.add(quote(contract, spot));
                }
            }
            events.add(new FeedEvent.ChainQuotes(BTC, SOURCE, timeMs, expiry, spot, quotes));
        }
        return events;
    }

    static SortedSet<OptionContract> contracts() {
        TreeSet<OptionContract> contracts = new TreeSet<>();
        for (Expiry expiry : EXPIRIES) {
            for (long strike = 50_000; strike <= 74_000; strike += 2_000) {
                for (OptionType type : OptionType.values()) {
                    contracts.add(
                            new OptionContract(BTC, expiry, BigDecimal.valueOf(strike), type));
                }
            }
        }
        return contracts;
    }

    private static OptionQuote quote(OptionContract contract, double spot) {
        double away = contract.strike().doubleValue() / spot - 1.0;
        double vol = 0.5 + 0.4 * away * away - 0.1 * away;
        return new OptionQuote(
                contract.strike(),
                contract.type(),
                spot,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(vol - 0.01),
                OptionalDouble.of(vol + 0.01),
                vol);
    }
}
