package io.dolim.deploy.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where and of what a measurement was taken. */
final class Machine {

    private Machine() {}

    /** Processor, cores, memory, load, Java. */
    static String described() throws IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return "%s, %d cores, %s, load %.1f at the start, OpenJDK %s"
                .formatted(
                        value("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/meminfo", "MemTotal"),
                        load,
                        Runtime.version().toString().toLowerCase(Locale.ROOT));
    }

    private static String value(String file, String key) throws IOException {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return key + " unknown";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(key + " unknown");
        }
    }

    /** The commit that is checked out, with {@code +} when the files differ from it. */
    static String commit(Path checkout) throws IOException {
        String commit = git(checkout, "rev-parse", "--short", "HEAD");
        return git(checkout, "status", "--porcelain").isEmpty() ? commit : commit + "+";
    }

    private static String git(Path checkout, String... words) throws IOException {
        ProcessBuilder command = new ProcessBuilder("git", "-C", checkout.toString());
        command.command().addAll(java.util.List.of(words));
        Process git = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(
                        git.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .strip();
    }
}
