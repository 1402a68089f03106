package io.dolim.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.dolim.book.history.Written;
import io.dolim.capacity.journal.StoredEventSerializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The journal, by its events and by its bytes. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "The journal, by its events and by its bytes.")
final class JournalVerb {

    private static final ObjectMapper CBOR = new CBORMapper();

    /** What a row of the log may have, the bytes of its event last. */
    private static final List<String> ROW =
            List.of(
                    "order",
                    "kind",
                    "pid",
                    "seq",
                    "up_to",
                    "commit",
                    "rows",
                    "timestamp_ms",
                    "time_ms",
                    "manifest",
                    "tags",
                    "chain",
                    "removed",
                    "writer",
                    "adapter",
                    "serializer",
                    "transaction",
                    "bytes",
                    "metadata_serializer",
                    "metadata_manifest",
                    "metadata_bytes");

    /** Of these what an eye can take in. */
    private static final int SEEN = ROW.indexOf("removed");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Prints every event with all its fields, one JSON object a line; with --bytes every row",
                "of the log as it is stored, which 'journal import' makes the same journal of."
            })
    int export(
            @Mixin StateOptions state,
            @Option(names = "--bytes", description = "Rows as they are stored.") boolean bytes,
            @Option(
                            names = "--to",
                            paramLabel = "FILE",
                            description = "A new file; implies --bytes.")
                    @Nullable Path to)
            throws IOException, JournalRefused {
        if (state.format() != OutputFormat.jsonl && state.format() != OutputFormat.table) {
            throw new IllegalArgumentException("--format=" + state.format() + " must be jsonl");
        }
        if (bytes || to != null) {
            return exportBytes(state, to);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = state.progress(spec.commandLine().getErr(), "exporting")) {
            state.journal().read(progress, written -> out.println(line(written)));
        }
        out.flush();
        return 0;
    }

    private int exportBytes(StateOptions state, @Nullable Path to)
            throws IOException, JournalRefused {
        List<String> words = words("export", StateJournal.folder(state.dir()));
        if (to != null) {
            absent("--to", to);
            words.addAll(List.of("--to", to.toString()));
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = state.progress(spec.commandLine().getErr(), "exporting")) {
            return JournalTool.run(words, out::println, progress);
        } finally {
            out.flush();
        }
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Makes a journal in a new state directory of what --bytes wrote.")
    int take(
            @Mixin StateOptions state,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "FILE",
                            description = "What 'journal export --bytes' wrote.")
                    Path from,
            @Option(
                            names = "--new-chain",
                            description =
                                    "The text was changed: the rows get a chain of their own, and"
                                            + " the journal another id.")
                    boolean newChain)
            throws IOException, JournalRefused {
        Path folder = state.dir().resolve("journal");
        absent("--dir", folder);
        List<String> words = words("import", folder);
        words.addAll(List.of("--from", from.toString(), "--chain", newChain ? "new" : "same"));
        if (!Files.isRegularFile(from)) {
            throw new NoSuchFileException(from.toString());
        }
        return one(state, "importing", words);
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "What the journal says of itself.")
    int info(@Mixin StateOptions state) throws IOException, JournalRefused {
        return one(state, "checking", words("info", StateJournal.folder(state.dir())));
    }

    @Command(
            name = "ls",
            mixinStandardHelpOptions = true,
            description = "Persistence ids with their highest and deleted sequence numbers.")
    int ls(@Mixin StateOptions state) throws IOException, JournalRefused {
        return many(
                state,
                "checking",
                words("ls", StateJournal.folder(state.dir())),
                List.of("pid", "highest", "deleted_to"));
    }

    @Command(
            name = "cat",
            mixinStandardHelpOptions = true,
            description = "The log's rows as they are stored, up to its head of now.")
    int cat(@Mixin StateOptions state, @Mixin ChosenRows chosen)
            throws IOException, JournalRefused {
        List<String> words = words("cat", StateJournal.folder(state.dir()));
        words.addAll(chosen.words());
        return many(state, "reading", words, columns(state));
    }

    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description = "Follows what is written, from the head of now on.")
    int tail(
            @Mixin StateOptions state,
            @Option(
                            names = "--after",
                            paramLabel = "ORDER",
                            description = "Begins behind this order number.")
                    @Nullable Long after,
            @Option(names = "--seconds", paramLabel = "S", description = "How long to follow.")
                    @Nullable Long seconds)
            throws IOException, JournalRefused {
        List<String> words = words("tail", StateJournal.folder(state.dir()));
        ChosenRows.add(words, "--after", after);
        ChosenRows.add(words, "--seconds", seconds);
        return many(state, "checking", words, columns(state));
    }

    private static List<String> columns(StateOptions state) {
        return state.format() == OutputFormat.table ? ROW.subList(0, SEEN) : ROW;
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "A deep check in a process of its own; exit code 3 when it is damaged.")
    int verify(@Mixin StateOptions state) throws IOException, JournalRefused {
        return one(state, "verifying", words("verify", StateJournal.folder(state.dir())));
    }

    @Command(
            name = "copy",
            mixinStandardHelpOptions = true,
            description = "A hot backup as a new state directory, for --dir of every verb.")
    int copy(
            @Mixin StateOptions state,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "STATE",
                            description = "A new state directory.")
                    Path to)
            throws IOException, JournalRefused {
        List<String> words = words("copy", StateJournal.folder(state.dir()));
        Path folder = to.resolve("journal");
        absent("--to", folder);
        words.addAll(List.of("--to", folder.toString()));
        return one(state, "copying", words);
    }

    @Command(
            name = "compact",
            mixinStandardHelpOptions = true,
            description = "Writes a stopped journal anew without its free pages.")
    int compact(@Mixin StateOptions state) throws IOException, JournalRefused {
        return one(state, "compacting", words("compact", StateJournal.folder(state.dir())));
    }

    private static List<String> words(String verb, Path folder) {
        return new ArrayList<>(List.of(verb, "--dir", folder.toString()));
    }

    private static void absent(String option, Path path) {
        if (Files.exists(path)) {
            throw new IllegalArgumentException(option + ": " + path + " must not be there yet");
        }
    }

    private int one(StateOptions state, String what, List<String> words) throws JournalRefused {
        Rows rows = state.rows(spec.commandLine().getOut());
        try (Progress progress = state.progress(spec.commandLine().getErr(), what)) {
            return JournalTool.run(words, line -> print(rows, row(line)), progress);
        }
    }

    private int many(StateOptions state, String what, List<String> words, List<String> columns)
            throws JournalRefused {
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = state.progress(spec.commandLine().getErr(), what);
                Rows.Stream rows = state.rows(out).stream(columns)) {
            return JournalTool.run(
                    words,
                    line -> {
                        rows.row(row(line));
                        if (out.checkError()) {
                            // who reads it has gone
                            throw new JournalTool.Enough();
                        }
                    },
                    progress);
        }
    }

    private static ObjectNode row(String line) {
        try {
            return (ObjectNode) Rows.JSON.readTree(line);
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void print(Rows rows, ObjectNode one) {
        try {
            rows.print(one);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static String line(Written written) {
        ObjectNode row =
                Rows.object()
                        .put("order", written.order())
                        .put("writer", written.persistenceId())
                        .put("sequence", written.sequence())
                        .put("time_ms", written.epochMs())
                        .put("event", written.event().getClass().getSimpleName());
        try {
            row.set("data", CBOR.readTree(StoredEventSerializer.canonicalBytes(written.event())));
            return Rows.JSON.writeValueAsString(row);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
