package io.dolim.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import io.dolim.api.feed.FeedConfig;
import io.dolim.api.method.OpenQuotes;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.JournalRoom;
import io.dolim.capacity.RiskGrid;
import io.dolim.capacity.RiskReport;
import io.dolim.capacity.vector.VectorParameters;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The settings of a run: the command line over the file of {@code --config} over the defaults. */
record PoolConfig(Config all) {

    static PoolConfig of(RunOptions options, Path dir) {
        Config flags =
                ConfigFactory.parseMap(
                        Map.of(
                                "dolim.persistence.lmdb.dir", dir.resolve("journal").toString(),
                                "dolim.api.host", "127.0.0.1",
                                "dolim.api.port", options.port()));
        return of(flags, options.config());
    }

    /** The settings without a run: the file over the defaults. */
    static PoolConfig of(Optional<Path> file) {
        return of(ConfigFactory.empty(), file);
    }

    private static PoolConfig of(Config flags, Optional<Path> file) {
        Config given =
                file.map(
                                path ->
                                        ConfigFactory.parseFile(
                                                path.toFile(),
                                                ConfigParseOptions.defaults()
                                                        .setAllowMissing(false)))
                        .orElse(ConfigFactory.empty());
        return new PoolConfig(
                flags.withFallback(given)
                        .withFallback(ConfigFactory.parseResourcesAnySyntax("pool.conf"))
                        .withFallback(ConfigFactory.defaultReferenceUnresolved())
                        .resolve(ConfigResolveOptions.defaults()));
    }

    /** The same with other loopback limits: simulated takers share one address. */
    PoolConfig withAddressLimits(int takers) {
        int burst = Math.max(200, takers * 40);
        return new PoolConfig(
                all.withValue(
                        "dolim.api.rates.auth.burst",
                        ConfigValueFactory.fromAnyRef(
                                Math.max(all.getInt("dolim.api.rates.auth.burst"), burst))));
    }

    /** A feed's limits with what {@code dolim.feed.guard} says over them. */
    GuardRules guard(GuardRules ofFeed) {
        return FeedConfig.guard(all.getConfig("dolim.feed.guard"), ofFeed);
    }

    Usdc capital() {
        return Usdc.ofWhole(pool().getLong("capital-usdc"));
    }

    Optional<Usdc> faucet() {
        long most = pool().getLong("faucet-usdc");
        return most == 0 ? Optional.empty() : Optional.of(Usdc.ofWhole(most));
    }

    /** How many firm quotes an account may have out at once, and ask for beside its trades. */
    OpenQuotes openQuotes() {
        return OpenQuotes.of(all);
    }

    /** Over which the pool's risk is shown. */
    RiskGrid riskGrid() {
        return RiskGrid.of(
                all.getConfig("dolim.api.risk-surface"),
                VectorParameters.of(all.getConfig("dolim.capacity.vectors")),
                known());
    }

    /** What the pool's risk reports say. */
    RiskReport.Terms riskReport() {
        return RiskReport.Terms.of(
                all.getConfig("dolim.api.pool-risk"),
                CapacityParameters.of(all.getConfig("dolim.capacity")));
    }

    Usdc demoDeposit() {
        return Usdc.ofWhole(pool().getLong("demo-deposit-usdc"));
    }

    Duration patience() {
        return pool().getDuration("patience");
    }

    Duration keepViews() {
        return pool().getDuration("keep-views");
    }

    /**
     * What the journal still takes, by these settings.
     *
     * @param leftBytes what ordinary writes may still add
     */
    Supplier<JournalRoom> room(LongSupplier leftBytes) {
        long risk = pool().getBytes("journal-room.risk");
        long least = pool().getBytes("journal-room.least");
        return () -> new JournalRoom(leftBytes.getAsLong(), risk, least);
    }

    /** The simulated coins. */
    Config coins() {
        return pool().getConfig("simulated.coins");
    }

    /** What is listed by rule. */
    Listings listings() {
        return new Listings(pool().getConfig("underlyings"));
    }

    int indexSources() {
        return pool().getInt("simulated.index-sources");
    }

    /** Wrong prices that the simulated market prints. */
    List<? extends Config> badPrints() {
        return pool().getConfigList("simulated.bad-prints");
    }

    double bridgeVol() {
        return pool().getDouble("replay.bridge-vol");
    }

    /** Underlyings whose options are told how they trade. */
    SortedSet<Underlying> known() {
        return pool().getConfig("underlyings").root().keySet().stream()
                .map(Underlying::new)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How the options of these underlyings trade. */
    SortedMap<Underlying, ContractSpec> specs(List<Underlying> underlyings) {
        SortedMap<Underlying, ContractSpec> specs = new TreeMap<>();
        for (Underlying underlying : underlyings) {
            Config one = pool().getConfig("underlyings." + underlying.code());
            specs.put(
                    underlying,
                    new ContractSpec(
                            underlying,
                            new BigDecimal(one.getString("coins-per-lot")),
                            new BigDecimal(one.getString("tick-usdc")),
                            one.getLong("min-lots"),
                            one.getLong("max-lots")));
        }
        return specs;
    }

    private Config pool() {
        return all.getConfig("dolim.pool");
    }
}
