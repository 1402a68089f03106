package io.dolim.deploy;

import io.dolim.deploy.bench.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The engine in a process of its own, as an operator starts it, on a free port. */
final class EngineProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("https?://127\\.0\\.0\\.1:\\d+");
    private static final Duration START = Duration.ofSeconds(90);

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> address = new CompletableFuture<>();

    private EngineProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /** Starts {@code dolim run} and waits until it is ready. */
    static EngineProcess ready(Path dir, HttpClient http, String... flags)
            throws IOException, InterruptedException {
        EngineProcess engine = launch(dir, flags);
        try {
            engine.awaitReady(http);
            return engine;
        } catch (IOException failed) {
            engine.close();
            throw failed;
        }
    }

    /** Starts {@code dolim run} and waits for nothing. */
    static EngineProcess launch(Path dir, String... flags) throws IOException {
        Optional<StartCache> cache = StartCache.shared();
        return launch(
                cache.map(StartCache::classPath).orElse(StartCache.ownClassPath()),
                cache.map(StartCache::flags).orElse(List.of()),
                dir,
                flags);
    }

    /** The same on a class path, with flags of its JVM. */
    static EngineProcess launch(String classPath, List<String> jvm, Path dir, String... flags)
            throws IOException {
        List<String> command = new ArrayList<>(ChildJvm.command());
        command.addAll(jvm);
        command.addAll(
                List.of("-cp", classPath, "io.dolim.deploy.Main", "run", "--dir", dir.toString()));
        if (!List.of(flags).contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        command.addAll(List.of(flags));
        return new EngineProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Address of the WebSocket. */
    URI webSocket() throws IOException, InterruptedException {
        return URI.create("ws" + awaitAddress().substring("http".length()) + "/ws/api/v2");
    }

    /** Address of a path over HTTP. */
    URI http(String path) throws IOException, InterruptedException {
        return URI.create(awaitAddress() + path);
    }

    /** All that it has printed. */
    String output() {
        return String.join("\n", output);
    }

    /** SIGKILL, and its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, as Ctrl-C does, and its exit code; what it says as it ends is read, unlike after {@code Process.destroy}. */
    int stop() throws InterruptedException {
        process.toHandle().destroy();
        return exitCode();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the engine did not end within 60 s:\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Waits until it is ready. */
    void awaitReady(HttpClient http) throws IOException, InterruptedException {
        HttpRequest ready =
                HttpRequest.newBuilder(http("/health/ready"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (http.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                output.add("(not yet: " + notYet.getMessage() + ")");
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new IOException("the engine is not ready:\n" + output());
    }

    private String awaitAddress() throws IOException, InterruptedException {
        try {
            return address.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException unknown) {
            throw new IOException("the engine has no address:\n" + output(), unknown);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher found = ADDRESS.matcher(line);
                if (found.find()) {
                    address.complete(found.group());
                }
            }
        } catch (IOException ended) {
            output.add(ended.toString());
        }
        address.completeExceptionally(new IOException("ended"));
    }
}
