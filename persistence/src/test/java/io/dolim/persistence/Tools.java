package io.dolim.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs that some tests need: absent, a counted skip on a desk and a failure in CI. */
final class Tools {

    private static Optional<Path> faults = Optional.empty();

    private Tools() {}

    /** Runs a command that must succeed where {@code tool} is there. */
    static void run(String tool, List<String> command) throws IOException, InterruptedException {
        var found = runs(List.of("bash", "-c", "command -v " + tool));
        if (!found && System.getenv("CI") != null) {
            throw new AssertionError("absent: " + tool);
        }
        assumeTrue(found, "absent: " + tool);
        assertEquals(true, runs(command), () -> String.join(" ", command));
    }

    private static boolean runs(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** The faults to be put before the C library, compiled once. */
    static synchronized Path faults() throws IOException, InterruptedException {
        if (faults.isEmpty()) {
            faults = Optional.of(compiled());
        }
        return faults.get();
    }

    private static Path compiled() throws IOException, InterruptedException {
        var library = Directories.fresh().resolve("faults.so");
        run(
                "cc",
                List.of(
                        "cc",
                        "-shared",
                        "-fPIC",
                        "-O1",
                        "-o",
                        library.toString(),
                        "src/test/native/faults.c",
                        "-ldl",
                        "-lpthread"));
        return library;
    }

    /**
     * Runs a script of the shell where a file system in memory of the given size is mounted on
     * {@code directory}, in a name space of its own. A kernel that gives none is a counted skip
     * everywhere: no package brings it.
     */
    static List<String> onSmallDisk(Path directory, String size, String script)
            throws IOException, InterruptedException {
        String mount = "mount -t tmpfs -o size=%s tmpfs %s".formatted(size, directory);
        for (String flags : List.of("-rm", "-m")) {
            if (runs(List.of("unshare", flags, "bash", "-c", mount))) {
                return List.of("unshare", flags, "bash", "-c", mount + " && " + script);
            }
        }
        assumeTrue(false, "absent: mount name spaces");
        return List.of();
    }
}
