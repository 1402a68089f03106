package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.book.history.Past;
import io.dolim.book.history.Place;
import io.dolim.book.history.StateTree;
import io.dolim.book.history.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the whole pool at a place of its journal, and how two places differ. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description =
                "The whole pool at a place of its journal: positions, greeks, capital, accounts.")
final class StateVerb {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints the pool at a place; at the end when none is given.")
    int show(
            @Mixin StateOptions state,
            @Option(names = "--at", paramLabel = "ORDER|TIME|CUT|TRADE", description = "Where.")
                    @Nullable String at)
            throws Exception {
        ObjectNode tree = tree(state, Optional.ofNullable(at));
        state.rows(spec.commandLine().getOut()).print(tree);
        return 0;
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description =
                    "Prints the values that differ between two places; exit code 1 if any does.")
    int diff(
            @Mixin StateOptions state,
            @Parameters(paramLabel = "A", description = "One place.") String one,
            @Parameters(paramLabel = "B", description = "The other.") String other)
            throws Exception {
        SortedMap<String, String> from = values(tree(state, Optional.of(one)));
        SortedMap<String, String> to = values(tree(state, Optional.of(other)));
        SortedSet<String> paths = new TreeSet<>(from.keySet());
        paths.addAll(to.keySet());
        List<ObjectNode> rows = new ArrayList<>();
        for (String path : paths) {
            String a = from.getOrDefault(path, "");
            String b = to.getOrDefault(path, "");
            if (!a.equals(b)) {
                rows.add(Rows.object().put("path", path).put("a", a).put("b", b));
            }
        }
        state.rows(spec.commandLine().getOut()).print(rows);
        return rows.isEmpty() ? 0 : 1;
    }

    private static SortedMap<String, String> values(JsonNode tree) {
        SortedMap<String, String> values = new TreeMap<>();
        Rows.paths(tree)
                .forEach(row -> values.put(row.path("path").asText(), row.path("value").asText()));
        return values;
    }

    private ObjectNode tree(StateOptions state, Optional<String> at) throws Exception {
        return new StateTree().of(past(state, at.map(Place::parse), spec));
    }

    /**
     * Folds a journal to a place.
     *
     * @throws IllegalArgumentException when there is no such place, or nothing lies before it
     */
    static Past past(StateOptions state, Optional<Place> until, CommandSpec spec) throws Exception {
        Past past = new Past();
        Stretch stretch = new Stretch(Optional.empty(), until);
        try (Progress progress = state.progress(spec.commandLine().getErr(), "folding")) {
            state.journal()
                    .read(
                            progress,
                            written -> {
                                if (stretch.next(written) == Stretch.Part.WITHIN) {
                                    past.apply(written);
                                }
                                if (stretch.ended()) {
                                    throw new JournalTool.Enough();
                                }
                            });
        }
        stretch.requireFound();
        if (past.last().isEmpty()) {
            throw new IllegalArgumentException("nothing is written before this place");
        }
        return past;
    }
}
