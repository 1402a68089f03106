package io.dolim.persistence;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.spi.ToolProvider;

/**
 * Measures the store by itself (bytes in, promise out) beside what limits it, as the tool {@code
 * journal-bench}: a preallocated file that is appended to and synced, and LMDB alone. The
 * contenders take turns, so that a noisy machine is noisy for all of them.
 *
 * <pre>
 *   --dir DIR         an empty directory
 *   --event FILE      the bytes of one event
 *   --batches N,N     events a commit
 *   --rounds N        turns of each contender
 *   --millis N        how long a turn takes
 * </pre>
 *
 * It answers a line of JSON a turn: {@code contender, batch, round, events, nanos, call_bytes,
 * disk_bytes}; the last two are what the kernel counts for this process, bytes handed over by
 * calls and bytes of pages made dirty ({@code wchar} and {@code write_bytes} of {@code
 * /proc/self/io}, zero where there is none). Progress goes to the second writer as {@code progress
 * DONE ALL}. Exit codes: 0 fine, 2 usage, 5 anything else.
 */
public final class JournalBench implements ToolProvider {

    private static final List<String> OPTIONS =
            List.of("--dir", "--event", "--batches", "--rounds", "--millis");
    private static final Path COUNTERS = Path.of("/proc/self/io");

    /** For {@link java.util.ServiceLoader}. */
    public JournalBench() {}

    @Override
    public String name() {
        return "journal-bench";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            turns(out, err, options(arguments));
            return 0;
        } catch (IllegalArgumentException usage) {
            err.println(usage.getMessage());
            return 2;
        } catch (IOException | JournalException | UncheckedIOException failure) {
            err.println(failure.getMessage());
            return 5;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static Map<String, String> options(String... arguments) {
        var options = new HashMap<String, String>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0
                || !options.keySet().equals(new java.util.HashSet<>(OPTIONS))) {
            throw new IllegalArgumentException("wanted: " + String.join(" . ", OPTIONS) + " .");
        }
        return options;
    }

    private static String given(Map<String, String> options, String name) {
        return Objects.requireNonNull(options.get(name));
    }

    private static void turns(PrintWriter out, PrintWriter err, Map<String, String> options)
            throws IOException {
        var dir = Path.of(given(options, "--dir"));
        var event = Files.readAllBytes(Path.of(given(options, "--event")));
        var batches =
                Arrays.stream(given(options, "--batches").split(","))
                        .map(Integer::parseInt)
                        .toList();
        var rounds = Integer.parseInt(given(options, "--rounds"));
        var turnNs = Long.parseLong(given(options, "--millis")) * 1_000_000L;
        var all = batches.size() * rounds;
        try (var contenders = new Contenders(dir, event)) {
            for (int round = 0; round < rounds; round++) {
                for (int at = 0; at < batches.size(); at++) {
                    for (var contender : contenders.list()) {
                        out.println(turn(contender, batches.get(at), round, turnNs));
                    }
                    err.println("progress " + (round * batches.size() + at + 1) + " " + all);
                }
            }
        }
    }

    /** The contenders over one directory, opened together. */
    private static final class Contenders implements AutoCloseable {
        private final List<Contender> opened = new ArrayList<>();

        Contenders(Path dir, byte[] event) throws IOException {
            try {
                opened.add(Contender.Append.open(dir.resolve("append"), event));
                opened.add(Contender.Lmdb.open(dir.resolve("lmdb"), event));
                opened.add(Contender.Store.open(dir.resolve("store"), event));
            } catch (IOException | RuntimeException failure) {
                close();
                throw failure;
            }
        }

        List<Contender> list() {
            return opened;
        }

        @Override
        public void close() throws IOException {
            for (var contender : opened) {
                contender.close();
            }
        }
    }

    private static String turn(Contender contender, int batch, int round, long turnNs)
            throws IOException {
        var calls = counter("wchar");
        var disk = counter("write_bytes");
        var startNs = System.nanoTime();
        var events = 0L;
        var nanos = 0L;
        while (nanos < turnNs) {
            contender.write(batch);
            events += batch;
            nanos = System.nanoTime() - startNs;
        }
        var line = new StringWriter();
        try (var json = new JsonFactory().createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("contender", contender.name());
            json.writeNumberField("batch", batch);
            json.writeNumberField("round", round);
            json.writeNumberField("events", events);
            json.writeNumberField("nanos", nanos);
            json.writeNumberField("call_bytes", counter("wchar") - calls);
            json.writeNumberField("disk_bytes", counter("write_bytes") - disk);
            json.writeEndObject();
        }
        return line.toString();
    }

    private static long counter(String name) throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return 0;
        }
        return Files.readAllLines(COUNTERS).stream()
                .filter(line -> line.startsWith(name + ": "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
                .findFirst()
                .orElse(0);
    }
}
