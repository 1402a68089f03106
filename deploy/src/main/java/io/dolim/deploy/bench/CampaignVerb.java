package io.dolim.deploy.bench;

import picocli.CommandLine.Command;

/** What a pool comes to over a long time; public because the command line lists it. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        description = "Long runs with goals: exit code 0 when all are met, 1 when one is not.",
        subcommands = {DayVerb.class, AdversariesVerb.class, ShortfallVerb.class, GammaVerb.class})
public final class CampaignVerb {

    /** For the command line. */
    public CampaignVerb() {}
}
