package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** X2 against a lost power supply: what is acknowledged is on the disk and not only in memory. */
class SyncTest {

    private static final OptionalLong NOTHING = OptionalLong.of(0);

    private final Path directory = Directories.fresh();

    private JournalDirectory open(String durability) {
        return JournalDirectory.open(
                Directories.settings(
                        directory,
                        Map.of("durability", durability, "anchor-every", 3, "index-every", 5)),
                halt -> {});
    }

    @Test
    void whatIsAcknowledgedIsOnTheDisk() throws Throwable {
        var data = LmdbStore.dataFile(directory);
        try (var journal = open("os")) {
            journal.append(Events.events("a", 1, 10)).join();
            var unsynced = PageCache.unsynced(data);
            assumeTrue(
                    unsynced.isPresent() && unsynced.getAsLong() > 0,
                    "absent: a kernel (6.5 or later) and a file system that tell what is not synced");
        }
        assertEquals(NOTHING, PageCache.unsynced(data), "closed, before the anchor says so");
        try (var journal = open("commit")) {
            for (long sequence = 11; sequence <= 50; sequence++) {
                journal.append(Events.events("a", sequence, sequence)).join();
                assertEquals(NOTHING, PageCache.unsynced(data), "event " + sequence);
            }
        }
        assertEquals(NOTHING, PageCache.unsynced(data), "closed");
        assertEquals(NOTHING, PageCache.unsynced(directory.resolve(AnchorFile.FILE)), "anchor");
    }
}
