package io.dolim.book;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.dolim.book.trade.Content;
import io.dolim.capacity.CapacityParameters;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.QuoteRules;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The configuration that quotes of one underlying were made under, as a journal keeps it: whoever has
 * it needs no file of the time to compute a price again.
 *
 * <p>Format {@code rules.1}: the settings under their own paths as JSON without spaces, keys sorted,
 * and {@code contract.*}, how the options of the underlying trade.
 */
public final class PricingTerms {

    /** Name of the format. */
    public static final String KIND = "rules.1";

    private static final List<String> PATHS =
            List.of(
                    "dolim.quoting",
                    "dolim.capacity",
                    "dolim.book.book.quote-life",
                    "dolim.book.book.close-before");
    private static final String CONTRACT = "contract.";

    private final Config config;

    private PricingTerms(Config config) {
        this.config = config;
    }

    /** What of a whole configuration prices the options of a contract's underlying. */
    static PricingTerms of(Config root, ContractSpec contract) {
        Config kept = kept(root);
        return new PricingTerms(
                with(kept, "underlying", contract.underlying().code())
                        .withFallback(
                                with(kept, "coins-per-lot", contract.coinsPerLot().toPlainString()))
                        .withFallback(with(kept, "tick-usdc", contract.tickUsdc().toPlainString()))
                        .withFallback(with(kept, "min-lots", contract.minLots()))
                        .withFallback(with(kept, "max-lots", contract.maxLots())));
    }

    private static Config kept(Config root) {
        Config kept = ConfigFactory.empty();
        for (String path : PATHS) {
            kept = kept.withValue(path, root.getValue(path));
        }
        return kept;
    }

    private static Config with(Config config, String key, Object value) {
        return config.withValue(CONTRACT + key, ConfigValueFactory.fromAnyRef(value));
    }

    /**
     * Reads what was written down. A setting that did not exist then has its default of today: one
     * that changes a price comes with another pricing version.
     *
     * @throws RuntimeException when it is not that
     */
    public static PricingTerms of(Content content) {
        if (!content.kind().equals(KIND)) {
            throw new IllegalArgumentException("kind=" + content.kind() + " must be " + KIND);
        }
        return new PricingTerms(
                ConfigFactory.parseString(new String(content.bytes(), StandardCharsets.UTF_8))
                        .withFallback(kept(ConfigFactory.defaultReferenceUnresolved().resolve())));
    }

    /** What is written down. */
    Content content() {
        return new Content(
                KIND,
                config.root()
                        .render(ConfigRenderOptions.concise())
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * With one setting changed, as in {@code dolim.quoting.fee.notional-share}.
     *
     * @throws IllegalArgumentException when no such setting was written down
     */
    public PricingTerms with(String path, String value) {
        if (!config.hasPath(path)) {
            throw new IllegalArgumentException(
                    "setting=" + path + " is none of those that price: " + PATHS);
        }
        return new PricingTerms(
                ConfigFactory.parseString(path + " = " + value).withFallback(config));
    }

    /** The setting as it was; empty text when it has none. */
    public String setting(String path) {
        return config.hasPath(path) ? String.valueOf(config.getValue(path).unwrapped()) : "";
    }

    /** How quotes are made. */
    public QuoteRules quotes() {
        return QuoteConfig.of(config, contract().underlying());
    }

    /** How capacity is priced and limited. */
    public CapacityParameters capacity() {
        return CapacityParameters.of(config.getConfig("dolim.capacity"));
    }

    /** How the underlying's options trade. */
    public ContractSpec contract() {
        return new ContractSpec(
                new Underlying(config.getString(CONTRACT + "underlying")),
                new BigDecimal(config.getString(CONTRACT + "coins-per-lot")),
                new BigDecimal(config.getString(CONTRACT + "tick-usdc")),
                config.getLong(CONTRACT + "min-lots"),
                config.getLong(CONTRACT + "max-lots"));
    }
}
