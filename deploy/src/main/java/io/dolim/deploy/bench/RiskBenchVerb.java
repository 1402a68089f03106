package io.dolim.deploy.bench;

import io.dolim.deploy.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prices, vectors and quotes: how long they take, beside a library that banks use. */
@Command(
        name = "risk",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Option prices, implied volatilities, a book over a thousand scenarios and firm quotes, beside",
            "OpenGamma Strata in the same process, taking turns. Figures are medians of rounds, in processor",
            "time of the thread; those of single quotes are by the clock. Exit code 1 when a goal is not met."
        })
final class RiskBenchVerb implements Callable<Integer> {

    private static final int MOST_ROUNDS = 1_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "21",
            description = "Turns of each; a figure is their median.")
    private int rounds = 21;

    @Option(
            names = "--scenarios",
            paramLabel = "SET",
            defaultValue = "standard-3",
            description = "The scenario set of vectors and quotes.")
    private String scenarios = "standard-3";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the markets, the pool and what is asked.")
    private long seed = 1;

    @Mixin private ReportOptions options = new ReportOptions();

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "--rounds=" + rounds + " must be 1 to " + MOST_ROUNDS);
        }
        String machine = Machine.described();
        Report report;
        try (Progress bar = options.progress("warming up")) {
            report = new RiskRun(new BenchedPool(scenarios, seed), rounds, bar).report();
        }
        return options.told(report, machine);
    }
}
