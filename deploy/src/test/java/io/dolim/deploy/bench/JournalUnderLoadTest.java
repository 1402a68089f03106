package io.dolim.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class JournalUnderLoadTest {

    @TempDir private Path dir = Path.of(".");

    /** Postgres is a server beside; the others are here. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRES")
    void everyJournalTakesTurnsAndGivesBackWhatItTook(BenchedJournal journal) throws Exception {
        SmallEvent small = new SmallEvent(new byte[SmallEvent.BYTES]);
        try (JournalUnderLoad load = new JournalUnderLoad(journal, journal.config(dir, ""))) {
            JournalUnderLoad.Turned turned = load.turn("small", small, 20);
            assertTrue(turned.events() >= JournalUnderLoad.ENTITIES, turned.toString());
            load.fill("many", 3, 200, small);
            assertEquals(600, load.recover("many", 3).events());
        }
    }
}
