package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients of Deribit as their registry has them, by the versions of a lock file, run by Node. Without
 * Node their tests are skipped on a desk and fail where {@code CI} is {@code true}.
 */
final class NodeClients {

    private static final Path SOURCES = Path.of("src/test/clients");
    private static final Path ROOM = Path.of("target/clients");
    private static final long INSTALL_S = 300;

    private NodeClients() {}

    /** Installed once for each checkout and lock file. */
    static synchronized NodeClients installed() throws IOException, InterruptedException {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(runs("node") && runs("npm"), "absent: Node with npm");
        }
        Path lock = ROOM.resolve("package-lock.json");
        Files.createDirectories(ROOM);
        boolean same =
                Files.exists(ROOM.resolve("installed"))
                        && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) < 0;
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.toList()) {
                Files.copy(
                        source,
                        ROOM.resolve(source.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!same) {
            Ran ran =
                    run(
                            new ProcessBuilder(
                                    "npm",
                                    "ci",
                                    "--ignore-scripts",
                                    "--no-audit",
                                    "--no-fund",
                                    "--loglevel=error"),
                            INSTALL_S);
            assertEquals(0, ran.code(), ran.out());
            Files.createFile(ROOM.resolve("installed"));
        }
        return new NodeClients();
    }

    /** A script against an engine, with a key of it; it must end with 0. What it printed. */
    String run(String script, URI engine, long seconds) throws IOException, InterruptedException {
        ProcessBuilder node = new ProcessBuilder("node", script);
        node.environment().put("DOLIM_URL", engine.toString());
        node.environment().put("DOLIM_KEY", Taker.KEY);
        node.environment().put("DOLIM_SECRET", Taker.SECRET);
        Ran ran = run(node, seconds);
        assertEquals(0, ran.code(), ran.out());
        return ran.out();
    }

    private static boolean runs(String tool) {
        try {
            return run(new ProcessBuilder(tool, "--version"), 60).code() == 0;
        } catch (IOException | InterruptedException absent) {
            return false;
        }
    }

    private static Ran run(ProcessBuilder builder, long seconds)
            throws IOException, InterruptedException {
        Files.createDirectories(ROOM);
        Path said = Files.createTempFile(ROOM, "said", ".txt");
        Process process =
                builder.directory(ROOM.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        String out = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        return new Ran(ended ? process.exitValue() : -1, out, "");
    }
}
