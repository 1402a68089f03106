package io.dolim.persistence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to a directory for ever and says each acknowledgement: entity, sequence, order. Arguments:
 * directory and, when it is not {@code commit}, durability.
 */
final class WritingChild {

    private static final int ENTITIES = 8;

    private WritingChild() {}

    public static void main(String[] arguments) {
        var settings =
                Directories.settings(
                        Path.of(arguments[0]),
                        Map.of(
                                "anchor-every",
                                16,
                                "index-every",
                                8,
                                "durability",
                                arguments.length > 1 ? arguments[1] : "commit"));
        var journal = JournalDirectory.open(settings, halt -> {});
        var writers = new ArrayList<CompletableFuture<?>>();
        for (int entity = 0; entity < ENTITIES; entity++) {
            var id = "entity-" + entity;
            var next = journal.highestSequence(id).join() + 1;
            writers.add(write(journal, id, next));
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
    }

    private static CompletableFuture<?> write(JournalDirectory journal, String id, long sequence) {
        return journal.append(List.of(event(id, sequence)))
                .thenApply(order -> say(id + " " + sequence + " " + order))
                .thenComposeAsync(said -> write(journal, id, sequence + 1));
    }

    /** What the entity's event with the number is, in this JVM and in any other. */
    static LogRow.Event event(String id, long sequence) {
        var text = (id + " " + sequence + " ").repeat((int) (1 + sequence % 40));
        return Events.event(id, sequence, text, "tag-" + sequence % 3);
    }

    private static boolean say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
        return true;
    }
}
