package io.dolim.deploy.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Goals and tables of a run, as Markdown: for the terminal and for the page of results. */
final class Report {

    private final List<String> lines = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();

    void goal(Goal goal) {
        goals.add(goal);
    }

    List<Goal> goals() {
        return List.copyOf(goals);
    }

    boolean allMet() {
        return goals.stream().allMatch(Goal::met);
    }

    void say(String sentence) {
        lines.add("");
        lines.add(sentence);
    }

    /** A table; each row has as many cells as the head. */
    void table(List<String> head, List<List<String>> rows) {
        lines.add("");
        lines.addAll(rendered(head, rows));
    }

    private static List<String> rendered(List<String> head, List<List<String>> rows) {
        List<String> rendered = new ArrayList<>();
        rendered.add(row(head));
        rendered.add("|" + "---|".repeat(head.size()));
        for (List<String> cells : rows) {
            if (cells.size() != head.size()) {
                throw new IllegalArgumentException("cells=" + cells + " under " + head);
            }
            rendered.add(row(cells));
        }
        return rendered;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Goals first, then what they were taken from. */
    String markdown() {
        List<String> all = new ArrayList<>();
        all.addAll(
                rendered(
                        List.of("goal", "aim", "reached", ""),
                        goals.stream()
                                .map(
                                        goal ->
                                                List.of(
                                                        goal.name(),
                                                        goal.wanted(),
                                                        goal.reached(),
                                                        goal.met()
                                                                ? goal.verdict()
                                                                : "**" + goal.verdict() + "**"))
                                .toList()));
        all.addAll(lines);
        return String.join("\n", all) + "\n";
    }

    /**
     * Prints it, and appends it to a page of results when there is one.
     *
     * @return exit code of the command: 0 when all goals are met, else 1
     */
    int told(CommandSpec command, String machine, Optional<Path> page) throws IOException {
        PrintWriter out = command.commandLine().getOut();
        out.print(markdown());
        out.flush();
        if (page.isPresent()) {
            append(page.get(), machine, command);
        }
        return allMet() ? 0 : 1;
    }

    /** With machine, commit and command. */
    private void append(Path page, String machine, CommandSpec command) throws IOException {
        String words =
                String.join(" ", command.root().commandLine().getParseResult().originalArgs());
        String text =
                "\n## %s, commit %s\n\n    deploy/dolim %s\n\n%s.\n\n%s"
                        .formatted(
                                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                                Machine.commit(Path.of(".")),
                                words,
                                machine,
                                markdown());
        Files.writeString(page, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
