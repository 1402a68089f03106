package io.dolim.book;

import io.dolim.book.trade.Content;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that priced a quote, so that the journal alone answers why it cost what it did.
 *
 * @param pricingVersion under which the same inputs give the same bits
 * @param market the live market that marked it, frozen
 * @param view Capacity's view in it: the hash of the frozen one, and the cut whose inventory it charged
 *     for
 * @param viewMarkets the markets that the frozen view names by hash
 * @param parts what those name by hash: the frozen view, surfaces, and the configuration that prices
 */
public record PricingInputs(
        String pricingVersion,
        Content market,
        Content view,
        List<Content> viewMarkets,
        List<Content> parts) {
    /** Copies the lists. */
    public PricingInputs {
        viewMarkets = List.copyOf(viewMarkets);
        parts = List.copyOf(parts);
    }

    /** Each of them once, what is named before what names it. */
    Stream<Content> all() {
        return Stream.of(parts.stream(), viewMarkets.stream(), Stream.of(market, view))
                .flatMap(each -> each)
                .distinct();
    }
}
