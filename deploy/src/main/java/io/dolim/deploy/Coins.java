package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.feed.CoinModel;
import io.dolim.quoting.instrument.ListingRule;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.List;

/** Reads the simulated coins and their listing from the configuration. */
final class Coins {

    private Coins() {}

    /** @param coins the section {@code dolim.pool.simulated.coins}, one member a coin */
    static List<CoinModel> of(Config coins) {
        return coins.root().keySet().stream()
                .sorted()
                .map(code -> coin(new Underlying(code), coins.getConfig(code)))
                .toList();
    }

    private static CoinModel coin(Underlying underlying, Config coin) {
        return new CoinModel(
                underlying,
                coin.getDouble("spot-usdc"),
                coin.getDouble("vol"),
                coin.getDouble("vol-reversion"),
                coin.getDouble("vol-of-vol"),
                coin.getDouble("spot-vol-correlation"),
                coin.getDouble("jumps-per-year"),
                coin.getDouble("jump-std"),
                coin.getDouble("skew"),
                coin.getDouble("carry"),
                listing(underlying, coin.getConfig("listing")));
    }

    private static ListingRule listing(Underlying underlying, Config rule) {
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
}
