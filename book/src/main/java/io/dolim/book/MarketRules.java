package io.dolim.book;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.ListingRule;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.PremiumRules;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.surface.KeptSmiles;
import java.util.List;
import java.util.Optional;

/**
 * How a {@link Market} works. Times are milliseconds.
 *
 * @param contract of the underlying's options
 * @param guard what a feed may say
 * @param quotes how quotes are made
 * @param terms the configuration that prices, as it is written down
 * @param premium what of the perpetual's premium makes expected funding
 * @param listing what is listed beside what the feed lists; empty when the feed alone says what is
 * @param publishEveryMs least time between two pricing views that only the market caused
 * @param displayEveryMs least time between two batches of displayed quotes
 * @param displayShare most of a core's time that batches may take, 0 to 1; they rest for the others
 * @param bookSizes cumulative sizes of the displayed book behind the smallest, lots, rising
 * @param viewStaleMs a pricing view prices nothing when older, or when Capacity's view in it is
 * @param moveBound move of spot since the frozen view, as a share, that asks for a new one at once
 * @param chainLagMs an expiry whose quotes are older than the newest by this is left out of the fit
 * @param keep how long smiles stay in force
 * @param fitWaitMs quotes that no end of a chain follows are fitted after this
 * @param chainPatienceMs longest wait for quotes on a chain before the feed may step on
 */
public record MarketRules(
        ContractSpec contract,
        GuardRules guard,
        QuoteRules quotes,
        PricingTerms terms,
        PremiumRules premium,
        Optional<ListingRule> listing,
        long publishEveryMs,
        long displayEveryMs,
        double displayShare,
        List<Long> bookSizes,
        long viewStaleMs,
        double moveBound,
        long chainLagMs,
        KeptSmiles keep,
        long fitWaitMs,
        long chainPatienceMs) {

    /** @throws IllegalArgumentException when a limit is missing or would mean "off" */
    public MarketRules {
        bookSizes = List.copyOf(bookSizes);
        requirePositive("publishEveryMs", publishEveryMs);
        requirePositive("displayEveryMs", displayEveryMs);
        requirePositive("viewStaleMs", viewStaleMs);
        requirePositive("chainLagMs", chainLagMs);
        requirePositive("fitWaitMs", fitWaitMs);
        requirePositive("chainPatienceMs", chainPatienceMs);
        if (!(moveBound > 0.0 && moveBound < 1.0)) {
            throw new IllegalArgumentException("moveBound=" + moveBound + " not in (0, 1)");
        }
        if (!(displayShare > 0.0 && displayShare <= 1.0)) {
            throw new IllegalArgumentException("displayShare=" + displayShare + " not in (0, 1]");
        }
        if (bookSizes.size() > 8) {
            throw new IllegalArgumentException("bookSizes=" + bookSizes + " must be at most 8");
        }
    }

    /** The reference configuration: 50 ms, 250 ms, 10 s, 0.5 %. */
    public static MarketRules standard(
            ContractSpec contract, GuardRules guard, Optional<ListingRule> listing) {
        return new MarketRules(
                contract,
                guard,
                QuoteRules.standard(),
                PricingTerms.of(ConfigFactory.defaultReferenceUnresolved().resolve(), contract),
                PremiumRules.standard(),
                listing,
                50,
                250,
                0.3,
                List.of(100L, 1_000L, 5_000L),
                10_000,
                0.005,
                60_000,
                new KeptSmiles(0.0005, 60_000),
                1_000,
                10_000);
    }

    /**
     * Reads {@code dolim.book.market} and {@code dolim.quoting}.
     *
     * @param root the whole configuration
     */
    public static MarketRules of(
            Config root, ContractSpec contract, GuardRules guard, Optional<ListingRule> listing) {
        Config config = root.getConfig("dolim.book.market");
        return new MarketRules(
                contract,
                guard,
                QuoteConfig.of(root, contract.underlying()),
                PricingTerms.of(root, contract),
                QuoteConfig.premium(root),
                listing,
                config.getDuration("publish-every").toMillis(),
                config.getDuration("display-every").toMillis(),
                config.getDouble("display-share"),
                config.getLongList("book-sizes"),
                config.getDuration("view-stale-after").toMillis(),
                config.getDouble("move-bound"),
                config.getDuration("chain-lag").toMillis(),
                new KeptSmiles(
                        config.getDouble("keep-smiles.within"),
                        config.getDuration("keep-smiles.longest").toMillis()),
                config.getDuration("fit-wait").toMillis(),
                config.getDuration("chain-patience").toMillis());
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + "=" + value + " must be positive");
        }
    }
}
