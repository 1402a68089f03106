package io.dolim.deploy;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * What the start of an engine has loaded, linked and profiled, kept in a file for the next one with the
 * same class path (the JVM's ahead-of-time cache, JEP 483, 514 and 515). It changes how long a start
 * takes, nothing else; a JVM whose class path or collector is another one does without. Tests start
 * dozens of engines and gain a third of each start under G1; under ZGC, on which operators run, nothing
 * is gained, since this Java keeps no linked classes for it.
 *
 * @param file the cache
 * @param classPath of jars alone, as the cache wants it
 */
record StartCache(Path file, String classPath) {

    /** The file, for the engines that this process starts. */
    static final String PROPERTY = "dolim.start-cache";

    /** Made when an engine is first started. */
    private static final class Shared {
        private static final Optional<StartCache> CACHE = shared(System.getProperty(PROPERTY));
    }

    /** The cache of this process's engines, made if it is older than the class path; empty when none is named. */
    static Optional<StartCache> shared() {
        return Shared.CACHE;
    }

    /** What this process runs on; the JVM's own word for it may be a jar that names the rest. */
    static String ownClassPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static Optional<StartCache> shared(String named) {
        if (named == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(upToDate(Path.of(named)));
        } catch (IOException | RuntimeException failed) {
            System.err.println("dolim: engines start without a cache: " + failed.getMessage());
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** One process makes it at a time; the others wait for it, and find it made. */
    private static StartCache upToDate(Path file) throws IOException, InterruptedException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            return madeIfOlder(file);
        }
    }

    /** The cache of a file, made anew if something on the class path is younger. */
    private static StartCache madeIfOlder(Path file) throws IOException, InterruptedException {
        long made = Files.exists(file) ? changed(file) : Long.MIN_VALUE;
        Path packed = file.resolveSibling(file.getFileName() + ".jars");
        List<Path> entries = entries(ownClassPath());
        StartCache cache = new StartCache(file, inJars(entries, packed, made));
        for (Path entry : entries) {
            if (changed(entry) > made) {
                cache.make();
                break;
            }
        }
        return cache;
    }

    /** What a class path names and is there; an empty name, which would be the working directory, is none. */
    static List<Path> entries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    /** The class path with a jar for each directory, packed anew if it has changed since. */
    static String inJars(List<Path> entries, Path packed, long since) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path entry : entries) {
            Path jar = entry;
            if (Files.isDirectory(entry)) {
                jar = packed.resolve(Integer.toHexString(entry.hashCode()) + ".jar");
                if (changed(entry) > since || !Files.exists(jar)) {
                    Files.createDirectories(packed);
                    pack(entry, jar);
                }
            }
            jars.add(jar.toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private static long changed(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.map(one -> one.toFile().lastModified())
                    .max(Comparator.naturalOrder())
                    .orElse(Long.MIN_VALUE);
        }
    }

    private static void pack(Path directory, Path jar) throws IOException {
        int code =
                ToolProvider.findFirst("jar")
                        .orElseThrow(() -> new IOException("this JDK has no 'jar'"))
                        .run(
                                System.out,
                                System.err,
                                "--create",
                                "--file",
                                jar.toString(),
                                "-C",
                                directory.toString(),
                                ".");
        if (code != 0) {
            throw new IOException(directory + " could not be packed: code " + code);
        }
    }

    /** Starts an engine on a journal of its own and ends it; its JVM writes the cache as it ends. */
    private void make() throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("dolim-start");
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> jvm = List.of("-XX:AOTCacheOutput=" + file);
            try (EngineProcess engine = EngineProcess.launch(classPath, jvm, state)) {
                engine.awaitReady(http);
                engine.stop();
                if (!Files.exists(file)) {
                    throw new IOException(
                            file
                                    + " was not written: "
                                    + engine.output().replace(System.lineSeparator(), "; "));
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(state)) {
                for (Path one : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    /** Of a JVM that uses it. */
    List<String> flags() {
        return List.of("-XX:AOTCache=" + file);
    }
}
