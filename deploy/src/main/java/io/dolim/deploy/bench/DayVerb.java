package io.dolim.deploy.bench;

import io.dolim.deploy.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A day of trades on the simulated market: what it takes in the journal, and whether it replays. */
@Command(
        name = "day",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Runs the pool on the simulated market, 60 times as fast, until its takers have traded so often;",
            "then measures the journal, prices every trade again as it was and under another fee, and, with",
            "--beside, compares the differences with what another program finds in the journal's export.",
            "Exit code 1 when a goal is not met. A day of 20,000 trades takes about 25 minutes, more when",
            "the machine does other work."
        })
final class DayVerb implements Callable<Integer> {

    private static final int MOST_TRADES = 1_000_000;
    private static final double MOST_HOURS = 240;

    @Option(names = "--trades", paramLabel = "N", defaultValue = "20000", description = "Trades.")
    private int trades = 20_000;

    @Option(
            names = "--takers",
            paramLabel = "N",
            defaultValue = "32",
            description = "Simulated takers; 32 trade about 20,000 times in a market's day.")
    private int takers = 32;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the simulated market and takers.")
    private long seed = 1;

    @Option(
            names = "--dir",
            paramLabel = "STATE",
            description = {
                "Where there is no journal yet; stays. Without it a temporary one, deleted afterwards.",
                "With --measure one of an earlier day."
            })
    private @Nullable Path dir;

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "0",
            description = "Hours of the market that it takes at least.")
    private double hours;

    @Option(
            names = "--measure",
            description = "Trades nothing: measures the day that stands in --dir.")
    private boolean measure;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            defaultValue = MarketDay.FEE + "=0.0001",
            description = "The setting that is changed when the trades are priced again.")
    private String change = MarketDay.FEE + "=0.0001";

    @Option(
            names = "--beside",
            paramLabel = "SCRIPT",
            description =
                    "A Python script that is given the value of --set and the export on standard input, and"
                            + " prints the trades that differ: 'TRADE PRICE', micro-USDC.")
    private @Nullable Path beside;

    @Mixin private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        if (trades < 1 || trades > MOST_TRADES) {
            throw new IllegalArgumentException(
                    "--trades=" + trades + " must be 1 to " + MOST_TRADES);
        }
        if (!(hours >= 0 && hours <= MOST_HOURS)) {
            throw new IllegalArgumentException("--hours=" + hours + " must be 0 to " + MOST_HOURS);
        }
        String machine = Machine.described();
        Path state = state();
        Report report;
        try (Progress bar = options.progress("trading")) {
            MarketDay day = new MarketDay(state, change, Optional.ofNullable(beside), bar);
            if (!measure) {
                day.trade(trades, takers, seed, hours);
            }
            report = day.measured();
        } finally {
            if (dir == null) {
                Folders.delete(state);
            }
        }
        return options.told(report, machine);
    }

    private Path state() throws IOException {
        if (dir == null) {
            if (measure) {
                throw new IllegalArgumentException("--measure wants --dir");
            }
            return Files.createTempDirectory("dolim-day");
        }
        Files.createDirectories(dir);
        if (!measure && Files.exists(dir.resolve("journal"))) {
            throw new IllegalArgumentException("--dir=" + dir + " has a journal already");
        }
        return dir;
    }
}
