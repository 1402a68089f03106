package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Follows a journal that another process writes to until it has read {@code count} events of the
 * entity of {@link SteadyChild}, and says how many were as they should be. Arguments: directory,
 * count.
 */
final class ReadingChild {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ReadingChild() {}

    public static void main(String[] arguments) throws IOException {
        var count = Long.parseLong(arguments[1]);
        try (var reader = JournalReader.open(Path.of(arguments[0]), (done, all) -> {})) {
            System.out.println("open");
            System.out.flush();
            var equal = 0L;
            var after = 0L;
            for (var seen = 0L; seen < count; ) {
                var page = reader.follow(after, 50, PATIENCE);
                for (var stored : page.rows()) {
                    if (stored.row() instanceof LogRow.Event event) {
                        seen++;
                        equal += event.equals(SteadyChild.event(seen)) ? 1 : 0;
                    }
                }
                if (page.rows().isEmpty()) {
                    break;
                }
                after = page.next();
            }
            System.out.println("equal " + equal);
            System.out.flush();
        }
    }
}
