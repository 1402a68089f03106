package io.dolim.deploy;

import io.dolim.book.BookSerializer;
import io.dolim.capacity.CapacityEvent;
import io.dolim.capacity.CapacityEventSerializer;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.capacity.journal.StoredEventSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state directory with a real journal of given events: each is one commit, imported from a text. */
final class MadeJournal {

    private final List<String> lines = new ArrayList<>();
    private final SortedMap<String, Long> sequences = new TreeMap<>();
    private long order;
    private long commits;

    MadeJournal() {
        lines.add(
                "{\"kind\":\"header\",\"format\":\"dolim-journal\",\"version\":1,\"journal\":"
                        + "\"00000000-0000-0000-0000-000000000001\",\"created_ms\":0}");
        commit(0);
    }

    /** The next event of a writer. */
    MadeJournal add(String writer, StoredEvent event, Set<String> tags) {
        StoredEventSerializer serializer =
                event instanceof CapacityEvent
                        ? new CapacityEventSerializer()
                        : new BookSerializer();
        var row =
                Rows.object()
                        .put("order", ++order)
                        .put("kind", "event")
                        .put("pid", writer)
                        .put("seq", sequences.merge(writer, 1L, Long::sum))
                        .put("timestamp_ms", 0)
                        .put("writer", "made")
                        .put("adapter", "");
        tags.stream().sorted().forEach(row.putArray("tags")::add);
        row.put("serializer", serializer.identifier())
                .put("manifest", serializer.manifest(event))
                .put("bytes", Base64.getEncoder().encodeToString(serializer.toBinary(event)));
        lines.add(row.toString());
        commit(1);
        return this;
    }

    private void commit(int rows) {
        lines.add(
                Rows.object()
                        .put("order", ++order)
                        .put("kind", "commit")
                        .put("commit", ++commits)
                        .put("transaction", commits)
                        .put("time_ms", 0)
                        .put("rows", rows)
                        .put("chain", "00".repeat(32))
                        .toString());
    }

    /** Makes the state directory. */
    void in(Path dir) throws IOException, JournalRefused {
        List<String> text = new ArrayList<>(lines);
        text.add(
                Rows.object()
                        .put("kind", "end")
                        .put("rows", order)
                        .put("chain", "00".repeat(32))
                        .toString());
        Path file = Files.createTempFile(dir.toAbsolutePath().getParent(), "made", ".jsonl");
        Files.write(file, text);
        Ran made =
                Ran.of(
                        "journal",
                        "import",
                        "--new-chain",
                        "--dir",
                        dir.toString(),
                        "--from",
                        file.toString());
        Files.delete(file);
        if (made.code() != 0) {
            throw new AssertionError(made.err());
        }
    }
}
