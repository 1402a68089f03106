package io.dolim.book;

import io.dolim.book.trade.Content;
import io.dolim.capacity.CapacityView;
import io.dolim.capacity.ViewInputs;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.MarketParts;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.pricing.PricingVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The inputs of a pricing view as a journal keeps them, made when first asked for: most views price
 * no trade.
 *
 * <p>Format {@code frozen.2}, or {@code frozen.3} where something hedges, what all quotes of a market view have in common: ASCII lines {@code
 * key=value}, sorted as below, doubles in hexadecimal so that no digit is lost; each market by the hash
 * of its bytes. What is a quote's own stands in a {@link RecordedView}.
 */
final class RecordedInputs {

    static final String FROZEN_KIND = "frozen.2";
    static final String HEDGED_KIND = "frozen.3";

    private final MarketSnapshot market;
    private final Optional<CapacityView> capacity;
    private final PricingTerms terms;
    private volatile Optional<PricingInputs> made = Optional.empty();

    RecordedInputs(MarketSnapshot market, Optional<CapacityView> capacity, PricingTerms terms) {
        this.market = market;
        this.capacity = capacity;
        this.terms = terms;
    }

    PricingInputs get() {
        Optional<PricingInputs> known = made;
        if (known.isPresent()) {
            return known.get();
        }
        CapacityView pool =
                capacity.orElseThrow(
                        () -> new IllegalStateException("no Capacity view, so nothing was quoted"));
        PricingInputs inputs = make(pool);
        made = Optional.of(inputs);
        return inputs;
    }

    Content market() {
        return content(market, surface(market));
    }

    private PricingInputs make(CapacityView pool) {
        SortedMap<String, Content> parts = new TreeMap<>();
        SortedMap<Underlying, Content> markets = new TreeMap<>();
        pool.markets()
                .forEach((underlying, frozen) -> markets.put(underlying, part(frozen, parts)));
        Content live = part(market, parts);
        Content rules = terms.content();
        parts.put(rules.hash(), rules);
        Content frozen =
                new Content(
                        pool.inputs().hedges().reports().isEmpty() ? FROZEN_KIND : HEDGED_KIND,
                        frozen(pool, markets).getBytes(StandardCharsets.US_ASCII));
        parts.put(frozen.hash(), frozen);
        return new PricingInputs(
                Integer.toString(PricingVersion.CURRENT),
                live,
                new Content(RecordedView.KIND, view(pool, frozen, rules).encoded()),
                List.copyOf(markets.values()),
                List.copyOf(parts.values()));
    }

    private static Content part(PricingMarket market, SortedMap<String, Content> parts) {
        if (market instanceof MarketSnapshot snapshot) {
            Content surface = surface(snapshot);
            parts.put(surface.hash(), surface);
            return content(snapshot, surface);
        }
        throw new IllegalStateException("market of " + market.underlying() + " has no stored form");
    }

    private static String frozen(CapacityView pool, SortedMap<Underlying, Content> markets) {
        ViewInputs inputs = pool.inputs();
        StringBuilder text = new StringBuilder();
        line(text, "view", Long.toString(inputs.viewNumber()));
        line(text, "scenarios", inputs.scenarioSet());
        line(text, "capital", Double.toHexString(inputs.capital()));
        line(text, "cash", Double.toHexString(inputs.cashUsdc()));
        line(text, "risk_aversion", Integer.toString(inputs.riskAversion()));
        line(text, "rent_annual", Double.toHexString(inputs.rentAnnual()));
        for (Map.Entry<Underlying, Double> delta : inputs.unhedgedDeltaCoins().entrySet()) {
            line(text, "unhedged." + delta.getKey(), Double.toHexString(delta.getValue()));
        }
        RecordedHedges.write(inputs.hedges(), (key, value) -> line(text, key, value));
        markets.forEach(
                (underlying, content) -> line(text, "market." + underlying, content.hash()));
        line(text, "strain", Double.toHexString(pool.strain()));
        line(text, "mode", pool.mode().name());
        return text.toString();
    }

    private static RecordedView view(CapacityView pool, Content frozen, Content rules) {
        return new RecordedView(
                frozen.hash(), rules.hash(), pool.chargeAccount(), pool.bookSequences());
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value).append('\n');
    }

    private static Content surface(MarketSnapshot market) {
        return content(MarketParts.surface(market.surface()));
    }

    private static Content content(MarketSnapshot market, Content surface) {
        return content(MarketParts.market(market, surface.hash()));
    }

    private static Content content(MarketParts.Part part) {
        return new Content(part.kind(), part.bytes());
    }
}
