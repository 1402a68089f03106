package io.dolim.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Kills and damages, to find out whether the journal keeps its promise. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Kills and damages, to find out whether promises are kept.")
final class TortureVerb {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "journal",
            mixinStandardHelpOptions = true,
            description = {
                "Kills processes that write a journal, damages files of one, and kills whole engines under load.",
                "Exit code 1 when an acknowledged event is lost or altered, a damage is not found, or a process dies of it."
            })
    int journal(
            @Option(
                            names = "--dir",
                            paramLabel = "DIR",
                            defaultValue = "./torture",
                            description = "An empty directory on a disk; ${DEFAULT-VALUE}.")
                    Path dir,
            @Option(
                            names = "--kills",
                            paramLabel = "N",
                            defaultValue = "200",
                            description = "Writers to kill; ${DEFAULT-VALUE}.")
                    int kills,
            @Option(
                            names = "--damages",
                            paramLabel = "N",
                            defaultValue = "500",
                            description = "Flips and truncations; ${DEFAULT-VALUE}.")
                    int damages,
            @Option(
                            names = "--engine-kills",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "Engines to kill; ${DEFAULT-VALUE}.")
                    int engineKills,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Of all choices; ${DEFAULT-VALUE}.")
                    long seed,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "table",
                            description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
                    OutputFormat format,
            @Option(
                            names = "--record",
                            paramLabel = "FILE",
                            description = "Adds the outcome to a table in Markdown.")
                    @Nullable Path record)
            throws Exception {
        if (kills < 0 || damages < 0 || engineKills < 0) {
            throw new IllegalArgumentException("kills and damages must not be negative");
        }
        requireEmpty(dir);
        List<String> violations = new ArrayList<>();
        ObjectNode row = Rows.object().put("seed", seed);
        try (Steps steps = new Steps(spec.commandLine().getErr(), kills + damages)) {
            bytes(dir.resolve("journal"), kills, damages, seed, steps, row, violations);
        }
        if (engineKills > 0) {
            engines(dir.resolve("engine"), engineKills, seed, row, violations);
        }
        row.put("violations", violations.size());
        violations.forEach(each -> spec.commandLine().getErr().println("dolim: " + each));
        new Rows(format, spec.commandLine().getOut()).print(List.of(row));
        if (record != null) {
            TortureRecord.add(
                    record,
                    row,
                    "deploy/dolim torture journal --kills %d --damages %d --engine-kills %d --seed %d"
                            .formatted(kills, damages, engineKills, seed));
        }
        return violations.isEmpty() ? 0 : 1;
    }

    private static void requireEmpty(Path dir) throws IOException {
        Files.createDirectories(dir);
        try (Stream<Path> there = Files.list(dir)) {
            if (there.findAny().isPresent()) {
                throw new IllegalArgumentException("--dir=" + dir + " must be empty");
            }
        }
    }

    /** The bytes are the journal module's own affair: it brings its tool along. */
    private static void bytes(
            Path dir,
            int kills,
            int damages,
            long seed,
            Steps steps,
            ObjectNode row,
            List<String> violations) {
        ToolProvider tool =
                ToolProvider.findFirst("journal")
                        .orElseThrow(
                                () -> new IllegalStateException("no journal tool is on the path"));
        int code =
                tool.run(
                        steps,
                        steps,
                        "torture",
                        "--dir",
                        dir.toString(),
                        "--kills",
                        Integer.toString(kills),
                        "--damages",
                        Integer.toString(damages),
                        "--seed",
                        Long.toString(seed));
        steps.summary().ifPresent(row::setAll);
        violations.addAll(steps.violations());
        if (code != 0 && violations.isEmpty()) {
            violations.add("the journal's tool ended with " + code);
        }
    }

    private void engines(Path dir, int kills, long seed, ObjectNode row, List<String> violations) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            EngineTorture.Report report =
                    EngineTorture.run(
                            new EngineTorture.Plan(Files.createDirectories(dir), kills, seed),
                            done -> said(err, "engines killed " + done + " of " + kills));
            row.put("engine_kills", report.kills())
                    .put("least_in_flight", report.leastInFlight())
                    .put("orders", report.orders())
                    .put("trades", report.trades())
                    .put("unknown", report.unknown())
                    .put("filled", report.filled())
                    .put("lapsed", report.lapsed());
            if (report.leastInFlight() < EngineTorture.LEAST_IN_FLIGHT) {
                violations.add("too few orders were under way at a kill: " + report);
            }
        } catch (Exception violated) {
            violations.add("engine seed=" + seed + " " + violated);
        }
        err.println();
    }

    private static void said(PrintWriter err, String line) {
        err.print("\r" + line + " ");
        err.flush();
    }

    /** Hears the tool's lines: steps are drawn, the summary and what is no JSON are kept. */
    private static final class Steps extends PrintWriter {

        private final PrintWriter err;
        private final int all;
        private final List<String> violations = new ArrayList<>();
        private Optional<ObjectNode> summary = Optional.empty();
        private int done;

        Steps(PrintWriter err, int all) {
            super(Writer.nullWriter());
            this.err = err;
            this.all = all;
        }

        @Override
        public void println(String line) {
            JsonNode said = parsed(line);
            if (said.has("kill") || said.has("damage")) {
                TortureVerb.said(err, "journal " + ++done + " of " + all);
            } else if (said instanceof ObjectNode last && said.has("violations")) {
                last.remove("violations");
                summary = Optional.of(last);
            } else {
                violations.add(line);
            }
        }

        private static JsonNode parsed(String line) {
            try {
                return Rows.JSON.readTree(line);
            } catch (JsonProcessingException text) {
                return Rows.JSON.missingNode();
            }
        }

        Optional<ObjectNode> summary() {
            return summary;
        }

        List<String> violations() {
            return violations;
        }

        @Override
        public void close() {
            err.println();
            super.close();
        }
    }
}
