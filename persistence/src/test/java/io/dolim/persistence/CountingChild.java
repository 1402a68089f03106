package io.dolim.persistence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Opens a directory and says how many of {@link SteadyChild}'s events are there. */
final class CountingChild {

    private CountingChild() {}

    public static void main(String[] arguments) throws IOException {
        var settings = Directories.settings(Path.of(arguments[0]), Map.of("min-free-disk", 0));
        try (var journal = JournalDirectory.open(settings, halt -> {})) {
            var found = Events.read(journal, SteadyChild.ID);
            var sound = true;
            for (int i = 0; i < found.size(); i++) {
                sound &= SteadyChild.event(i + 1).equals(found.get(i));
            }
            System.out.println("found " + found.size() + (sound ? " sound" : " otherwise"));
        }
    }
}
