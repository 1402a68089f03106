package io.dolim.deploy;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags that all verbs over a state directory share. */
final class StateOptions {

    @Option(
            names = "--dir",
            paramLabel = "STATE",
            defaultValue = "./var",
            description = "The state directory, live or copied; ${DEFAULT-VALUE}. Only read.")
    private Path dir = Path.of("var");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.table;

    @Option(
            names = "--progress",
            description = "Shows a progress bar on standard error, also when it is no terminal.")
    private boolean progress;

    OutputFormat format() {
        return format;
    }

    StateJournal journal() {
        return new StateJournal(dir);
    }

    Path dir() {
        return dir;
    }

    Rows rows(PrintWriter out) {
        return new Rows(format, out);
    }

    Progress progress(PrintWriter err, String what) {
        return Progress.of(progress, err, what);
    }
}
