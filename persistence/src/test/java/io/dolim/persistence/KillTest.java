package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class KillTest {

    private static final int ROUNDS = 6;

    /** The page cache survives a process, so that {@code os} keeps as much as {@code commit}. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "os"})
    void whatAKilledProcessAcknowledgedIsThereWithoutAGap(String durability) throws Exception {
        var directory = Directories.fresh();
        var settings = Directories.settings(directory, Map.of("durability", durability));
        var seed = 41L;
        var random = new SplittableRandom(seed);
        var acknowledged = new TreeMap<String, Long>();
        var orders = new TreeMap<Long, String>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var child = Child.start(WritingChild.class, directory.toString(), durability)) {
                var lines = 1 + random.nextInt(1_500);
                for (int i = 0; i < lines; i++) {
                    note(child.line().orElseThrow(), acknowledged, orders);
                }
                child.kill();
                for (var line : child.lines()) {
                    if (line.matches("entity-\\d+ \\d+ \\d+")) {
                        note(line, acknowledged, orders);
                    }
                }
            }
            try (var journal = JournalDirectory.open(settings, halt -> {})) {
                check(
                        journal,
                        acknowledged,
                        orders,
                        durability + " seed=" + seed + " round=" + round);
            }
        }
    }

    private static void note(
            String line, Map<String, Long> acknowledged, Map<Long, String> orders) {
        var words = line.split(" ", -1);
        acknowledged.put(words[0], Long.parseLong(words[1]));
        orders.put(Long.parseLong(words[2]), words[0] + " " + words[1]);
    }

    private static void check(
            JournalDirectory journal,
            Map<String, Long> acknowledged,
            Map<Long, String> orders,
            String message) {
        var found = new TreeMap<Long, String>();
        for (var entry : acknowledged.entrySet()) {
            var id = entry.getKey();
            var stored = Events.stored(journal, id);
            assertTrue(stored.size() >= entry.getValue(), message + " " + entry);
            assertEquals(stored.size(), journal.highestSequence(id).join(), message);
            for (int i = 0; i < stored.size(); i++) {
                assertEquals(WritingChild.event(id, i + 1), stored.get(i).event(), message);
                found.put(stored.get(i).order(), id + " " + (i + 1));
            }
        }
        assertEquals(orders, new TreeMap<>(intersection(found, orders)), message);
        var tagged = new ArrayList<EventPage.Stored>();
        for (int tag = 0; tag < 3; tag++) {
            tagged.addAll(Events.tagged(journal, "tag-" + tag, 0));
        }
        assertEquals(Events.tagged(journal, Reader.EVERY, 0).size(), tagged.size(), message);
    }

    private static Map<Long, String> intersection(Map<Long, String> of, Map<Long, String> with) {
        var both = new TreeMap<>(of);
        both.keySet().retainAll(with.keySet());
        return both;
    }

    @Test
    void aDirectoryThatAnotherProcessWritesToIsRefusedWithItsProcessId() throws Exception {
        var directory = Directories.fresh();
        var settings = Directories.settings(directory, Map.of());
        try (var child = Child.start(WritingChild.class, directory.toString())) {
            assertTrue(child.line().isPresent());
            var refused =
                    assertThrows(
                            JournalLocked.class, () -> JournalDirectory.open(settings, halt -> {}));
            assertEquals(OptionalLong.of(child.pid()), refused.holder());
            assertTrue(child.line().isPresent());
            child.kill();
        }
        openAndClose(settings);
    }

    private static void openAndClose(StoreSettings settings) throws IOException {
        JournalDirectory.open(settings, halt -> {}).close();
    }
}
