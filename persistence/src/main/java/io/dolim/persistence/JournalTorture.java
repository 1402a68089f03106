package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Kills writing processes at random points, under either durability in turn, and damages files at random places. After a kill every
 * acknowledged event must be read back equal, without a gap; after damage the same, or the opening
 * is refused with the place. A process that dies of the damage, or a journal that is shorter and
 * called sound, is a violation.
 */
public final class JournalTorture {

    private static final int KILLS_PER_DIRECTORY = 10;
    private static final int MOST_LINES = 600;

    private JournalTorture() {}

    /**
     * What to do.
     *
     * @param directory an empty one, or one that is not there; what failed is left in it
     * @param kills processes to kill
     * @param damages flips and truncations, three to one
     * @param seed of all choices
     */
    public record Plan(Path directory, int kills, int damages, long seed) {}

    /**
     * What came of it.
     *
     * @param acknowledged events acknowledged by processes that were killed
     * @param refused damaged copies that were refused with the place
     * @param harmless damaged copies that were read back equal
     * @param violations one line each; none when the journal kept its promise
     */
    public record Report(
            int kills,
            long acknowledged,
            int damages,
            int refused,
            int harmless,
            List<String> violations) {
        public Report {
            violations = List.copyOf(violations);
        }
    }

    /** Runs the plan; {@code lines} hears each step as one line of JSON, the last one the report. */
    public static Report run(Plan plan, Consumer<String> lines) throws IOException {
        var run = new Run(plan, JournalCopies.empty(plan.directory().toAbsolutePath()), lines);
        try {
            run.kills();
            run.damages();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return run.report();
    }

    private static final class Run {
        private final Plan plan;
        private final Path directory;
        private final Consumer<String> lines;
        private final SplittableRandom random;
        private final List<String> violations = new ArrayList<>();
        private long acknowledged;
        private int killed;
        private int refused;
        private int harmless;

        Run(Plan plan, Path directory, Consumer<String> lines) {
            this.plan = plan;
            this.directory = directory;
            this.lines = lines;
            this.random = new SplittableRandom(plan.seed());
        }

        void kills() throws IOException, InterruptedException {
            var acknowledgements = new TreeMap<String, Long>();
            var journal = directory;
            for (int i = 0; i < plan.kills(); i++) {
                if (i % KILLS_PER_DIRECTORY == 0) {
                    journal = Files.createDirectory(directory.resolve("kills-" + i));
                    acknowledgements.clear();
                }
                var after = 1 + random.nextInt(MOST_LINES);
                var before = acknowledged;
                kill(journal, durability(i), after, acknowledgements);
                killed++;
                var finding = TortureChild.check(journal, acknowledgements);
                finding.ifPresent(text -> violations.add("seed=" + plan.seed() + " " + text));
                lines.accept(
                        "{\"kill\":%d,\"durability\":\"%s\",\"after\":%d,\"acknowledged\":%d,\"sound\":%b}"
                                .formatted(
                                        i + 1,
                                        durability(i),
                                        after,
                                        acknowledged - before,
                                        finding.isEmpty()));
            }
        }

        /** Both survive a process; only the machine's end tells them apart. */
        private static String durability(int kill) {
            return kill / KILLS_PER_DIRECTORY % 2 == 0 ? "commit" : "os";
        }

        private void kill(
                Path journal, String durability, int after, Map<String, Long> acknowledgements)
                throws IOException, InterruptedException {
            var process = start("write", journal.toString(), durability);
            try (var said = process.inputReader()) {
                for (int i = 0; i < after; i++) {
                    if (!note(said.readLine(), acknowledgements)) {
                        violations.add("seed=" + plan.seed() + " the writer ended by itself");
                        break;
                    }
                }
                process.toHandle().destroyForcibly();
                // a last line that was cut off is no acknowledgement
                for (var line = said.readLine(); line != null; line = said.readLine()) {
                    note(line, acknowledgements);
                }
            }
            process.waitFor();
        }

        private boolean note(
                @org.jspecify.annotations.Nullable String line,
                Map<String, Long> acknowledgements) {
            if (line == null) {
                return false;
            }
            var words = line.split(" ", -1);
            if (words.length == 4 && words[3].equals(".")) {
                acknowledgements.merge(words[0], Long.parseLong(words[1]), Math::max);
                acknowledged++;
            }
            return true;
        }

        private static Process start(String... arguments) throws IOException {
            return new ProcessBuilder(JournalVerifier.command(TortureChild.class, arguments))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        /** The child says each damage before it does it: the one it dies of is the last said. */
        void damages() throws IOException, InterruptedException {
            if (plan.damages() == 0) {
                return;
            }
            var original = Files.createDirectory(directory.resolve("original"));
            TortureChild.fill(original);
            var done = 0;
            while (done < plan.damages()) {
                var process =
                        start(
                                "damage",
                                original.toString(),
                                directory.resolve("damaged").toString(),
                                Long.toString(plan.seed()),
                                Integer.toString(done),
                                Integer.toString(plan.damages()));
                var before = done;
                var current = "";
                try (var said = process.inputReader()) {
                    for (var line = said.readLine(); line != null; line = said.readLine()) {
                        if (line.startsWith("{\"damage\"")) {
                            done++;
                            count(line);
                        } else if (line.startsWith("try ")) {
                            current = line;
                        }
                    }
                }
                var code = process.waitFor();
                if (done < plan.damages()) {
                    violations.add(
                            "seed=%d the process died, exit code %d: %s"
                                    .formatted(plan.seed(), code, current));
                    done = Math.max(done, before) + 1;
                }
            }
        }

        private void count(String line) {
            lines.accept(line);
            if (line.contains("\"result\":\"refused\"")) {
                refused++;
            } else if (line.contains("\"result\":\"equal\"")) {
                harmless++;
            } else {
                violations.add("seed=" + plan.seed() + " " + line);
            }
        }

        Report report() {
            var report =
                    new Report(killed, acknowledged, plan.damages(), refused, harmless, violations);
            violations.forEach(lines);
            lines.accept(
                    "{\"seed\":%d,\"kills\":%d,\"acknowledged\":%d,\"damages\":%d,\"refused\":%d,\"harmless\":%d,\"violations\":%d}"
                            .formatted(
                                    plan.seed(),
                                    killed,
                                    acknowledged,
                                    plan.damages(),
                                    refused,
                                    harmless,
                                    violations.size()));
            return report;
        }
    }
}
