package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.spi.ToolProvider;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Journals read from outside: stopped ones, copies, and one that a child is writing to. */
@Tag("slow")
class JournalReaderTest {

    private static final Progress QUIET = (done, all) -> {};

    private final Path directory = Directories.fresh();

    private JournalDirectory open(Path where) {
        return JournalDirectory.open(
                Directories.settings(where, Map.of("index-every", 7, "anchor-every", 5)),
                halt -> {});
    }

    private void write() throws IOException {
        try (var journal = open(directory)) {
            for (int i = 0; i < 30; i++) {
                journal.append(Events.events("a", 1 + i * 3L, 3 + i * 3L, "t")).join();
                journal.append(Events.events("b", 1 + i, 1 + i)).join();
            }
            journal.delete("a", 10).join();
        }
    }

    private static List<LogRow> all(JournalReader reader) {
        var rows = new ArrayList<LogRow>();
        for (var page = reader.rows(0, 7);
                !page.rows().isEmpty();
                page = reader.rows(page.next(), 7)) {
            page.rows().forEach(stored -> rows.add(stored.row()));
        }
        return rows;
    }

    @Test
    void aStoppedJournalIsReadByPagesEntitiesAndTags() throws IOException {
        write();
        try (var reader = JournalReader.open(directory, QUIET)) {
            var info = reader.info();
            assertEquals(reader.head(), info.lastOrder());
            assertEquals(all(reader).size(), info.lastOrder());
            assertTrue(info.writer().isEmpty());
            assertEquals(
                    info.lastOrder(),
                    Optional.ofNullable(info.tables().get("log")).orElseThrow().rows());
            assertEquals(
                    List.of(new StreamInfo("a", 90, 10), new StreamInfo("b", 30, 0)),
                    reader.streams(0, 10).stream()
                            .sorted(java.util.Comparator.comparing(StreamInfo::persistenceId))
                            .toList());
            var b = reader.events("b", 5, 6).rows().stream().map(StoredRow::row).toList();
            assertEquals(List.copyOf(Events.events("b", 5, 6)), b);
            assertEquals(80, reader.tagged("t", 0).rows().size());
            assertThrows(JournalLocked.class, () -> JournalReader.open(directory, QUIET));
            assertThrows(JournalLocked.class, () -> open(directory));
        }
        open(directory).close();
    }

    @Test
    void aLiveJournalIsReadFollowedVerifiedAndCopiedWhileItIsWritten() throws Exception {
        try (var child = Child.start(WritingChild.class, directory.toString())) {
            for (int i = 0; i < 200; i++) {
                assertTrue(child.line().isPresent());
            }
            try (var reader = JournalReader.open(directory, QUIET)) {
                assertEquals(child.pid(), reader.info().writer().orElseThrow());
                var head = reader.head();
                var page = reader.follow(head, 100, Duration.ofSeconds(20));
                assertEquals(head + 1, page.rows().getFirst().order());
                var seen = all(reader);
                var entity = reader.events("entity-3", 1, 5).rows();
                for (int i = 0; i < 5; i++) {
                    assertEquals(WritingChild.event("entity-3", i + 1L), entity.get(i).row());
                }
                assertTrue(seen.size() > head);
            }
            var sound =
                    assertInstanceOf(
                            Verification.Sound.class, JournalVerifier.verify(directory, QUIET));
            var copy = directory.resolveSibling(directory.getFileName() + "-copy");
            var copied = JournalCopies.copy(directory, copy, QUIET);
            assertTrue(copied.order() >= sound.order(), copied + " " + sound);
            assertTrue(child.line().isPresent());
            child.kill();
            try (var original = JournalReader.open(directory, QUIET);
                    var backup = JournalReader.open(copy, QUIET)) {
                assertEquals(all(original).subList(0, (int) copied.order()), all(backup));
            }
            try (var journal = open(copy)) {
                var highest = journal.highestSequence("entity-0").join();
                journal.append(List.of(WritingChild.event("entity-0", highest + 1))).join();
            }
        }
    }

    /** Its slot in the reader table would keep every page that is written anew from reuse. */
    @Test
    void theLiveWriterForgetsAReaderThatDied() throws Exception {
        try (var journal = open(directory)) {
            rewrite(journal);
            try (var child = Child.start(HoldingChild.class, directory.toString())) {
                assertEquals("holding", child.line().orElseThrow());
                assertTrue(growth(journal) >= REWRITTEN, "while it is held nothing is used again");
                child.kill();
            }
            // at an anchor, every fifth commit, those that died are looked for
            rewrite(journal);
            var growth = growth(journal);
            assertTrue(growth < REWRITTEN / 4, "grown by " + growth);
        }
    }

    private static final int SNAPSHOT_BYTES = 100_000;
    private static final int TIMES = 20;
    private static final long REWRITTEN = (long) SNAPSHOT_BYTES * TIMES;

    private long growth(JournalDirectory journal) throws Exception {
        var before = usedBytes();
        rewrite(journal);
        return usedBytes() - before;
    }

    /** Writes one snapshot again and again. */
    private static void rewrite(JournalDirectory journal) {
        var state = new Payload(7, "bytes", new byte[SNAPSHOT_BYTES]);
        for (int i = 0; i < TIMES; i++) {
            journal.save(new Snapshot("a", 1, 1, state, Optional.empty())).join();
        }
    }

    private long usedBytes() throws Exception {
        var name =
                new ObjectName(
                        "io.dolim.persistence:type=Journal,dir="
                                + ObjectName.quote(directory.toString()));
        return (long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "UsedBytes");
    }

    @Test
    void damageIsFoundByVerifyWithItsPlace() throws IOException {
        write();
        var data = LmdbStore.dataFile(directory);
        var bytes = Files.readAllBytes(data);
        Files.write(data, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        var damaged =
                assertInstanceOf(
                        Verification.Damaged.class, JournalVerifier.verify(directory, QUIET));
        assertTrue(damaged.finding().contains("place=" + data), damaged::finding);
        assertThrows(JournalCorrupt.class, () -> JournalReader.open(directory, QUIET));
    }

    @Test
    void compactingKeepsEveryRowAndTheChainAndGivesPagesBack() throws IOException {
        try (var journal = open(directory)) {
            for (int i = 1; i <= 40; i++) {
                journal.append(List.of(Events.event("a", i, "x".repeat(20_000)))).join();
            }
            journal.delete("a", 30).join();
        }
        List<LogRow> before;
        try (var reader = JournalReader.open(directory, QUIET)) {
            before = all(reader);
        }
        var copied = JournalCopies.compact(directory, QUIET);
        assertTrue(copied.bytes() < copied.fromBytes() / 2, copied::toString);
        try (var reader = JournalReader.open(directory, QUIET)) {
            assertEquals(before, all(reader).subList(0, before.size()));
            assertEquals(before.size() + 1, reader.head());
        }
        try (var journal = open(directory)) {
            assertEquals(10, Events.read(journal, "a").size());
            journal.append(Events.events("a", 41, 41)).join();
        }
        try (var journal = open(directory)) {
            assertEquals(41, journal.highestSequence("a").join());
        }
    }

    private String exported() throws IOException {
        try (var reader = JournalReader.open(directory, QUIET)) {
            var text = new StringWriter();
            JournalText.export(reader, text, QUIET);
            return text.toString();
        }
    }

    private static JournalText.Imported read(String text, Path to, JournalText.Chain chain)
            throws IOException {
        return JournalText.read(new BufferedReader(new StringReader(text)), to, chain);
    }

    @Test
    void anExportedJournalIsImportedWithAnEqualChain() throws IOException {
        write();
        var text = exported();
        var to = Directories.fresh();
        var imported = read(text, to, JournalText.Chain.SAME);
        try (var original = JournalReader.open(directory, QUIET);
                var other = JournalReader.open(to, QUIET)) {
            assertEquals(original.info().chain(), imported.chain());
            assertEquals(original.info().journal(), imported.journal());
            assertEquals(all(original), all(other).subList(0, (int) imported.rows()));
            assertEquals(imported.rows(), other.info().indexedOrder());
            assertEquals(original.tagged("t", 0).rows(), other.tagged("t", 0).rows());
            assertEquals(original.events("b", 5, 9).rows(), other.events("b", 5, 9).rows());
            assertEquals(Set.copyOf(original.streams(0, 9)), Set.copyOf(other.streams(0, 9)));
        }
        try (var journal = open(to)) {
            assertEquals(Events.events("a", 11, 90, "t"), Events.read(journal, "a"));
            journal.append(Events.events("a", 91, 91, "t")).join();
        }
    }

    @Test
    void anExportThatWasChangedOrCutIsRefusedUnlessANewChainIsWanted() throws IOException {
        write();
        var text = exported();
        var changed = text.replaceFirst("\"timestamp_ms\":1015", "\"timestamp_ms\":1016");
        assertTrue(!changed.equals(text));
        var refused =
                assertThrows(
                        JournalCorrupt.class,
                        () -> read(changed, Directories.fresh(), JournalText.Chain.SAME));
        assertTrue(refused.toString().contains("chain broken"), refused.toString());
        var cut = text.substring(0, text.lastIndexOf("{\"kind\":\"end\""));
        refused =
                assertThrows(
                        JournalCorrupt.class,
                        () -> read(cut, Directories.fresh(), JournalText.Chain.SAME));
        assertTrue(refused.toString().contains("ends early"), refused.toString());
        var to = Directories.fresh();
        var imported = read(changed, to, JournalText.Chain.NEW);
        try (var original = JournalReader.open(directory, QUIET);
                var other = JournalReader.open(to, QUIET)) {
            assertTrue(!original.info().journal().equals(imported.journal()));
            assertTrue(!original.info().chain().equals(imported.chain()));
            assertEquals(original.head() + 1, other.head());
        }
    }

    private record Answer(int code, List<String> lines, String errors) {}

    private static Answer tool(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code =
                ToolProvider.findFirst("journal")
                        .orElseThrow()
                        .run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Answer(code, out.toString().lines().toList(), err.toString());
    }

    @Test
    void theToolAnswersEveryVerbWithLinesAndItsExitCode() throws IOException {
        write();
        var dir = directory.toString();
        assertTrue(tool("info", "--dir", dir).lines().getFirst().contains("\"live\":false"));
        assertEquals(
                List.of(
                        "{\"pid\":\"a\",\"highest\":90,\"deleted_to\":10}",
                        "{\"pid\":\"b\",\"highest\":30,\"deleted_to\":0}"),
                tool("ls", "--dir", dir).lines().stream().sorted().toList());
        assertEquals(3, tool("cat", "--dir", dir, "--pid", "b", "--limit", "3").lines().size());
        assertEquals(80, tool("cat", "--dir", dir, "--tag", "t").lines().size());
        assertTrue(tool("verify", "--dir", dir).lines().getFirst().contains("\"sound\""));
        var copy = Directories.fresh().toString();
        assertEquals(0, tool("copy", "--dir", dir, "--to", copy).code());
        assertEquals(0, tool("compact", "--dir", copy).code());
        var file = Path.of(copy).resolve("text").toString();
        assertEquals(0, tool("export", "--dir", copy, "--to", file).code());
        assertEquals(
                0, tool("import", "--dir", Directories.fresh().toString(), "--from", file).code());
        assertEquals(List.of(), tool("tail", "--dir", dir, "--seconds", "0").lines());
        assertEquals(2, tool("info", "--dirr", dir).code());
        assertEquals(2, tool("inform", "--dir", dir).code());
        assertEquals(5, tool("info", "--dir", Directories.fresh().toString()).code());
        try (var journal = open(directory)) {
            assertEquals(4, tool("compact", "--dir", dir).code());
            assertEquals(90, journal.highestSequence("a").join());
        }
        Files.write(LmdbStore.dataFile(directory), new byte[100]);
        var corrupt = tool("info", "--dir", dir);
        assertEquals(3, corrupt.code());
        assertTrue(corrupt.errors().contains("place="), corrupt.errors());
    }
}
