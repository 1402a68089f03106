package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class JournalDirectoryTest {

    private final Path directory = Directories.fresh();

    private JournalDirectory open(Map<String, Object> changes) {
        return JournalDirectory.open(Directories.settings(directory, changes), halt -> {});
    }

    private JournalDirectory open() {
        return open(Map.of());
    }

    @Test
    void whatWasAcknowledgedIsReadBackEqualAfterAReopening() throws IOException {
        var written = Events.events("book-BTC", 1, 700, "trade");
        try (var journal = open()) {
            for (var event : written) {
                journal.append(List.of(event)).join();
            }
            assertEquals(written, Events.read(journal, "book-BTC"));
        }
        try (var journal = open()) {
            assertEquals(written, Events.read(journal, "book-BTC"));
            assertEquals(700, journal.highestSequence("book-BTC").join());
            assertEquals(0, journal.highestSequence("book-ETH").join());
        }
    }

    @Test
    void orderNumbersRiseOverAllEntitiesAndTheAppendAnswersTheLastOne() throws IOException {
        try (var journal = open()) {
            var first = journal.append(Events.events("a", 1, 3)).join();
            var second = journal.append(Events.events("b", 1, 2)).join();
            var orders =
                    Events.tagged(journal, Reader.EVERY, 0).stream()
                            .map(EventPage.Stored::order)
                            .toList();
            assertEquals(List.of(2L, 3L, 4L, 6L, 7L), orders);
            assertEquals(4, first);
            assertEquals(7, second);
        }
    }

    @Test
    void aSecondEventWithTheSameSequenceNumberIsRefusedAndTheOthersOfTheBatchAreWritten()
            throws IOException {
        try (var journal = open()) {
            journal.append(Events.events("a", 1, 3)).join();
            var stale = journal.append(Events.events("a", 3, 4));
            var good = journal.append(Events.events("b", 1, 2));
            var failure = assertThrows(CompletionException.class, stale::join);
            assertInstanceOf(SequenceNumberTaken.class, failure.getCause());
            good.join();
            assertEquals(Events.events("a", 1, 3), Events.read(journal, "a"));
            assertEquals(Events.events("b", 1, 2), Events.read(journal, "b"));
        }
    }

    @Test
    void oneOfTwoWritersOfTheSameSequenceNumberInOneBatchIsRefused() throws IOException {
        try (var journal = open()) {
            var answers = new ArrayList<CompletableFuture<Long>>();
            for (int i = 0; i < 50; i++) {
                answers.add(journal.append(List.of(Events.event("a", 1, "writer " + i))));
            }
            var written =
                    answers.stream().filter(answer -> answer.handle((o, e) -> e == null).join());
            assertEquals(1, written.count());
            assertEquals(1, Events.read(journal, "a").size());
        }
    }

    @Test
    void deletingNeverLowersTheHighestSequenceNumberNorBreaksTheChain() throws IOException {
        try (var journal = open(Map.of("index-every", 3))) {
            for (int i = 0; i < 20; i++) {
                journal.append(Events.events("a", 1 + i * 5, 5 + i * 5, "t")).join();
            }
            journal.delete("a", 60).join();
            assertEquals(Events.events("a", 61, 100, "t"), Events.read(journal, "a"));
            journal.delete("a", Long.MAX_VALUE).join();
            assertEquals(List.of(), Events.read(journal, "a"));
            assertEquals(List.of(), Events.tagged(journal, "t", 0));
            assertEquals(100, journal.highestSequence("a").join());
        }
        try (var journal = open()) {
            assertEquals(100, journal.highestSequence("a").join());
            assertEquals(List.of(), Events.read(journal, "a"));
            var stale = journal.append(Events.events("a", 100, 100));
            assertThrows(CompletionException.class, stale::join);
            journal.append(Events.events("a", 101, 101, "t")).join();
            assertEquals(Events.events("a", 101, 101, "t"), Events.read(journal, "a"));
        }
    }

    @Test
    void deletingTwiceFromWhatTheIndexDoesNotHaveYetLeavesNothingUnderTheTag() throws IOException {
        try (var journal = open()) {
            journal.append(Events.events("a", 1, 6, "t")).join();
            journal.delete("a", 2).join();
            journal.delete("a", 4).join();
            var left =
                    Events.tagged(journal, "t", 0).stream().map(EventPage.Stored::event).toList();
            assertEquals(Events.events("a", 5, 6, "t"), left);
        }
    }

    @Test
    void aSecondOpenerIsRefusedByNameAndTheFirstGoesOn() throws IOException {
        try (var journal = open()) {
            var refused = assertThrows(JournalLocked.class, this::open);
            assertEquals(directory.toRealPath().toString(), refused.directory());
            assertEquals(OptionalLong.of(ProcessHandle.current().pid()), refused.holder());
            assertTrue(refused.toString().contains(directory.getFileName().toString()));
            journal.append(Events.events("a", 1, 1)).join();
        }
        open().close();
    }

    @Test
    void snapshotsAreFoundByCriteriaAndForgotten() throws IOException {
        try (var journal = open()) {
            for (long sequence = 10; sequence <= 50; sequence += 10) {
                journal.save(snapshot("a", sequence)).join();
                journal.save(snapshot("b", sequence + 1)).join();
            }
            assertEquals(Optional.of(snapshot("a", 30)), latest(journal, "a", 39));
            assertEquals(Optional.empty(), latest(journal, "a", 9));
            journal.forget(new SnapshotRange("a", 20, 30, 0, Long.MAX_VALUE)).join();
            assertEquals(Optional.of(snapshot("a", 10)), latest(journal, "a", 39));
            assertEquals(Optional.of(snapshot("b", 31)), latest(journal, "b", 39));
        }
        try (var journal = open()) {
            assertEquals(Optional.of(snapshot("a", 50)), latest(journal, "a", Long.MAX_VALUE));
        }
    }

    private static Snapshot snapshot(String id, long sequence) {
        var state = new Payload(7, "state", new byte[5_000]);
        return new Snapshot(id, sequence, 1_000 + sequence, state, Optional.empty());
    }

    private static Optional<Snapshot> latest(JournalDirectory journal, String id, long max) {
        return journal.latestSnapshot(new SnapshotRange(id, 0, max, 0, Long.MAX_VALUE)).join();
    }

    /** Random writes, deletes, snapshots and reopenings against maps in memory. */
    @Test
    void aRandomHistoryEqualsItsModelAfterEveryReopening() throws IOException {
        var seed = 20_261_122L;
        var random = new SplittableRandom(seed);
        var model = new TreeMap<String, NavigableMap<Long, LogRow.Event>>();
        var highest = new TreeMap<String, Long>();
        var settings = Map.<String, Object>of("index-every", 7, "anchor-every", 5);
        for (int round = 0; round < 12; round++) {
            try (var journal = open(settings)) {
                var waiting = new ArrayList<CompletableFuture<?>>();
                for (int step = 0; step < 120; step++) {
                    waiting.add(randomStep(journal, random, model, highest));
                }
                waiting.forEach(CompletableFuture::join);
                compare(journal, model, highest, "seed=" + seed + " round=" + round);
            }
            try (var journal = open(settings)) {
                compare(journal, model, highest, "seed=" + seed + " reopened round=" + round);
            }
        }
    }

    private static CompletableFuture<?> randomStep(
            JournalDirectory journal,
            SplittableRandom random,
            Map<String, NavigableMap<Long, LogRow.Event>> model,
            Map<String, Long> highest) {
        var id = "entity-" + random.nextInt(9);
        var events = model.computeIfAbsent(id, any -> new TreeMap<>());
        var last = highest.getOrDefault(id, 0L);
        return switch (random.nextInt(20)) {
            case 0 -> {
                var upTo = random.nextLong(last + 3);
                events.headMap(upTo, true).clear();
                yield journal.delete(id, upTo);
            }
            case 1 -> journal.save(snapshot(id, last));
            case 2 -> journal.forget(new SnapshotRange(id, 0, last / 2, 0, Long.MAX_VALUE));
            default -> {
                var size =
                        random.nextInt(10) == 0
                                ? 3_000 + random.nextInt(9_000)
                                : 1 + random.nextInt(400);
                var count = 1 + random.nextInt(4);
                var written = new ArrayList<LogRow.Event>();
                for (int i = 1; i <= count; i++) {
                    var tag = "tag-" + random.nextInt(5);
                    written.add(Events.event(id, last + i, "x".repeat(size), tag));
                }
                written.forEach(event -> events.put(event.sequence(), event));
                highest.put(id, last + count);
                yield journal.append(written);
            }
        };
    }

    private static void compare(
            JournalDirectory journal,
            Map<String, NavigableMap<Long, LogRow.Event>> model,
            Map<String, Long> highest,
            String message) {
        var perTag = new TreeMap<String, Integer>();
        for (var entry : model.entrySet()) {
            var id = entry.getKey();
            var wanted = List.copyOf(entry.getValue().values());
            assertEquals(wanted, Events.read(journal, id), message);
            assertEquals(highest.getOrDefault(id, 0L), journal.highestSequence(id).join(), message);
            wanted.forEach(event -> perTag.merge(event.tags().getFirst(), 1, Integer::sum));
        }
        for (var entry : perTag.entrySet()) {
            var found = Events.tagged(journal, entry.getKey(), 0);
            assertEquals(entry.getValue(), found.size(), message);
            var last = 0L;
            for (var stored : found) {
                assertTrue(stored.order() > last, message);
                last = stored.order();
            }
        }
    }
}
