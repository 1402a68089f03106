package io.dolim.deploy.bench;

import io.dolim.deploy.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags that the long measurements share: where their report goes, and how far they are. */
final class ReportOptions {

    @Option(
            names = "--append",
            paramLabel = "FILE",
            description = "Appends what was measured, with machine, commit and command.")
    private @Nullable Path append;

    @Option(
            names = "--progress",
            description = "Shows a progress bar on standard error, also when it is no terminal.")
    private boolean progress;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** A bar on standard error. */
    Progress progress(String what) {
        return Progress.of(progress, spec.commandLine().getErr(), what);
    }

    /** Prints the report and appends it. @return the command's exit code */
    int told(Report report, String machine) throws IOException {
        return report.told(spec, machine, Optional.ofNullable(append));
    }
}
