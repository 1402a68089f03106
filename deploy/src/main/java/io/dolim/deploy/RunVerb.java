package io.dolim.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the pool in the foreground; Ctrl-C stops it cleanly, a second start continues. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Starts the pool in the foreground on the embedded journal.",
            "Ctrl-C stops it cleanly; a second start continues where the first one ended."
        })
final class RunVerb implements Callable<Integer> {

    private static final int TAKERS = 4;

    @Option(
            names = "--feed",
            paramLabel = "NAME",
            defaultValue = "simulated",
            description = "Where prices come from: ${COMPLETION-CANDIDATES}.")
    private FeedName feed = FeedName.simulated;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Recorded chains (*.csv.gz), for --feed replay.")
    private @Nullable Path data;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "First day of the replay, as in 2026-01-28.")
    private java.time.@Nullable LocalDate from;

    @Option(
            names = "--step",
            paramLabel = "chain",
            description =
                    "Replay goes from chain to chain without waiting, prints its table and ends.")
    private @Nullable Step step;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seconds of market time in a second.")
    private double speed = 1;

    @Option(
            names = "--takers",
            paramLabel = "N",
            description =
                    "Simulated takers that trade over the public protocol; 4, none with --step.")
    private @Nullable Integer takers;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8080",
            description = "Port on the loopback interface.")
    private int port = 8080;

    @Option(
            names = "--dir",
            paramLabel = "STATE",
            description = "Where the journal lives; ./var, or a new folder under it for a replay.")
    private @Nullable Path dir;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in HOCON over the defaults.")
    private @Nullable Path config;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the simulated market, takers and bridges.")
    private long seed = 1;

    @Option(
            names = "--key",
            paramLabel = "ID:SECRET",
            description =
                    "A key with every scope and one million USDC; loopback only. May be repeated.")
    private List<String> keys = new ArrayList<>();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        RunOptions options =
                new RunOptions(
                        feed,
                        Optional.ofNullable(data),
                        Optional.ofNullable(from),
                        step != null,
                        speed,
                        Optional.ofNullable(takers).orElse(step == null ? TAKERS : 0),
                        port,
                        Optional.ofNullable(dir),
                        Optional.ofNullable(config),
                        seed,
                        keys.stream().map(DemoKey::parse).toList());
        return new Foreground(spec.commandLine().getOut(), spec.commandLine().getErr())
                .run(options);
    }

    /** How a replay moves. */
    enum Step {
        chain
    }
}
