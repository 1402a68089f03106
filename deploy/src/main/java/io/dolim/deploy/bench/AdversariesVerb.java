package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.adversary.Attack;
import io.dolim.capacity.adversary.Outcome;
import io.dolim.capacity.adversary.Sessions;
import io.dolim.deploy.OutputFormat;
import io.dolim.deploy.Progress;
import io.dolim.deploy.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takers who try to game the price of inventory: what they take out of the pool, at the engine's own mark. */
@Command(
        name = "adversaries",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Plays six attacks that once paid, each without its defence and with it, and then seeded sessions of",
            "ten strategies against the real desk, quoter and charge account. What an adversary takes is the mark of",
            "what he got less what he paid, at each fill. Exit code 1 when a goal is not met.",
            "10,000 sessions take about four minutes of one core."
        })
final class AdversariesVerb implements Callable<Integer> {

    private static final int MOST_SESSIONS = 10_000_000;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Sessions.")
    private int sessions = 10_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of all sessions; a session has a number beside it.")
    private long seed = 1;

    @Option(names = "--only", paramLabel = "NUMBER", description = "Plays this session alone.")
    private @Nullable Integer only;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = {
                "table prints goals and tables; the others print a row for each session:",
                "${COMPLETION-CANDIDATES}."
            })
    private OutputFormat format = OutputFormat.table;

    @Mixin private ReportOptions options = new ReportOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (sessions < 1 || sessions > MOST_SESSIONS) {
            throw new IllegalArgumentException(
                    "--sessions=" + sessions + " must be 1 to " + MOST_SESSIONS);
        }
        if (only != null && only < 0) {
            throw new IllegalArgumentException("--only=" + only + " must not be negative");
        }
        String machine = Machine.described();
        Config config = ConfigFactory.load().getConfig("dolim.capacity");
        List<Outcome> outcomes;
        List<Attack.Figures> attacks = new ArrayList<>();
        try (Progress bar = options.progress("attacks")) {
            if (only == null) {
                Attack[] all = Attack.values();
                for (int i = 0; i < all.length; i++) {
                    bar.at(i, all.length);
                    attacks.add(all[i].played(config));
                }
            }
            bar.now("sessions");
            outcomes = played(new Sessions(config, seed), bar);
        }
        Report report = new AdversaryFigures(outcomes, attacks).report();
        if (format == OutputFormat.table) {
            return options.told(report, machine);
        }
        Rows rows = new Rows(format, spec.commandLine().getOut());
        rows.print(outcomes.stream().<ObjectNode>map(AdversaryFigures::row).toList());
        return report.allMet() ? 0 : 1;
    }

    private List<Outcome> played(Sessions all, Progress bar) {
        if (only != null) {
            return List.of(all.play(only));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int number = 0; number < sessions; number++) {
            outcomes.add(all.play(number));
            bar.at(number + 1, sessions);
        }
        return outcomes;
    }
}
