package io.dolim.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Adds what a run of {@code torture} found to a table of such runs. */
final class TortureRecord {

    private static final List<String> COLUMNS =
            List.of(
                    "seed",
                    "kills",
                    "acknowledged",
                    "damages",
                    "refused",
                    "harmless",
                    "engine_kills",
                    "least_in_flight",
                    "orders",
                    "trades",
                    "unknown",
                    "filled",
                    "lapsed",
                    "violations");
    private static final long PATIENCE_S = 10;

    private TortureRecord() {}

    static void add(Path file, ObjectNode outcome, String command) throws IOException {
        StringBuilder line =
                new StringBuilder("| ")
                        .append(LocalDate.now(ZoneOffset.UTC))
                        .append(" | ")
                        .append(commit().orElse("unknown"))
                        .append(" | ")
                        .append(machine());
        COLUMNS.forEach(column -> line.append(" | ").append(outcome.path(column).asText()));
        line.append(" | `").append(command).append("` |\n");
        if (!Files.exists(file)) {
            Files.writeString(file, head());
        }
        Files.writeString(file, line, StandardOpenOption.APPEND);
    }

    private static String head() {
        return "# Kills and damages: what was found\n\n| date | commit | machine | "
                + String.join(" | ", COLUMNS)
                + " | command |\n"
                + "|---".repeat(COLUMNS.size() + 4)
                + "|\n";
    }

    private static String machine() throws IOException {
        String model =
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        return model
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores, "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", Java "
                + Runtime.version().feature();
    }

    /** Of the tree that the command is run in; empty where there is none. */
    private static Optional<String> commit() throws IOException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
        try (var said = git.inputReader()) {
            Optional<String> commit = said.lines().findFirst();
            return git.waitFor(PATIENCE_S, TimeUnit.SECONDS) && git.exitValue() == 0
                    ? commit
                    : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
