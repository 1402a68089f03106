package io.dolim.book;

import com.typesafe.config.Config;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PremiumRules;
import io.dolim.quoting.quote.QuoteRules;

/** Reads {@code dolim.quoting}, and from the Book's settings what a quote and its filling share. */
final class QuoteConfig {

    private QuoteConfig() {}

    /** @param root the whole configuration */
    static QuoteRules of(Config root, Underlying underlying) {
        return new QuoteRules(
                root.getDuration("dolim.book.book.close-before").toMillis(),
                root.getDuration("dolim.book.book.quote-life").toMillis(),
                spread(root.getConfig("dolim.quoting.spread")),
                hedge(root.getConfig("dolim.quoting.hedge"), underlying),
                fee(root.getConfig("dolim.quoting.fee")));
    }

    private static QuoteRules.SpreadRules spread(Config config) {
        return new QuoteRules.SpreadRules(
                config.getDouble("base-vol"),
                config.getDouble("reference-days"),
                config.getDouble("floor-days"),
                config.getDouble("strain-factor"),
                config.getDouble("free-option"),
                config.getDouble("sigma-days"),
                config.getDoubleList("delta-edges"));
    }

    private static QuoteRules.HedgeRules hedge(Config config, Underlying underlying) {
        Config impact = config.getConfig("impact-per-coin");
        return new QuoteRules.HedgeRules(
                config.getDouble("half-spread"),
                config.getDouble("venue-fee"),
                impact.getDouble(impact.hasPath(underlying.code()) ? underlying.code() : "other"),
                config.getDouble("funding-annual"),
                config.getDouble("funding-cap-annual"),
                config.getDouble("funding-credit-share"),
                config.getDouble("holding-days"));
    }

    /** What of a perpetual's premium counts; makes the market's expectation, not a price of it. */
    static PremiumRules premium(Config root) {
        Config config = root.getConfig("dolim.quoting.hedge.premium");
        return new PremiumRules(
                Math.toIntExact(config.getDuration("interval").toMinutes()),
                config.getInt("least-samples"),
                config.getDouble("dead-band"),
                config.getDouble("most-premium"));
    }

    private static QuoteRules.FeeRules fee(Config config) {
        return new QuoteRules.FeeRules(
                config.getDouble("notional-share"), config.getDouble("mark-cap"));
    }
}
