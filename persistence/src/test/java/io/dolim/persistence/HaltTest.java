package io.dolim.persistence;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.junit.jupiter.api.Test;

class HaltTest {

    private final java.nio.file.Path directory = Directories.fresh();

    @Test
    void aFailedCommitHaltsTheWriterForGoodShutsDownAndWhatWasAcknowledgedIsThere()
            throws Exception {
        List<String> lines;
        try (var child =
                Child.startWithFilesUpTo(4_096, HaltingChild.class, directory.toString())) {
            lines = child.lines();
            assertEquals(0, child.exit(), lines::toString);
        }
        var acknowledged = lines.stream().filter(line -> line.startsWith("ack")).count();
        assertTrue(acknowledged > 10, lines::toString);
        var rest = lines.subList((int) acknowledged, lines.size());
        assertEquals("failed OutcomeUnknown", rest.getFirst());
        // the shutdown runs beside the second try: it finds the writer halted, or gone already
        assertTrue(
                Set.of("again OutcomeUnknown, terminated", "again JournalUnavailable, terminated")
                        .contains(rest.stream().skip(1).sorted().collect(joining(", "))),
                rest::toString);
        try (var journal = open(Map.of())) {
            var found = Events.read(journal, "a");
            assertTrue(found.size() >= acknowledged, found.size() + " of " + acknowledged);
            for (int i = 0; i < found.size(); i++) {
                assertEquals(HaltingChild.event(i + 1), found.get(i));
            }
            assertEquals(0, journal.highestSequence("b").join());
            journal.append(Events.events("a", found.size() + 1, found.size() + 5)).join();
        }
    }

    private JournalDirectory open(Map<String, Object> changes) {
        return JournalDirectory.open(Directories.settings(directory, changes), halt -> {});
    }

    @Test
    void aFullMapIsSaidNothingIsWrittenAndALargerMapGoesOn() throws Exception {
        long written = 0;
        try (var journal = open(Map.of("map-size", "1 MiB"))) {
            try {
                while (true) {
                    journal.append(Events.events("a", written + 1, written + 10)).join();
                    written += 10;
                }
            } catch (CompletionException full) {
                var cause = assertInstanceOf(JournalFull.class, full.getCause());
                assertTrue(cause.toString().contains("map-size"), cause.toString());
            }
            assertTrue(written > 100, "written=" + written);
            assertEquals(Events.events("a", 1, written), Events.read(journal, "a"));
            assertEquals(written, journal.highestSequence("a").join());
        }
        try (var journal = open(Map.of("map-size", "2 MiB"))) {
            assertEquals(Events.events("a", 1, written), Events.read(journal, "a"));
            journal.append(Events.events("a", written + 1, written + 1)).join();
        }
    }

    @Test
    void whatFindsNoRoomIsRejectedToItsActorAndNotFailed() throws Exception {
        var system =
                ActorSystem.create(
                        "full",
                        ConfigFactory.parseMap(
                                        Map.of(
                                                StoreSettings.PATH + ".map-size",
                                                "1 MiB",
                                                StoreSettings.PATH + ".essential-tags",
                                                List.of("must")))
                                .withFallback(Directories.config(directory)));
        try {
            var full = system.actorOf(Diarist.props("full"));
            var written = 0L;
            var answer = written(full, "may");
            while (answer instanceof Long sequence) {
                written = sequence;
                answer = written(full, "may");
            }
            assertInstanceOf(JournalFull.class, answer);
            assertTrue(written > 100, "written=" + written);
            // the same actor goes on, and another one's essential event is written
            assertInstanceOf(JournalFull.class, written(full, "may"));
            assertEquals(1L, written(system.actorOf(Diarist.props("other")), "must"));
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private static Object written(ActorRef diarist, String tag) throws Exception {
        return Patterns.ask(
                        diarist,
                        new Diarist.Note("x".repeat(2_000), Set.of(tag)),
                        Duration.ofSeconds(20))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void withoutFreeDiskAWriteIsRefusedAndReadingGoesOn() throws Exception {
        try (var journal = open(Map.of())) {
            journal.append(Events.events("a", 1, 3)).join();
        }
        try (var journal = open(Map.of("min-free-disk", Long.MAX_VALUE))) {
            var refused = journal.append(Events.events("a", 4, 4));
            var failure = assertThrows(CompletionException.class, refused::join);
            assertInstanceOf(JournalFull.class, failure.getCause());
            assertEquals(3, journal.highestSequence("a").join());
            assertEquals(Events.events("a", 1, 3), Events.read(journal, "a"));
        }
    }

    @Test
    void aClosedJournalAnswersThatItIsUnavailable() throws Exception {
        var journal = open(Map.of());
        journal.close();
        var write = journal.append(Events.events("a", 1, 1));
        var failure = assertThrows(CompletionException.class, write::join);
        assertInstanceOf(JournalUnavailable.class, failure.getCause());
        var read = journal.events("a", 1, 2);
        failure = assertThrows(CompletionException.class, read::join);
        assertInstanceOf(JournalUnavailable.class, failure.getCause());
    }
}
