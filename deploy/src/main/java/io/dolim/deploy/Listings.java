package io.dolim.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.dolim.quoting.instrument.ListingRule;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/**
 * The listing rules of the underlyings, read in one place: the simulated market lists by them, and so
 * does the pool on any feed where {@code beside-feed} says so.
 *
 * @param underlyings the section {@code dolim.pool.underlyings}, one member an underlying
 */
record Listings(Config underlyings) {

    /** Where the rule of an underlying stands. */
    String path(Underlying underlying) {
        return "dolim.pool.underlyings." + key(underlying);
    }

    /**
     * The rule of an underlying; empty when it has none.
     *
     * @throws IllegalArgumentException when it lists nothing, leaves an expiry without strikes, or a
     *     figure is missing or out of range
     */
    Optional<ListingRule> of(Underlying underlying) {
        if (!underlyings.hasPath(key(underlying))) {
            return Optional.empty();
        }
        return Optional.of(
                named(
                        underlying,
                        listing -> {
                            ListingRule rule = rule(underlying, listing);
                            requireWhole(rule);
                            return rule;
                        }));
    }

    /** The rule that the pool itself lists by; empty when the feed alone says what is listed. */
    Optional<ListingRule> besideFeed(Underlying underlying) {
        return of(underlying)
                .filter(_ -> named(underlying, listing -> listing.getBoolean("beside-feed")));
    }

    private <T> T named(Underlying underlying, Function<Config, T> read) {
        try {
            return read.apply(underlyings.getConfig(key(underlying)));
        } catch (ConfigException | IllegalArgumentException flaw) {
            throw new IllegalArgumentException(path(underlying) + ": " + flaw.getMessage(), flaw);
        }
    }

    private static void requireWhole(ListingRule rule) {
        int most = rule.mostDays();
        int reached = rule.ladders().getLast().maxDays();
        if (most == 0) {
            throw new IllegalArgumentException("it lists no expiry");
        }
        if (reached < most) {
            throw new IllegalArgumentException(
                    "the last ladder's max-days="
                            + reached
                            + " must be at least "
                            + most
                            + " to reach the farthest expiry");
        }
    }

    private static ListingRule rule(Underlying underlying, Config rule) {
        return new ListingRule(
                underlying,
                rule.getInt("dailies"),
                rule.getInt("weeklies"),
                rule.getInt("monthlies"),
                rule.getInt("quarterlies"),
                rule.getConfigList("ladders").stream()
                        .map(
                                ladder ->
                                        new ListingRule.Ladder(
                                                ladder.getInt("max-days"),
                                                new BigDecimal(ladder.getString("step-usdc")),
                                                ladder.getInt("strikes-per-side")))
                        .toList());
    }

    private static String key(Underlying underlying) {
        return underlying.code() + ".listing";
    }
}
