package io.dolim.deploy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that are the journal's own tool's: which verb takes which, it says itself. */
final class PassedOn {

    @Option(
            names = "--after",
            paramLabel = "ORDER",
            description = "Begins behind this order number.")
    private @Nullable String after;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
    private @Nullable String limit;

    @Option(names = "--pid", paramLabel = "ID", description = "Only of this persistence id.")
    private @Nullable String pid;

    @Option(
            names = "--from",
            paramLabel = "SEQ|FILE",
            description = "First sequence number; for import the file.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "SEQ|DIR",
            description = "Last sequence number; for copy the new directory.")
    private @Nullable String to;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only with this tag.")
    private @Nullable String tag;

    @Option(names = "--seconds", paramLabel = "S", description = "How long to follow.")
    private @Nullable String seconds;

    @Option(
            names = "--chain",
            paramLabel = "same|new",
            description = "Whether an import keeps the chain of hashes.")
    private @Nullable String chain;

    List<String> words() {
        List<String> words = new ArrayList<>();
        add(words, "--after", after);
        add(words, "--limit", limit);
        add(words, "--pid", pid);
        add(words, "--from", from);
        add(words, "--to", to);
        add(words, "--tag", tag);
        add(words, "--seconds", seconds);
        add(words, "--chain", chain);
        return words;
    }

    private static void add(List<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name);
            words.add(value);
        }
    }
}
