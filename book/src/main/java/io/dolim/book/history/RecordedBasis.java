package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.PricingTerms;
import io.dolim.book.RecordedHedges;
import io.dolim.book.RecordedView;
import io.dolim.book.trade.Content;
import io.dolim.capacity.Mode;
import io.dolim.capacity.RecordedPool;
import io.dolim.capacity.ViewInputs;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trade's quote was made on, read from the recorded inputs.
 *
 * @param market the live market that marked it
 * @param frozen Capacity's market view
 * @param cut the last event of each Book that the charged inventory contained
 * @param chargeAccount what discounts could draw on
 * @param mode in force
 * @param terms the configuration
 */
public record RecordedBasis(
        MarketSnapshot market,
        RecordedPool.Frozen frozen,
        SortedMap<Underlying, Long> cut,
        Usdc chargeAccount,
        Mode mode,
        PricingTerms terms) {

    /** All in one; of earlier releases. */
    private static final String EARLIER_KIND = "view.3";

    /** Copies the cut. */
    public RecordedBasis {
        cut = Collections.unmodifiableSortedMap(new TreeMap<>(cut));
    }

    /** @throws IllegalArgumentException when an input is missing, or of a format that says too little */
    static RecordedBasis of(Past past, BookEvent.TradeExecuted trade) {
        Content view = past.content(trade.viewHash());
        return switch (view.kind()) {
            case RecordedView.KIND -> {
                RecordedView own = RecordedView.decode(view.bytes());
                yield of(past, trade, lines(past.content(own.frozen())), own);
            }
            case EARLIER_KIND -> {
                SortedMap<String, String> lines = lines(view);
                yield of(past, trade, lines, own(lines));
            }
            default ->
                    throw new IllegalArgumentException(
                            "kind="
                                    + view.kind()
                                    + " must be "
                                    + RecordedView.KIND
                                    + " to price again");
        };
    }

    private static RecordedView own(SortedMap<String, String> lines) {
        SortedMap<Underlying, Long> cut = new TreeMap<>();
        lines.forEach(
                (key, value) -> {
                    if (key.startsWith("cut.")) {
                        cut.put(named(key), Long.parseLong(value));
                    }
                });
        return new RecordedView(
                "",
                word(lines, "rules"),
                Usdc.of(new BigDecimal(word(lines, "charge_account"))),
                cut);
    }

    private static RecordedBasis of(
            Past past,
            BookEvent.TradeExecuted trade,
            SortedMap<String, String> lines,
            RecordedView own) {
        SortedMap<Underlying, PricingMarket> markets = new TreeMap<>();
        SortedMap<Underlying, Double> unhedged = new TreeMap<>();
        lines.forEach(
                (key, value) -> {
                    if (key.startsWith("market.")) {
                        markets.put(named(key), past.decoded().market(value));
                    } else if (key.startsWith("unhedged.")) {
                        unhedged.put(named(key), Double.parseDouble(value));
                    }
                });
        ViewInputs inputs =
                new ViewInputs(
                        Long.parseLong(word(lines, "view")),
                        word(lines, "scenarios"),
                        Double.parseDouble(word(lines, "capital")),
                        unhedged,
                        Integer.parseInt(word(lines, "risk_aversion")),
                        Double.parseDouble(word(lines, "rent_annual")),
                        // no scenario of the sets before frozen.2 moved cash
                        Double.parseDouble(lines.getOrDefault("cash", "0")),
                        RecordedHedges.read(lines));
        return new RecordedBasis(
                past.decoded().market(trade.marketHash()),
                new RecordedPool.Frozen(inputs, markets, Double.parseDouble(word(lines, "strain"))),
                own.cut(),
                own.chargeAccount(),
                Mode.valueOf(word(lines, "mode")),
                past.decoded().terms(own.rules()));
    }

    /**
     * The same with another index, everything else as it was: forwards follow it.
     *
     * @param indexUsdc USDC per coin
     */
    RecordedBasis withIndex(double indexUsdc) {
        MarketSnapshot on =
                new MarketSnapshot(
                        market.underlying(),
                        market.timeMs(),
                        indexUsdc,
                        market.surface(),
                        market.spotAtFitUsdc(),
                        market.uncertainty(),
                        market.fundingAnnual());
        return new RecordedBasis(on, frozen, cut, chargeAccount, mode, terms);
    }

    private static Underlying named(String key) {
        return new Underlying(key.substring(key.indexOf('.') + 1));
    }

    private static SortedMap<String, String> lines(Content view) {
        SortedMap<String, String> lines = new TreeMap<>();
        new String(view.bytes(), StandardCharsets.US_ASCII)
                .lines()
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            lines.put(line.substring(0, equals), line.substring(equals + 1));
                        });
        return lines;
    }

    private static String word(SortedMap<String, String> lines, String key) {
        String value = lines.get(key);
        if (value == null) {
            throw new IllegalArgumentException("view has no " + key);
        }
        return value;
    }
}
