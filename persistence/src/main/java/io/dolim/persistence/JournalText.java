package io.dolim.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A journal as lines of JSON: a header, every row of the log, and an end that names the head, so
 * that a text cut short is found. Snapshots are left out; they can be made again.
 */
public final class JournalText {

    private static final int PAGE_ROWS = 500;
    private static final int COMMITS_PER_TRANSACTION = 64;
    private static final int MAX_TEXT = 1 << 28;

    static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
                    .build();

    private JournalText() {}

    /** How a text becomes a journal. */
    public enum Chain {
        /** The text is as it was exported: the journal's chain is equal up to the text's head. */
        SAME,
        /** The text was changed: another journal id and a chain of its own. */
        NEW
    }

    /**
     * A journal made from a text.
     *
     * @param journal its id
     * @param rows how many rows of the text it holds
     * @param chain chain hash after the last commit of the text: the text's own under SAME
     * @param headOrder order number of the commit that was added behind
     */
    public record Imported(UUID journal, long rows, String chain, long headOrder) {}

    /** Writes the journal up to its present head; answers how many rows. */
    public static long export(JournalReader reader, Writer out, Progress progress)
            throws IOException {
        var format = reader.format();
        var last = reader.info();
        line(
                out,
                "{\"kind\":\"header\",\"format\":\"dolim-journal\",\"version\":%d,\"journal\":\"%s\",\"created_ms\":%d}"
                        .formatted(format.version(), format.journal(), format.createdMs()));
        var rows = 0L;
        for (long after = 0; after < last.lastOrder(); ) {
            var page = reader.rows(after, (int) Math.min(PAGE_ROWS, last.lastOrder() - after));
            for (var row : page.rows()) {
                line(out, json(row));
                rows++;
            }
            after = page.next();
            progress.at(after, last.lastOrder());
        }
        line(out, "{\"kind\":\"end\",\"rows\":%d,\"chain\":\"%s\"}".formatted(rows, last.chain()));
        out.flush();
        return rows;
    }

    private static void line(Writer out, String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    /** A row as one line. */
    public static String json(StoredRow row) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            RowJson.write(json, row);
        } catch (IOException e) {
            throw new IllegalStateException("a text takes everything", e);
        }
        return text.toString();
    }

    /**
     * Makes a journal of a text, in a directory that is not there or empty. A commit of its own is
     * added behind.
     *
     * @throws JournalCorrupt naming the line when the text is not one, or not whole, or, under
     *     {@link Chain#SAME}, was changed
     */
    public static Imported read(BufferedReader in, Path to, Chain mode) throws IOException {
        var target = JournalCopies.empty(to.toAbsolutePath().normalize());
        var header = fields(in, 1);
        if (!header.text("kind").equals("header")
                || !header.text("format").equals("dolim-journal")) {
            throw new JournalCorrupt("line 1", "not the header of a journal");
        }
        if (header.number("version") != Format.VERSION) {
            throw new JournalFormatUnsupported("line 1", (int) header.number("version"));
        }
        var journal =
                switch (mode) {
                    case SAME -> UUID.fromString(header.text("journal"));
                    case NEW -> UUID.randomUUID();
                };
        var format = new Format(Format.VERSION, journal, header.number("created_ms"));
        Rebuilding rebuilt;
        try (var store = LmdbStore.openToRepair(target)) {
            rebuilt = new Rebuilding(store, format, mode);
            var line = 2L;
            var fields = fields(in, line);
            while (!fields.text("kind").equals("end")) {
                rebuilt.row(line, fields.number("order"), fields.row());
                line++;
                if (rebuilt.commitsPending() >= COMMITS_PER_TRANSACTION) {
                    rebuilt.flush();
                }
                fields = fields(in, line);
            }
            rebuilt.end(line, fields.number("rows"), fields.hash("chain"));
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(LmdbStore.dataFile(target));
            Files.deleteIfExists(target.resolve("lock.mdb"));
            throw failure;
        }
        var head = JournalCopies.ownCommit(target, rebuilt.head());
        JournalCopies.sync(LmdbStore.dataFile(target));
        JournalCopies.anchored(target, format, head);
        JournalVerifier.checkStopped(target, (done, all) -> {});
        var textHead = rebuilt.head();
        return new Imported(journal, textHead.order(), textHead.chain().toString(), head.order());
    }

    private static RowJson.Fields fields(BufferedReader in, long line) throws IOException {
        var place = "line " + line;
        var text = in.readLine();
        if (text == null) {
            throw new JournalCorrupt(place, "the text ends early");
        }
        try (var json = JSON.createParser(text)) {
            return RowJson.read(json, place);
        } catch (JsonProcessingException e) {
            throw new JournalCorrupt(place, "not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
