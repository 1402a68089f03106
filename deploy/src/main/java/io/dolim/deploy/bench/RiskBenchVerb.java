package io.dolim.deploy.bench;

import io.dolim.deploy.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            defaultValue = "standard-2",
            description = "The scenario set of vectors and quotes.")
    private String scenarios = "standard-2";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the markets, the pool and what is asked.")
    private long seed = 1;

    @Option(
            names = "--append",
            paramLabel = "FILE",
            description = "Appends what was measured, with machine, commit and command.")
    private @Nullable Path append;

    @Option(
            names = "--progress",
            description = "Shows a progress bar on standard error, also when it is no terminal.")
    private boolean progress;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "--rounds=" + rounds + " must be 1 to " + MOST_ROUNDS);
        }
        String machine = Machine.described();
        Report report;
        try (Progress bar = Progress.of(progress, spec.commandLine().getErr(), "warming up")) {
            report = new RiskRun(new BenchedPool(scenarios, seed), rounds, bar).report();
        }
        return report.told(spec, machine, Optional.ofNullable(append));
    }
}
