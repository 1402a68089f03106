package io.dolim.persistence;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** The processes that {@link JournalTorture} kills and lets open damaged files. */
final class TortureChild {

    private static final int ENTITIES = 8;
    private static final int META_BYTES = 8192;
    private static final List<String> LOCK_FILES = List.of("lock.mdb", DirectoryLock.FILE);
    private static final List<String> FILES =
            List.of(AnchorFile.FILE, LmdbStore.DATA_FILE, "lock.mdb", DirectoryLock.FILE);
    private static final PrintStream OUT =
            new PrintStream(System.out, false, StandardCharsets.UTF_8);

    private TortureChild() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "write" -> write(Path.of(arguments[1]), arguments[2]);
            case "damage" ->
                    damage(
                            Path.of(arguments[1]),
                            Path.of(arguments[2]),
                            Long.parseLong(arguments[3]),
                            Integer.parseInt(arguments[4]),
                            Integer.parseInt(arguments[5]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void say(String line) {
        synchronized (OUT) {
            OUT.println(line);
            OUT.flush();
        }
    }

    private static JournalDirectory open(Path directory) {
        return open(directory, "commit");
    }

    private static JournalDirectory open(Path directory, String durability) {
        var changes =
                Map.of(
                        "durability",
                        durability,
                        "dir",
                        directory.toString(),
                        "map-start",
                        "1 MiB",
                        "map-size",
                        "1 GiB",
                        "min-free-disk",
                        "1 MiB",
                        "anchor-every",
                        16,
                        "index-every",
                        8);
        var section = ConfigFactory.load().getConfig(StoreSettings.PATH);
        return JournalDirectory.open(
                StoreSettings.of(ConfigFactory.parseMap(changes).withFallback(section)),
                halt -> {});
    }

    /** What an entity's event with the number is, in this process and in any other. */
    private static LogRow.Event event(String id, long sequence) {
        var text = (id + " " + sequence + " ").repeat((int) (1 + sequence * 7 % 90));
        return new LogRow.Event(
                id,
                sequence,
                sequence,
                "torture",
                "",
                List.of("tag-" + sequence % 3),
                new Payload(7, "text", text.getBytes(StandardCharsets.UTF_8)),
                Optional.empty());
    }

    private static String id(int entity) {
        return "entity-" + entity;
    }

    private static void write(Path directory, String durability) {
        var journal = open(directory, durability);
        var writers = new ArrayList<CompletableFuture<?>>();
        for (int entity = 0; entity < ENTITIES; entity++) {
            var id = id(entity);
            writers.add(next(journal, id, journal.highestSequence(id).join() + 1));
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
    }

    private static CompletableFuture<?> next(JournalDirectory journal, String id, long sequence) {
        return journal.append(List.of(event(id, sequence)))
                .thenAccept(order -> say(id + " " + sequence + " " + order + " ."))
                .thenComposeAsync(said -> next(journal, id, sequence + 1));
    }

    /** What is wrong with a journal whose writer was killed; empty when nothing is. */
    static Optional<String> check(Path directory, Map<String, Long> acknowledged)
            throws IOException {
        try (var journal = open(directory)) {
            for (var entry : acknowledged.entrySet()) {
                var found = events(journal, entry.getKey());
                if (found.size() < entry.getValue()) {
                    return Optional.of(
                            "%s %s acknowledged=%d found=%d"
                                    .formatted(
                                            directory,
                                            entry.getKey(),
                                            entry.getValue(),
                                            found.size()));
                }
                for (int i = 0; i < found.size(); i++) {
                    if (!found.get(i).event().equals(event(entry.getKey(), i + 1))) {
                        return Optional.of(directory + " otherwise: " + found.get(i));
                    }
                }
            }
            return Optional.empty();
        } catch (JournalException refused) {
            return Optional.of(directory + " " + refused.getMessage());
        }
    }

    private static List<EventPage.Stored> events(JournalDirectory journal, String id) {
        var all = new ArrayList<EventPage.Stored>();
        for (var next = 1L; ; ) {
            var page = journal.events(id, next, Long.MAX_VALUE).join();
            all.addAll(page.events());
            if (!page.more()) {
                return all;
            }
            next = page.next();
        }
    }

    /** Makes the journal that is damaged then: several openings, long events, deletions. */
    static void fill(Path directory) throws IOException {
        for (int opening = 0; opening < 3; opening++) {
            try (var journal = open(directory)) {
                for (long i = 1; i <= 60; i++) {
                    var sequence = opening * 60L + i;
                    for (int entity = 0; entity < 3; entity++) {
                        journal.append(List.of(event(id(entity), sequence))).join();
                    }
                }
                journal.append(List.of(event("long-" + opening, 1), large("long-" + opening)))
                        .join();
                journal.delete(id(0), opening * 20L).join();
            }
        }
    }

    private static LogRow.Event large(String id) {
        return new LogRow.Event(
                id,
                2,
                0,
                "torture",
                "",
                List.of(),
                new Payload(7, "large", new byte[20_000]),
                Optional.empty());
    }

    private static List<EventPage.Stored> content(Path directory) throws IOException {
        try (var journal = open(directory)) {
            var all = new ArrayList<EventPage.Stored>();
            // heard of in another order when the index did not have them yet
            for (var id : journal.persistenceIds(0, 100).stream().sorted().toList()) {
                all.addAll(events(journal, id));
            }
            for (var next = 0L; ; ) {
                var page = journal.tagged(Reader.EVERY, next, Long.MAX_VALUE).join();
                all.addAll(page.events());
                if (!page.more()) {
                    return all;
                }
                next = page.next();
            }
        }
    }

    /** A damaged file's content. */
    private static final class Damage {
        private final String file;
        private final byte[] bytes;
        private final String what;

        Damage(String file, byte[] bytes, String what) {
            this.file = file;
            this.bytes = bytes;
            this.what = what;
        }
    }

    private static void damage(Path original, Path room, long seed, int from, int to)
            throws IOException {
        var wanted = content(original);
        for (int i = from; i < to; i++) {
            var damage = damage(original, new SplittableRandom(seed + 31L * i), i);
            say("try " + damage.what);
            var result = result(original, room, damage, wanted);
            say(
                    "{\"damage\":%d,\"what\":\"%s\",\"result\":%s}"
                            .formatted(i + 1, damage.what, result));
        }
    }

    /**
     * Every fourth one is a truncation; of the flips every third hits the meta pages; every twelfth
     * damages the anchors, every sixteenth a lock file.
     */
    private static Damage damage(Path original, SplittableRandom random, int number)
            throws IOException {
        var locks = number % 16 == 9 || number % 32 == 15;
        var anchors = number % 12 == 5 && !locks;
        var file =
                locks
                        ? LOCK_FILES.get(number / 16 % LOCK_FILES.size())
                        : anchors ? AnchorFile.FILE : LmdbStore.DATA_FILE;
        var bytes = Files.readAllBytes(original.resolve(file));
        if (number % 4 == 3) {
            var length = random.nextInt(bytes.length);
            return new Damage(
                    file, Arrays.copyOf(bytes, length), "truncate " + file + " " + length);
        }
        var meta = number % 3 == 0 && !anchors && !locks;
        var at = random.nextInt(meta ? META_BYTES : bytes.length);
        var bit = random.nextInt(8);
        bytes[at] ^= (byte) (1 << bit);
        return new Damage(file, bytes, "flip " + file + " " + at + " bit " + bit);
    }

    private static String result(
            Path original, Path room, Damage damage, List<EventPage.Stored> wanted)
            throws IOException {
        Files.createDirectories(room);
        for (var file : FILES) {
            Files.write(room.resolve(file), Files.readAllBytes(original.resolve(file)));
        }
        Files.write(room.resolve(damage.file), damage.bytes);
        try {
            if (LOCK_FILES.contains(damage.file) && !isReadFromOutside(room, wanted)) {
                return "\"OTHERWISE\"";
            }
            return content(room).equals(wanted) ? "\"equal\"" : "\"OTHERWISE\"";
        } catch (JournalCorrupt | JournalFormatUnsupported refused) {
            return "\"refused\",\"finding\":\""
                    + refused.toString().replace("\\", "/").replace("\"", "'")
                    + "\"";
        }
    }

    /** A reader uses the lock files as they lie there; a writer that opens makes them anew. */
    private static boolean isReadFromOutside(Path room, List<EventPage.Stored> wanted) {
        try (var reader = JournalReader.open(room, (done, all) -> {})) {
            var first = reader.events(id(0), 1, Long.MAX_VALUE).rows();
            return !first.isEmpty()
                    && first.stream()
                            .allMatch(
                                    row ->
                                            wanted.stream()
                                                    .anyMatch(
                                                            stored ->
                                                                    stored.order() == row.order()
                                                                            && stored.event()
                                                                                    .equals(
                                                                                            row
                                                                                                    .row())));
        }
    }
}
