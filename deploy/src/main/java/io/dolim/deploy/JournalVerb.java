package io.dolim.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.dolim.book.history.Written;
import io.dolim.capacity.journal.StoredEventSerializer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The journal, by its events and by its bytes. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "The journal, by its events and by its bytes.")
final class JournalVerb {

    private static final ObjectMapper CBOR = new CBORMapper();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Prints every event with all its fields, one JSON object a line.")
    int export(@Mixin StateOptions state) throws Exception {
        if (state.format() != OutputFormat.jsonl && state.format() != OutputFormat.table) {
            throw new IllegalArgumentException("--format=" + state.format() + " must be jsonl");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = state.progress(spec.commandLine().getErr())) {
            state.journal()
                    .read(
                            written -> {
                                out.println(line(written));
                                progress.step("exported");
                            });
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "info",
            mixinStandardHelpOptions = true,
            description = "What the journal says of itself.")
    int info(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "info", more.words());
    }

    @Command(
            name = "ls",
            mixinStandardHelpOptions = true,
            description = "Persistence ids with their highest and deleted sequence numbers.")
    int ls(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "ls", more.words());
    }

    @Command(
            name = "cat",
            mixinStandardHelpOptions = true,
            description =
                    "Events as they are stored: --after ORDER, --limit N, --pid ID, --from SEQ, --to SEQ, --tag TAG.")
    int cat(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "cat", more.words());
    }

    @Command(
            name = "tail",
            mixinStandardHelpOptions = true,
            description = "Follows what is written: --after ORDER, --seconds S.")
    int tail(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "tail", more.words());
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "A deep check in a process of its own; exit code 3 when it is damaged.")
    int verify(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "verify", more.words());
    }

    @Command(
            name = "copy",
            mixinStandardHelpOptions = true,
            description = "A hot backup: --to DIR.")
    int copy(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "copy", more.words());
    }

    @Command(
            name = "compact",
            mixinStandardHelpOptions = true,
            description = "Compacts a stopped journal.")
    int compact(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "compact", more.words());
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Makes a journal of what --to wrote: --from FILE.")
    int take(@Mixin StateOptions state, @Mixin PassedOn more) throws IOException {
        return tool(state, "import", more.words());
    }

    /** The bytes are the journal module's own affair: it brings its tool along. */
    private int tool(StateOptions state, String verb, List<String> more) throws IOException {
        ToolProvider tool =
                ToolProvider.findFirst("journal")
                        .orElseThrow(
                                () -> new IllegalStateException("no journal tool is on the path"));
        List<String> words =
                new ArrayList<>(List.of(verb, "--dir", state.dir().resolve("journal").toString()));
        words.addAll(more);
        StringWriter said = new StringWriter();
        boolean follows = verb.equals("tail");
        PrintWriter out = follows ? spec.commandLine().getOut() : new PrintWriter(said);
        int code;
        try (Progress progress = state.progress(spec.commandLine().getErr())) {
            PrintWriter err = new ToolErrors(spec.commandLine().getErr(), progress);
            code = tool.run(out, err, words.toArray(String[]::new));
        }
        out.flush();
        print(state, said.toString());
        return code;
    }

    /** What the tool says beside its output: its progress is drawn, the rest is said. */
    private static final class ToolErrors extends PrintWriter {

        private final Progress progress;

        ToolErrors(PrintWriter err, Progress progress) {
            super(err, true);
            this.progress = progress;
        }

        @Override
        public void println(String line) {
            if (line.startsWith("progress ")) {
                progress.step("of " + line.substring(line.lastIndexOf(' ') + 1));
            } else {
                super.println("dolim: " + line);
            }
        }
    }

    private void print(StateOptions state, String lines) throws JsonProcessingException {
        List<ObjectNode> rows = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            if (Rows.JSON.readTree(line) instanceof ObjectNode row) {
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            state.rows(spec.commandLine().getOut()).print(rows);
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
