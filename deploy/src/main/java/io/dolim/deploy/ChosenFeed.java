package io.dolim.deploy;

import io.dolim.api.feed.CoinModel;
import io.dolim.api.feed.DeribitFeed;
import io.dolim.api.feed.FeedConfig;
import io.dolim.api.feed.ReplayFeed;
import io.dolim.api.feed.SimulatedFeed;
import io.dolim.api.feed.SimulatedMemory;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.MarketFeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The feed of a run.
 *
 * @param guard limits that fit it
 * @param underlyings that it has prices of
 */
record ChosenFeed(MarketFeed feed, GuardRules guard, List<Underlying> underlyings) {

    private static final List<Underlying> RECORDED =
            List.of(new Underlying("BTC"), new Underlying("ETH"));

    /**
     * @param startMs where a made-up market begins, milliseconds since 1970
     * @param memory where the simulated one stopped
     * @throws IOException when recordings cannot be read
     */
    static ChosenFeed of(
            RunOptions options, PoolConfig config, long startMs, SimulatedMemoryFile memory)
            throws IOException {
        return switch (options.feed()) {
            case simulated -> simulated(options, config, startMs, memory.read());
            case replay -> replay(options, config);
            case deribit -> deribit(options, config);
        };
    }

    private static ChosenFeed simulated(
            RunOptions options, PoolConfig config, long startMs, Optional<SimulatedMemory> memory) {
        List<CoinModel> coins = Coins.of(config.coins(), config.listings());
        SimulatedFeed feed =
                new SimulatedFeed(
                        new SimulatedFeed.Settings(
                                coins,
                                options.seed(),
                                startMs,
                                options.speed(),
                                config.indexSources(),
                                memory,
                                BadPrintConfig.of(config.badPrints(), startMs)));
        return new ChosenFeed(
                feed,
                config.guard(feed.guardRules()),
                coins.stream().map(CoinModel::underlying).toList());
    }

    private static ChosenFeed deribit(RunOptions options, PoolConfig config) {
        DeribitFeed.Settings settings =
                FeedConfig.deribit(config.all().getConfig("dolim.feed.deribit"), options.seed());
        SortedSet<Underlying> unknown = new TreeSet<>(settings.underlyings());
        unknown.removeAll(config.known());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "dolim.feed.deribit.underlyings: how options of "
                            + unknown
                            + " trade is not told in dolim.pool.underlyings, which has "
                            + config.known());
        }
        DeribitFeed feed = new DeribitFeed(settings);
        return new ChosenFeed(
                feed, config.guard(feed.guardRules()), List.copyOf(settings.underlyings()));
    }

    private static ChosenFeed replay(RunOptions options, PoolConfig config) throws IOException {
        Path data =
                options.data()
                        .orElseThrow(
                                () -> new IllegalArgumentException("--feed replay needs --data"));
        ReplayFeed feed =
                ReplayFeed.open(
                        new ReplayFeed.Settings(
                                data,
                                options.from(),
                                options.chainByChain(),
                                options.speed(),
                                options.seed(),
                                config.bridgeVol()));
        return new ChosenFeed(feed, config.guard(feed.guardRules()), RECORDED);
    }
}
