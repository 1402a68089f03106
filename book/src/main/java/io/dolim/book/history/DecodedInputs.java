package io.dolim.book.history;

import io.dolim.book.PricingTerms;
import io.dolim.book.trade.Content;
import io.dolim.quoting.market.MarketParts;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.surface.VolSurface;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Recorded inputs that many trades share, each decoded once: the same hash gives the same object, so
 * that whoever remembers what he made of a market knows it again at a glance. Not safe for threads.
 */
public final class DecodedInputs {

    /** More than lie between two trades of one Book; what is forgotten is decoded again. */
    private static final int MOST = 256;

    private final Function<String, Content> contents;
    private final SequencedMap<String, VolSurface> surfaces = new LinkedHashMap<>();
    private final SequencedMap<String, MarketSnapshot> markets = new LinkedHashMap<>();
    private final SequencedMap<String, PricingTerms> terms = new LinkedHashMap<>();

    /** @param contents finds what is recorded under a hash, or throws */
    public DecodedInputs(Function<String, Content> contents) {
        this.contents = contents;
    }

    /** The market under a hash. @throws IllegalArgumentException when it, or its surface, is not recorded */
    public MarketSnapshot market(String hash) {
        return once(
                markets,
                hash,
                content -> {
                    byte[] market = content.bytes();
                    return MarketParts.decode(market, surface(MarketParts.surfaceHash(market)));
                });
    }

    PricingTerms terms(String hash) {
        return once(terms, hash, PricingTerms::of);
    }

    private VolSurface surface(String hash) {
        return once(surfaces, hash, content -> MarketParts.surface(content.bytes()));
    }

    private <T> T once(SequencedMap<String, T> known, String hash, Function<Content, T> decode) {
        T before = known.remove(hash);
        T decoded = before == null ? decode.apply(contents.apply(hash)) : before;
        known.putLast(hash, decoded);
        if (known.size() > MOST) {
            known.pollFirstEntry();
        }
        return decoded;
    }
}
