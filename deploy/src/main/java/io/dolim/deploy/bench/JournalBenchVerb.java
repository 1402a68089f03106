package io.dolim.deploy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** This journal beside others and beside the limits of the disk, in one run. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = {
            "This journal beside LevelDB, Postgres, H2 and memory, all under the same typed entities, and",
            "beside the limits: a preallocated file with fsync, and LMDB alone. They take turns, and each",
            "goal is held to the median of the rounds. Exit code 1 when a goal is not met."
        })
final class JournalBenchVerb implements Callable<Integer> {

    private static final JournalRun.Size FULL = new JournalRun.Size(5, 3_000, 4_000, 1_000_000, 60);
    private static final JournalRun.Size SHORT = new JournalRun.Size(2, 500, 500, 20_000, 15);

    @Option(
            names = "--short",
            description = "A quick look: shorter turns, fewer rounds, less to recover.")
    private boolean brief;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Seconds of a turn; 3, with --short 0.5.")
    private @Nullable Double seconds;

    @Option(
            names = "--without",
            paramLabel = "NAME",
            description =
                    "Leaves a journal out, and its goals: leveldb, postgres, h2, memory. May be repeated.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--day",
            paramLabel = "STATE",
            description =
                    "State directory of a stopped pool whose mix of events is taken; else a pool is run for it.")
    private @Nullable Path day;

    @Option(
            names = "--append",
            paramLabel = "FILE",
            description = "Appends what was measured, with machine, commit and command.")
    private @Nullable Path append;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        Set<BenchedJournal> journals = journals(without);
        String machine = Machine.described();
        Path scratch = Files.createTempDirectory("dolim-bench");
        Report report;
        try {
            report =
                    new JournalRun(
                                    size(),
                                    journals,
                                    Optional.ofNullable(day),
                                    scratch,
                                    spec.commandLine().getErr())
                            .measure()
                            .report();
        } finally {
            Folders.delete(scratch);
        }
        return report.told(spec, machine, Optional.ofNullable(append));
    }

    private JournalRun.Size size() {
        JournalRun.Size size = brief ? SHORT : FULL;
        if (seconds == null) {
            return size;
        }
        if (!(seconds > 0 && seconds <= 600)) {
            throw new IllegalArgumentException(
                    "--seconds=" + seconds + " must be above 0 and at most 600");
        }
        return new JournalRun.Size(
                size.rounds(),
                Math.round(seconds * 1000),
                size.fill(),
                size.coldEvents(),
                size.daySeconds());
    }

    /** All but those left out; ours stays. */
    static Set<BenchedJournal> journals(List<String> without) {
        Set<BenchedJournal> journals = EnumSet.allOf(BenchedJournal.class);
        for (String name : without) {
            boolean known =
                    journals.removeIf(
                            journal ->
                                    journal != BenchedJournal.DOLIM
                                            && journal.option().equals(name));
            if (!known) {
                throw new IllegalArgumentException(
                        "--without=" + name + " is none of leveldb, postgres, h2, memory");
            }
        }
        return journals;
    }
}
