package io.dolim.deploy.bench;

import picocli.CommandLine.Command;

/** The measurements; public because the command line lists it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measurements with goals: exit code 0 when all are met, 1 when one is not.",
        subcommands = {JournalBenchVerb.class, RiskBenchVerb.class, ColdStartVerb.class})
public final class BenchVerb {

    /** For the command line. */
    public BenchVerb() {}
}
