package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Damages copies of a journal and opens each; says per copy whether it was refused, read back
 * equal, or (the one that must not be) read back otherwise.
 */
final class DamagingChild {

    private DamagingChild() {}

    public static void main(String[] arguments) throws IOException {
        var original = Path.of(arguments[0]);
        var random = new SplittableRandom(Long.parseLong(arguments[1]));
        var wanted = content(original);
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            var data = Files.readAllBytes(LmdbStore.dataFile(original));
            // every fourth one hits the two meta pages, where little goes far
            var at = random.nextInt(i % 4 == 0 ? 8192 : data.length);
            var bit = random.nextInt(8);
            data[at] ^= (byte) (1 << bit);
            say("flip at=" + at + " bit=" + bit, original, data, wanted);
        }
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            var data = Files.readAllBytes(LmdbStore.dataFile(original));
            var length = random.nextInt(data.length);
            say("truncation to=" + length, original, Arrays.copyOf(data, length), wanted);
        }
    }

    private static void say(String what, Path original, byte[] data, List<EventPage.Stored> wanted)
            throws IOException {
        var copy = Directories.fresh();
        Files.copy(original.resolve(AnchorFile.FILE), copy.resolve(AnchorFile.FILE));
        Files.write(LmdbStore.dataFile(copy), data);
        try {
            var equal = content(copy).equals(wanted);
            System.out.println((equal ? "EQUAL " : "WRONG ") + what);
        } catch (JournalException refused) {
            System.out.println("REFUSED " + what + " " + refused.getMessage());
        } finally {
            try (var files = Files.list(copy)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(copy);
        }
    }

    private static List<EventPage.Stored> content(Path directory) throws IOException {
        var settings = Directories.settings(directory, Map.of("map-size", "64 MiB"));
        try (var journal = JournalDirectory.open(settings, halt -> {})) {
            var all = new ArrayList<>(Events.tagged(journal, Reader.EVERY, 0));
            for (var id : journal.persistenceIds(0, 100)) {
                all.addAll(Events.stored(journal, id));
            }
            return all;
        }
    }
}
