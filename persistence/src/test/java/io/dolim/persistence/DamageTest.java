package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamageTest {

    private final Path directory = Directories.fresh();

    private JournalDirectory open() {
        return JournalDirectory.open(
                Directories.settings(directory, Map.of("index-every", 5, "anchor-every", 7)),
                halt -> {});
    }

    private void write(long from, long to) throws IOException {
        try (var journal = open()) {
            for (long sequence = from; sequence <= to; sequence++) {
                var size = sequence % 50 == 0 ? 9_000 : 100;
                journal.append(
                                List.of(
                                        Events.event("a", sequence, "x".repeat(size), "t"),
                                        Events.event("b", sequence, "y".repeat(size / 2))))
                        .join();
            }
        }
    }

    private Path data() {
        return LmdbStore.dataFile(directory);
    }

    private String refusal() {
        return assertThrows(JournalCorrupt.class, this::open).toString();
    }

    private void mustSay(String words) {
        var refusal = refusal();
        assertTrue(refusal.contains(words), refusal);
    }

    @Tag("slow")
    @Test
    void damageIsRefusedOrHarmlessAndNeverKillsTheProcessNorShortensTheJournal() throws Exception {
        write(1, 200);
        var seed = 7L;
        try (var child =
                Child.start(
                        DamagingChild.class,
                        directory.toString(),
                        Long.toString(seed),
                        "200",
                        "60")) {
            var lines = child.lines();
            assertEquals(0, child.exit(), "seed=" + seed);
            assertEquals(260, lines.size(), "seed=" + seed);
            assertEquals(
                    List.of(), lines.stream().filter(line -> line.startsWith("WRONG")).toList());
            var kept = lines.stream().filter(line -> line.startsWith("EQUAL flip")).count();
            assertTrue(kept < 150, "seed=" + seed + " flips not found: " + kept);
            var cut = lines.stream().filter(line -> line.startsWith("EQUAL trunc")).toList();
            assertEquals(List.of(), cut, "seed=" + seed);
        }
    }

    @Test
    void aFlippedByteInAnEventIsFoundAndNamedByItsOrderNumber() throws IOException {
        long order;
        try (var journal = open()) {
            order = journal.append(List.of(Events.event("a", 1, "the marked event"))).join();
        }
        write(2, 20);
        var bytes = Files.readAllBytes(data());
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        // LMDB writes pages anew: older copies of the event stand in pages that are free by now
        for (int at = text.indexOf("marked"); at >= 0; at = text.indexOf("marked", at + 1)) {
            bytes[at] ^= 1;
        }
        Files.write(data(), bytes);
        mustSay("log/" + order + " finding=checksum");
    }

    @Test
    void aTruncatedFileIsRefusedWithThePage() throws IOException {
        write(1, 20);
        var bytes = Files.readAllBytes(data());
        Files.write(data(), Arrays.copyOf(bytes, bytes.length / 2));
        mustSay("truncated");
    }

    @Test
    void aFileOlderThanTheAnchorIsRefused() throws IOException {
        write(1, 20);
        var older = Files.copy(data(), directory.resolve("older"));
        write(21, 40);
        Files.copy(older, data(), StandardCopyOption.REPLACE_EXISTING);
        mustSay("older than the anchor");
    }

    @Test
    void aFileThatTookAnotherTurnBeforeTheAnchorIsRefused() throws IOException {
        write(1, 20);
        var fork = Files.copy(data(), directory.resolve("fork"));
        var anchor = Files.copy(directory.resolve("anchor"), directory.resolve("fork-anchor"));
        write(21, 30);
        var turned = Files.copy(directory.resolve("anchor"), directory.resolve("turned-anchor"));
        Files.copy(fork, data(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(anchor, directory.resolve("anchor"), StandardCopyOption.REPLACE_EXISTING);
        write(21, 45);
        Files.copy(turned, directory.resolve("anchor"), StandardCopyOption.REPLACE_EXISTING);
        mustSay("another history");
    }

    @Test
    void aMissingAnchorFileOrDataFileIsRefused() throws IOException {
        write(1, 20);
        var anchor = directory.resolve("anchor");
        var kept = Files.move(anchor, directory.resolve("kept"));
        mustSay("anchor file is missing");
        Files.move(kept, anchor);
        Files.delete(data());
        mustSay("absent");
    }

    @Test
    void anAnchorFileOfAnotherJournalIsRefused() throws IOException {
        write(1, 3);
        Files.delete(directory.resolve("anchor"));
        AnchorFile.create(directory, new UUID(1, 2)).close();
        mustSay("of journal");
    }

    @Test
    void aTornLastAnchorCountsAsAbsentAndAnEarlierOneAsDamage() throws IOException {
        write(1, 100);
        var anchor = directory.resolve("anchor");
        var bytes = Files.readAllBytes(anchor);
        Files.write(anchor, Arrays.copyOf(bytes, bytes.length - 20));
        write(101, 102);
        bytes = Files.readAllBytes(anchor);
        bytes[100] ^= 4;
        Files.write(anchor, bytes);
        mustSay("anchor/64");
    }

    @Test
    void aTransactionThatEndsInNoCommitRowIsRefused() throws IOException {
        write(1, 20);
        alter(Table.TAGS, new byte[] {1}, new RowOutput().u8(1).sealedUnder(new byte[] {1}));
        mustSay("older than the file");
    }

    @Test
    void anEventWrittenAnewWithItsChecksumBreaksTheChain() throws IOException {
        write(1, 20);
        var key = Format.order(2);
        var row = Events.event("a", 1, "never acknowledged", "t").unsealed();
        Checksum.seal(key, row);
        alter(Table.LOG, key, row);
        mustSay("chain broken");
    }

    @Test
    void aRowTakenOutIsMissed() throws IOException {
        write(1, 20);
        try (var store = LmdbStore.open(Directories.settings(directory, Map.of())).withTables();
                var txn = store.writing()) {
            txn.remove(Table.LOG, Format.order(2));
            txn.commit();
        }
        mustSay("log/2 finding=row is missing");
    }

    @ParameterizedTest
    @EnumSource(value = Table.class, mode = EnumSource.Mode.EXCLUDE, names = "LOG")
    void aRowThatDoesNotCheckIsFoundInEveryTable(Table table) throws IOException {
        write(1, 3);
        alter(table, new byte[] {1}, new RowOutput().u8(1).sealedUnder(new byte[] {2}));
        mustSay(table.stored() + " finding=checksum");
    }

    @Test
    void anotherFormatVersionIsRefusedByName() throws IOException {
        write(1, 3);
        alter(Table.STORE, Format.key(), new Format(2, new UUID(1, 2), 0).row());
        var refused = assertThrows(JournalFormatUnsupported.class, this::open).toString();
        assertTrue(refused.contains("found=version 2 supported=version 1"), refused);
    }

    private void alter(Table table, byte[] key, byte[] row) {
        try (var store = LmdbStore.open(Directories.settings(directory, Map.of())).withTables();
                var txn = store.writing()) {
            txn.put(table, key, row);
            txn.commit();
        }
    }
}
