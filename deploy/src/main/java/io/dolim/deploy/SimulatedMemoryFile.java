package io.dolim.deploy;

import io.dolim.api.feed.SimulatedMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Where the simulated market of a state directory stopped, beside its clock. */
final class SimulatedMemoryFile {

    private final Path file;

    SimulatedMemoryFile(Path dir) {
        this.file = dir.resolve("simulated-market");
    }

    /**
     * What the last run left; empty in a new directory.
     *
     * @throws IllegalArgumentException when it is not what a run leaves
     */
    Optional<SimulatedMemory> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SimulatedMemory.parse(Files.readAllLines(file, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** Remembers where it is. */
    void write(SimulatedMemory memory) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, memory.lines(), StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
