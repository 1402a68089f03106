package io.dolim.deploy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows of the log are wanted. */
final class ChosenRows {

    @Option(
            names = "--after",
            paramLabel = "ORDER",
            description = "Begins behind this order number.")
    private @Nullable Long after;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private @Nullable Long limit;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only events with this tag.")
    private @Nullable String tag;

    @Option(names = "--pid", paramLabel = "ID", description = "Only events of this persistence id.")
    private @Nullable String pid;

    @Option(names = "--from", paramLabel = "SEQ", description = "Of --pid the first.")
    private @Nullable Long from;

    @Option(names = "--to", paramLabel = "SEQ", description = "Of --pid the last.")
    private @Nullable Long to;

    /** For the journal's tool. @throws IllegalArgumentException when they do not go together */
    List<String> words() {
        if (pid == null && (from != null || to != null)) {
            throw new IllegalArgumentException("--from and --to go with --pid");
        }
        if (pid != null && (tag != null || after != null)) {
            throw new IllegalArgumentException("--pid goes with --from and --to only");
        }
        List<String> words = new ArrayList<>();
        add(words, "--after", after);
        add(words, "--limit", limit);
        add(words, "--pid", pid);
        add(words, "--from", from);
        add(words, "--to", to);
        add(words, "--tag", tag);
        return words;
    }

    static void add(List<String> words, String name, @Nullable Object value) {
        if (value != null) {
            words.add(name);
            words.add(value.toString());
        }
    }
}
