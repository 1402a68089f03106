package io.dolim.deploy.bench;

import java.util.ArrayList;
import java.util.List;

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
}
