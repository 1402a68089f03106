package io.dolim.deploy.bench;

import io.dolim.deploy.HeldReplay;
import io.dolim.deploy.Progress;
import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The price of capacity while the pool is short gamma, over recorded days. */
@Command(
        name = "gamma",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Replays recorded chains of BTC and ETH with a taker who buys options until the pool is short gamma, and",
            "sells them back before the day ends, one coin a day; he keeps the pool's delta near nothing by mixing calls",
            "and puts. Notes at each visit what a straddle costs, what a flat pool would ask for it, and the pool's",
            "strain, RAC, delta and gamma; writes them as gamma.csv and gamma.png. Exit code 1 when a goal is not met.",
            "Two days take about two minutes."
        })
final class GammaVerb implements Callable<Integer> {

    private static final int MOST_DAYS = 30;
    private static final int MOST_MINUTES = 240;

    /** The pool's limits are shares of its capital; with this one account is enough to use them. */
    private static final Map<String, String> CHANGES =
            Map.of(
                    "dolim.pool.capital-usdc", "2000000",
                    "dolim.pool.demo-deposit-usdc", "20000000",
                    "dolim.capacity.view-interval", "100 ms");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Recorded chains (*.csv.gz).")
    private Path data = Path.of(".");

    @Option(
            names = "--from",
            paramLabel = "DATE",
            defaultValue = "2026-02-05",
            description = "The first day.")
    private LocalDate from = LocalDate.of(2026, 2, 5);

    @Option(names = "--days", paramLabel = "N", defaultValue = "2", description = "How many.")
    private int days = 2;

    @Option(
            names = "--every",
            paramLabel = "MINUTES",
            defaultValue = "20",
            description = "Of the market, from visit to visit.")
    private int every = 20;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of what he trades, and of what lies between the chains.")
    private long seed = 1;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "var/gamma",
            description = "Where gamma.csv and gamma.png go.")
    private Path to = Path.of("var", "gamma");

    @Mixin private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        requireWithin("--days", days, MOST_DAYS);
        requireWithin("--every", every, MOST_MINUTES);
        if (!Files.isDirectory(data) || !Files.isReadable(data)) {
            throw new IllegalArgumentException("--data=" + data + " is no folder that can be read");
        }
        String machine = Machine.described();
        Files.createDirectories(to);
        List<GammaSample> samples = walked();
        List<String> lines = new ArrayList<>(List.of(GammaSample.head()));
        samples.forEach(sample -> lines.add(sample.row()));
        Files.write(to.resolve("gamma.csv"), lines);
        int code = options.told(new GammaFigures(samples).report(), machine);
        GammaPlot.write(samples, to.resolve("gamma.png"));
        return code;
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " must be 1 to " + most);
        }
    }

    private List<GammaSample> walked() throws Exception {
        SortedMap<Underlying, BigDecimal> most = new TreeMap<>();
        most.put(new Underlying("BTC"), new BigDecimal("50"));
        most.put(new Underlying("ETH"), new BigDecimal("1500"));
        Path state = Files.createTempDirectory("dolim-gamma");
        try (Progress bar = options.progress("walking, minutes");
                HeldReplay replay =
                        HeldReplay.start(
                                new HeldReplay.Settings(data, from, seed, CHANGES), state);
                GammaTaker taker = new GammaTaker(replay)) {
            GammaCampaign campaign =
                    new GammaCampaign(
                            replay,
                            taker,
                            new GammaCampaign.Terms(
                                    from, days, TimeUnit.MINUTES.toMillis(every), most, seed),
                            bar);
            if (!replay.walk(campaign)) {
                throw new IOException(
                        "--data="
                                + data
                                + " ends before "
                                + days
                                + " days from "
                                + from
                                + " on are over");
            }
            return campaign.samples();
        } finally {
            Folders.delete(state);
        }
    }
}
