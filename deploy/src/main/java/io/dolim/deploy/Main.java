package io.dolim.deploy;

import io.dolim.deploy.bench.BenchVerb;
import io.dolim.deploy.bench.CampaignVerb;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line, {@code deploy/dolim VERB}: exit code 0 is fine, 1 a difference or a goal not met, 2 usage. */
@Command(
        name = "dolim",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "An engine that manages the inventory of an options pool.",
        subcommands = {
            RunVerb.class,
            PriceVerb.class,
            ImpliedVolatilityVerb.class,
            ChargeVerb.class,
            ScenariosVerb.class,
            StateVerb.class,
            ExplainVerb.class,
            ReplayVerb.class,
            CalibrateVerb.class,
            BisectVerb.class,
            HistoryVerb.class,
            AdjustVerb.class,
            KeysVerb.class,
            JournalVerb.class,
            BenchVerb.class,
            CampaignVerb.class,
            TortureVerb.class,
            CompletionVerb.class,
            HelpCommand.class
        })
public final class Main {

    private Main() {}

    /** Runs a verb and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The verbs, with errors said in one line. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(
                (error, command, parsed) -> {
                    command.getErr().println("dolim: " + Failure.inOneLine(error));
                    return Failure.exitCode(error);
                });
        return line;
    }
}
