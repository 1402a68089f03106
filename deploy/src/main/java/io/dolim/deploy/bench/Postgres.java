package io.dolim.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Debian's Postgres as it is installed, on a directory and a loopback port of its own. It does not
 * run as root: as root it is started as the user {@code postgres}.
 */
final class Postgres implements AutoCloseable {

    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    private final Path programs;
    private final Path dir;
    private final int port;
    private final Thread atExit;

    private Postgres(Path programs, Path dir, int port) {
        this.programs = programs;
        this.dir = dir;
        this.port = port;
        this.atExit = new Thread(this::stopQuietly, "postgres-stop");
    }

    /** Makes an empty cluster under {@code dir} and starts it. */
    static Postgres start(Path dir) throws IOException {
        Files.createDirectory(dir);
        if (isRoot()) {
            Files.setPosixFilePermissions(
                    dir.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
            Files.setOwner(
                    dir,
                    FileSystems.getDefault()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(USER));
        }
        Postgres server = new Postgres(programs(), dir, freePort());
        server.run("initdb", "-D", server.data(), "-U", USER, "-A", "trust", "-E", "UTF8");
        server.run(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                server.data(),
                "-l",
                dir + "/log",
                "-o",
                server.options());
        Runtime.getRuntime().addShutdownHook(server.atExit);
        return server;
    }

    private static Path programs() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            throw new IOException(
                    "no Postgres under "
                            + INSTALLED
                            + ": install Debian's package postgresql, or say --without postgres");
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("no initdb under " + INSTALLED));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private String data() {
        return dir.resolve("data").toString();
    }

    private String options() {
        return "-h 127.0.0.1 -p " + port + " -k " + dir;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + USER;
    }

    /** Its version, as it says itself. */
    String version() throws IOException {
        return run("postgres", "--version").strip();
    }

    private String run(String program, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(words));
        Path said = Files.createTempFile("dolim-postgres", ".log");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(dir.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            int code = process.waitFor();
            String text = Files.readString(said);
            if (code != 0) {
                throw new IOException(program + " ended with " + code + ": " + text.strip());
            }
            return text;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " interrupted", stopped);
        } finally {
            Files.delete(said);
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }

    private void stop() throws IOException {
        run("pg_ctl", "stop", "-m", "fast", "-w", "-D", data());
    }

    private void stopQuietly() {
        try {
            stop();
        } catch (IOException left) {
            System.err.println(
                    "dolim: Postgres in " + dir + " was left running: " + left.getMessage());
        }
    }
}
