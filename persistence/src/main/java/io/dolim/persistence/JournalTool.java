package io.dolim.persistence;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * The commands over bytes as the tool {@code journal}, found by {@link ToolProvider#findFirst}, so
 * that a command line needs not be compiled against this module. It answers lines of JSON on the
 * first writer; the second hears progress ({@code progress DONE ALL}) and errors.
 *
 * <pre>
 *   info    --dir DIR                                what the journal says of itself
 *   ls      --dir DIR                                persistence ids, highest and deleted sequence numbers
 *   cat     --dir DIR [--after ORDER] [--limit N] [--pid ID [--from SEQ] [--to SEQ]] [--tag TAG]
 *   tail    --dir DIR [--after ORDER] [--seconds S]  follows what is written, from the head on
 *   snapshots --dir DIR                              every entity's, with their bytes in Base64
 *   verify  --dir DIR                                deep check in a process of its own
 *   copy    --dir DIR --to DIR                       hot backup
 *   compact --dir DIR                                of a stopped journal
 *   export  --dir DIR [--to FILE]
 *   import  --from FILE --dir DIR [--chain same|new]
 *   torture --dir DIR [--kills N] [--damages N] [--seed N]
 * </pre>
 *
 * Exit codes: 0 fine, 1 a violation, 2 usage, 3 corrupt or of another format, 4 locked, 5 anything
 * else that failed.
 */
public final class JournalTool implements ToolProvider {

    private static final int PAGE = 500;
    private static final List<String> OPTIONS =
            List.of(
                    "dir", "to", "from", "after", "limit", "pid", "tag", "seconds", "chain",
                    "kills", "damages", "seed");

    /** For {@link java.util.ServiceLoader}. */
    public JournalTool() {}

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return new Run(out, err, arguments).verb();
        } catch (IllegalArgumentException usage) {
            return failed(err, 2, usage);
        } catch (JournalCorrupt | JournalFormatUnsupported corrupt) {
            return failed(err, 3, corrupt);
        } catch (JournalLocked locked) {
            return failed(err, 4, locked);
        } catch (IOException | JournalException failure) {
            return failed(err, 5, failure);
        } finally {
            out.flush();
        }
    }

    private static int failed(PrintWriter err, int code, Exception failure) {
        err.println(failure.getMessage());
        err.flush();
        return code;
    }

    /** One command. */
    private static final class Run {
        private final PrintWriter out;
        private final PrintWriter err;
        private final String verb;
        private final Map<String, String> options = new HashMap<>();

        Run(PrintWriter out, PrintWriter err, String... arguments) {
            this.out = out;
            this.err = err;
            if (arguments.length % 2 == 0) {
                throw new IllegalArgumentException("wanted: VERB --option value ...");
            }
            this.verb = arguments[0];
            for (int i = 1; i < arguments.length; i += 2) {
                var name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
                if (!OPTIONS.contains(name)) {
                    throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
                options.put(name, arguments[i + 1]);
            }
        }

        int verb() throws IOException {
            return switch (verb) {
                case "info" -> reading(this::info);
                case "ls" -> reading(this::ls);
                case "cat" -> reading(this::cat);
                case "tail" -> reading(this::tail);
                case "snapshots" -> reading(this::snapshots);
                case "export" -> reading(this::export);
                case "verify" -> verify();
                case "copy" ->
                        copied(JournalCopies.copy(dir(), Path.of(text("to")), this::progress));
                case "compact" -> copied(JournalCopies.compact(dir(), this::progress));
                case "import" -> imported();
                case "torture" -> torture();
                default -> throw new IllegalArgumentException("unknown verb " + verb);
            };
        }

        private void progress(long done, long all) {
            err.println("progress " + done + " " + all);
        }

        private Path dir() {
            return Path.of(text("dir"));
        }

        private String text(String option) {
            return Optional.ofNullable(options.get(option))
                    .orElseThrow(() -> new IllegalArgumentException(verb + " wants --" + option));
        }

        private long number(String option, long otherwise) {
            return Optional.ofNullable(options.get(option)).map(Long::parseLong).orElse(otherwise);
        }

        private interface Reading {
            void with(JournalReader reader) throws IOException;
        }

        private int reading(Reading work) throws IOException {
            try (var reader = JournalReader.open(dir(), this::progress)) {
                work.with(reader);
                return 0;
            }
        }

        private interface Fields {
            void into(JsonGenerator json) throws IOException;
        }

        private void line(Fields fields) throws IOException {
            var text = new StringWriter();
            try (var json = JournalText.JSON.createGenerator(text)) {
                json.writeStartObject();
                fields.into(json);
                json.writeEndObject();
            }
            out.println(text);
        }

        private void info(JournalReader reader) throws IOException {
            var info = reader.info();
            line(
                    json -> {
                        json.writeStringField("dir", info.directory().toString());
                        json.writeNumberField("format", info.formatVersion());
                        json.writeStringField("journal", info.journal().toString());
                        json.writeNumberField("created_ms", info.createdMs());
                        json.writeNumberField("last_order", info.lastOrder());
                        json.writeNumberField("last_commit", info.lastCommit());
                        json.writeNumberField("last_commit_ms", info.lastCommitMs());
                        json.writeStringField("chain", info.chain());
                        json.writeNumberField("anchor_order", info.anchorOrder());
                        json.writeNumberField("indexed_order", info.indexedOrder());
                        json.writeNumberField("file_bytes", info.fileBytes());
                        json.writeNumberField("used_bytes", info.usedBytes());
                        json.writeNumberField("persistence_ids", info.persistenceIds());
                        json.writeNumberField("readers", info.readers());
                        json.writeBooleanField("live", info.writer().isPresent());
                        json.writeNumberField("writer_pid", info.writer().orElse(-1));
                        json.writeObjectFieldStart("tables");
                        for (var table : info.tables().entrySet()) {
                            json.writeObjectFieldStart(table.getKey());
                            json.writeNumberField("rows", table.getValue().rows());
                            json.writeNumberField("depth", table.getValue().depth());
                            json.writeNumberField("branch_pages", table.getValue().branches());
                            json.writeNumberField("leaf_pages", table.getValue().leaves());
                            json.writeNumberField("overflow_pages", table.getValue().overflows());
                            json.writeEndObject();
                        }
                        json.writeEndObject();
                    });
        }

        private void ls(JournalReader reader) throws IOException {
            var from = 0;
            for (var page = reader.streams(0, PAGE);
                    !page.isEmpty();
                    page = reader.streams(from, PAGE)) {
                for (var stream : page) {
                    line(
                            json -> {
                                json.writeStringField("pid", stream.persistenceId());
                                json.writeNumberField("highest", stream.highest());
                                json.writeNumberField("deleted_to", stream.deletedTo());
                            });
                }
                from += page.size();
            }
        }

        private void snapshots(JournalReader reader) throws IOException {
            var from = 0;
            for (var page = reader.streams(0, PAGE);
                    !page.isEmpty();
                    page = reader.streams(from, PAGE)) {
                for (var stream : page) {
                    for (var snapshot : reader.snapshots(stream.persistenceId())) {
                        line(json -> RowJson.snapshot(json, snapshot));
                    }
                }
                from += page.size();
            }
        }

        /** Up to the head of now: a writer must not keep it going. */
        private void cat(JournalReader reader) {
            var left = number("limit", Long.MAX_VALUE);
            var id = Optional.ofNullable(options.get("pid"));
            var tag = Optional.ofNullable(options.get("tag"));
            var head = reader.head();
            var next = id.isPresent() ? number("from", 1) : number("after", 0);
            var more = true;
            while (more && left > 0) {
                var page =
                        id.isPresent()
                                ? reader.events(id.get(), next, number("to", Long.MAX_VALUE))
                                : tag.isPresent()
                                        ? reader.tagged(tag.get(), next)
                                        : reader.rows(next, PAGE);
                var rows = page.rows().stream().takeWhile(row -> row.order() <= head).toList();
                rows.stream().limit(left).forEach(row -> out.println(JournalText.json(row)));
                left -= rows.size();
                next = page.next();
                more = page.more() && rows.size() == page.rows().size();
                if (!rows.isEmpty()) {
                    progress(rows.getLast().order(), head);
                }
            }
        }

        private void tail(JournalReader reader) {
            var after = number("after", reader.head());
            var end = System.nanoTime() + Duration.ofSeconds(number("seconds", 1L << 32)).toNanos();
            while (System.nanoTime() < end && !out.checkError()) {
                var page = reader.follow(after, PAGE, Duration.ofSeconds(1));
                page.rows().forEach(row -> out.println(JournalText.json(row)));
                out.flush();
                after = page.next();
            }
        }

        private void export(JournalReader reader) throws IOException {
            var to = Optional.ofNullable(options.get("to"));
            if (to.isEmpty()) {
                JournalText.export(reader, out, this::progress);
                return;
            }
            try (var file = Files.newBufferedWriter(Path.of(to.get()), StandardCharsets.UTF_8)) {
                JournalText.export(reader, file, this::progress);
            }
        }

        private int verify() throws IOException {
            return switch (JournalVerifier.verify(dir(), this::progress)) {
                case Verification.Sound sound -> {
                    line(
                            json -> {
                                json.writeStringField("result", "sound");
                                json.writeNumberField("order", sound.order());
                                json.writeNumberField("commit", sound.commit());
                                json.writeStringField("chain", sound.chain());
                            });
                    yield 0;
                }
                case Verification.Damaged damaged -> bad("damaged", damaged.finding());
                case Verification.Crashed crashed ->
                        bad(
                                "crashed",
                                "exit code %d after: %s"
                                        .formatted(crashed.exitCode(), crashed.lastWords()));
            };
        }

        private int bad(String result, String finding) throws IOException {
            line(
                    json -> {
                        json.writeStringField("result", result);
                        json.writeStringField("finding", finding);
                    });
            return 3;
        }

        private int copied(JournalCopies.Copied copied) throws IOException {
            line(
                    json -> {
                        json.writeNumberField("order", copied.order());
                        json.writeNumberField("commit", copied.commit());
                        json.writeStringField("chain", copied.chain());
                        json.writeNumberField("from_bytes", copied.fromBytes());
                        json.writeNumberField("bytes", copied.bytes());
                    });
            return 0;
        }

        private int imported() throws IOException {
            var chain =
                    JournalText.Chain.valueOf(
                            options.getOrDefault("chain", "same")
                                    .toUpperCase(java.util.Locale.ROOT));
            try (var in = Files.newBufferedReader(Path.of(text("from")), StandardCharsets.UTF_8)) {
                var imported = JournalText.read(in, dir(), chain);
                line(
                        json -> {
                            json.writeStringField("journal", imported.journal().toString());
                            json.writeNumberField("rows", imported.rows());
                            json.writeStringField("chain", imported.chain());
                            json.writeNumberField("head_order", imported.headOrder());
                        });
                return 0;
            }
        }

        private int torture() throws IOException {
            var plan =
                    new JournalTorture.Plan(
                            dir(),
                            Math.toIntExact(number("kills", 200)),
                            Math.toIntExact(number("damages", 500)),
                            number("seed", 1));
            var report = JournalTorture.run(plan, out::println);
            return report.violations().isEmpty() ? 0 : 1;
        }
    }
}
