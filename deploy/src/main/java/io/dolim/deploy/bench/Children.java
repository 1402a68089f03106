package io.dolim.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Processes of the command line itself, started as {@code deploy/dolim} does. */
final class Children {

    private Children() {}

    /** A line that was waited for, and when it came. */
    record Said(String line, long afterNs) {}

    /**
     * Starts a verb and waits for a line of its output.
     *
     * @return empty when it ended without
     */
    static Optional<Said> line(Process process, long startNs, Predicate<String> wanted)
            throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (wanted.test(line)) {
                return Optional.of(new Said(line, System.nanoTime() - startNs));
            }
        }
        return Optional.empty();
    }

    /** Starts a verb with what the product has on its class path, and no more. */
    static Process start(Path log, String... words) throws IOException {
        return command(words).redirectError(log.toFile()).start();
    }

    private static ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(ChildJvm.command());
        command.add("-Xlog:disable");
        command.addAll(List.of("-cp", productClassPath(), "io.dolim.deploy.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    /** The same, its output into a file. */
    static Process start(Path log, Path out, String... words) throws IOException {
        return command(words).redirectError(log.toFile()).redirectOutput(out.toFile()).start();
    }

    private static String productClassPath() {
        String separator = System.getProperty("path.separator");
        return Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> !entry.contains("dolim/bench/"))
                .collect(Collectors.joining(separator));
    }

    /** Asks a process to end and waits until it has. */
    static void stop(Process process) throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("process " + process.pid() + " did not end in 60 s");
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
