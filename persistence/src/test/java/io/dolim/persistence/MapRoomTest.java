package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MapRoomTest {

    private final Path directory = Directories.fresh();

    private JournalDirectory open(Map<String, Object> changes) {
        return JournalDirectory.open(Directories.settings(directory, changes), halt -> {});
    }

    private long bean(String attribute) throws Exception {
        var name = ObjectName.quote(directory.toString());
        return (long)
                ManagementFactory.getPlatformMBeanServer()
                        .getAttribute(
                                new ObjectName("io.dolim.persistence:type=Journal,dir=" + name),
                                attribute);
    }

    private static LogRow.Event event(String id, long sequence, String... tags) {
        return Events.event(id, sequence, "%s %08d ".formatted(id, sequence).repeat(90), tags);
    }

    @Test
    void theMapDoublesUnderWritersAndReadersAndNobodyNotices() throws Exception {
        var entities = 6;
        var count = 900L;
        try (var journal = open(Map.of("map-start", "1 MiB", "map-size", "256 MiB"))) {
            var over = new AtomicBoolean();
            var reading =
                    CompletableFuture.runAsync(
                            () -> {
                                while (!over.get()) {
                                    readAll(journal, entities);
                                }
                            });
            var writes = new ArrayList<CompletableFuture<Long>>();
            for (long sequence = 1; sequence <= count; sequence++) {
                for (int entity = 0; entity < entities; entity++) {
                    writes.add(journal.append(List.of(event("e" + entity, sequence))));
                }
            }
            writes.forEach(CompletableFuture::join);
            over.set(true);
            reading.join();
            assertTrue(bean("MapBytes") >= 8 << 20, "map_bytes=" + bean("MapBytes"));
            assertEquals(entities * count, readAll(journal, entities));
        }
        try (var journal = open(Map.of("map-start", "1 MiB", "map-size", "256 MiB"))) {
            assertEquals(entities * count, readAll(journal, entities));
            assertTrue(bean("MapBytes") >= bean("UsedBytes"), "used=" + bean("UsedBytes"));
        }
    }

    private static long readAll(JournalDirectory journal, int entities) {
        var found = 0L;
        for (int entity = 0; entity < entities; entity++) {
            var id = "e" + entity;
            var events = Events.read(journal, id);
            for (int i = 0; i < events.size(); i++) {
                assertEquals(event(id, i + 1), events.get(i));
            }
            found += events.size();
        }
        return found;
    }

    /** Answers how many were written before the journal was full. */
    private static long fill(JournalDirectory journal, String id, String... tags) {
        var sequence = journal.highestSequence(id).join();
        while (true) {
            try {
                journal.append(List.of(event(id, sequence + 1, tags))).join();
                sequence++;
            } catch (CompletionException full) {
                assertInstanceOf(JournalFull.class, full.getCause());
                return sequence;
            }
        }
    }

    @Tag("slow")
    @Test
    void theLastTenthOfTheMapIsKeptForWhatIsEssential() throws Exception {
        var settings =
                Map.<String, Object>of("map-size", "8 MiB", "essential-tags", List.of("must"));
        long ordinary;
        try (var journal = open(settings)) {
            ordinary = fill(journal, "a", "may");
            assertTrue(bean("UsedBytes") > 6 << 20, "used_bytes=" + bean("UsedBytes"));
            assertTrue(
                    bean("UsedBytes") <= MapRoom.ordinaryBytes(8 << 20),
                    "used_bytes=" + bean("UsedBytes"));
            var refused = journal.append(List.of(event("c", 1, "may")));
            var must = journal.append(List.of(event("b", 1, "must")));
            var reason = assertThrows(CompletionException.class, refused::join).toString();
            assertTrue(reason.contains(directory.toString()), reason);
            must.join();
            for (long sequence = 2; sequence <= 50; sequence++) {
                journal.append(List.of(event("b", sequence, "must"))).join();
            }
            // pages that essential commits have left may be filled by others, no more
            ordinary = fill(journal, "a", "may");
            assertThrows(
                    CompletionException.class, journal.append(List.of(event("c", 1, "may")))::join);
        }
        try (var journal = open(settings)) {
            ordinary = fill(journal, "a", "may");
            var essential = fill(journal, "b", "must");
            assertTrue(essential > 60, "essential=" + essential);
            assertEquals(essential, Events.read(journal, "b").size());
            assertEquals(ordinary, Events.read(journal, "a").size());
        }
    }

    @Tag("slow")
    @Test
    void deletingIsPossibleInAFullJournalAndMakesRoom() throws Exception {
        try (var journal = open(Map.of("map-size", "4 MiB"))) {
            var written = fill(journal, "a");
            journal.delete("a", written).join();
            assertEquals(List.of(), Events.read(journal, "a"));
            assertTrue(fill(journal, "a") > written + 100, "written=" + written);
        }
    }

    @Test
    void whatIsEssentialMayUseMoreOfTheDiskThanOthers() throws Exception {
        var free = directory.toFile().getUsableSpace();
        var settings =
                Map.<String, Object>of(
                        "min-free-disk", free * 2, "essential-tags", List.of("must"));
        try (var journal = open(settings)) {
            var refused = journal.append(List.of(event("a", 1, "may")));
            assertThrows(CompletionException.class, refused::join);
            journal.append(List.of(event("a", 1, "must", "may"))).join();
        }
    }
}
