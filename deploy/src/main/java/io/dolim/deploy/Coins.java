package io.dolim.deploy;

import com.typesafe.config.Config;
import io.dolim.api.feed.CoinModel;
import io.dolim.quoting.instrument.Underlying;
import java.util.List;

/** Reads the simulated coins from the configuration. */
final class Coins {

    private Coins() {}

    /**
     * @param coins the section {@code dolim.pool.simulated.coins}, one member a coin
     * @param listings by which they are listed
     */
    static List<CoinModel> of(Config coins, Listings listings) {
        return coins.root().keySet().stream()
                .sorted()
                .map(code -> coin(new Underlying(code), coins.getConfig(code), listings))
                .toList();
    }

    private static CoinModel coin(Underlying underlying, Config coin, Listings listings) {
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
                listings.of(underlying)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                listings.path(underlying)
                                                        + " is missing: a simulated coin is listed"
                                                        + " by its rule")));
    }
}
