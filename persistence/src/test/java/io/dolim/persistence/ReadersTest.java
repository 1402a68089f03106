package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several processes that read beside one that writes. */
@Tag("slow")
class ReadersTest {

    private static final int READERS = 4;
    private static final long EVENTS = 400;

    private final java.nio.file.Path directory = Directories.fresh();

    private JournalDirectory open() {
        return JournalDirectory.open(
                Directories.settings(directory, Map.of("anchor-every", 5, "map-start", "1 MiB")),
                halt -> {});
    }

    @Test
    void severalProcessesFollowALiveWriterAtOnceAndMissNothing() throws Exception {
        var children = new ArrayList<Child>();
        try (var journal = open()) {
            journal.append(List.of(SteadyChild.event(1))).join();
            for (int i = 0; i < READERS; i++) {
                children.add(
                        Child.start(
                                ReadingChild.class, directory.toString(), Long.toString(EVENTS)));
            }
            for (var child : children) {
                assertEquals("open", child.line().orElseThrow());
            }
            for (long sequence = 2; sequence <= EVENTS; sequence++) {
                journal.append(List.of(SteadyChild.event(sequence))).join();
            }
            for (var child : children) {
                assertEquals("equal " + EVENTS, child.line().orElseThrow());
                assertEquals(0, child.exit());
            }
        } finally {
            for (var child : children) {
                child.close();
            }
        }
    }

    @Test
    void readersBeyondTheTableAreRefusedByTheNameOfTheBoundUntilItsHoldersAreGone()
            throws Exception {
        try (var journal = open()) {
            journal.append(List.of(SteadyChild.event(1))).join();
            try (var child = Child.start(HoldingChild.class, directory.toString(), "all")) {
                var refused = child.line().orElseThrow();
                assertTrue(refused.startsWith("journal full: max-readers=64 "), refused);
                assertEquals("holding", child.line().orElseThrow());
                var reading = journal.events(SteadyChild.ID, 1, 1);
                var failure = assertThrows(CompletionException.class, reading::join);
                var full = assertInstanceOf(JournalFull.class, failure.getCause());
                assertTrue(String.valueOf(full.getMessage()).contains("max-readers=64"));
                // who writes needs no place among those that read
                journal.append(List.of(SteadyChild.event(2))).join();
                child.kill();
            }
            for (long sequence = 3; sequence <= 12; sequence++) {
                journal.append(List.of(SteadyChild.event(sequence))).join();
            }
            assertEquals(12, Events.read(journal, SteadyChild.ID).size());
        }
    }
}
