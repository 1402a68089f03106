package io.dolim.persistence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, to be killed, starved or crashed; speaks in lines. */
final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        var watch = process.onExit().orTimeout(120, TimeUnit.SECONDS);
        var _ = watch.exceptionally(late -> kill(process));
        this.lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Child start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), Map.of(), main, arguments);
    }

    /** As {@link #start(Class, String...)} where no file can grow beyond {@code kib} KiB. */
    static Child startWithFilesUpTo(int kib, Class<?> main, String... arguments)
            throws IOException {
        var limit = List.of("bash", "-c", "ulimit -f " + kib + "; exec \"$@\"", "child");
        return start(limit, Map.of(), main, arguments);
    }

    /** A child behind another command, with additions to its environment. */
    static Child start(
            List<String> before,
            Map<String, String> environment,
            Class<?> main,
            String... arguments)
            throws IOException {
        var command = new ArrayList<>(before);
        command.addAll(command(main, arguments));
        return start(environment, command);
    }

    static Child start(Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new Child(builder.start());
    }

    /** What starts a JVM with {@code main}. */
    static List<String> command(Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The next line; empty when the child has ended. */
    Optional<String> line() throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    List<String> lines() throws IOException {
        var all = new ArrayList<String>();
        for (var line = line(); line.isPresent(); line = line()) {
            all.add(line.get());
        }
        return all;
    }

    long pid() {
        return process.pid();
    }

    private static Process kill(Process process) {
        process.toHandle().destroyForcibly();
        return process;
    }

    /** SIGKILL; what the child said before can still be read. */
    void kill() throws InterruptedException {
        kill(process).waitFor();
    }

    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("child has not ended");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        lines.close();
    }
}
