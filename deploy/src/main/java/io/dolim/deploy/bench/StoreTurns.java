package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** The store by itself, LMDB alone and a bare file, as the journal's own tool measured them. */
final class StoreTurns {

    /** Who takes turns. */
    enum Contender {
        APPEND,
        LMDB,
        STORE
    }

    private record Turn(
            Contender contender, int batch, int round, double perSecond, double bytes) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Turn> turns;

    private StoreTurns(List<Turn> turns) {
        this.turns = turns;
    }

    /** Lets the contenders take turns in a directory made for them, and deletes it. */
    static StoreTurns measure(
            Path dir, byte[] event, List<Integer> batches, int rounds, long turnMs, PrintWriter err)
            throws IOException {
        Files.createDirectory(dir);
        Path bytes = Files.write(dir.resolve("event"), event);
        StringWriter said = new StringWriter();
        ToolProvider tool =
                ToolProvider.findFirst("journal-bench")
                        .orElseThrow(() -> new IOException("no journal-bench is on the path"));
        int code =
                tool.run(
                        new PrintWriter(said),
                        err,
                        "--dir",
                        dir.toString(),
                        "--event",
                        bytes.toString(),
                        "--batches",
                        batches.stream().map(String::valueOf).collect(Collectors.joining(",")),
                        "--rounds",
                        String.valueOf(rounds),
                        "--millis",
                        String.valueOf(turnMs));
        if (code != 0) {
            throw new IOException("journal-bench ended with " + code);
        }
        Folders.delete(dir);
        return of(said.toString());
    }

    /** Reads the tool's lines. */
    static StoreTurns of(String lines) throws IOException {
        List<Turn> turns = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            JsonNode turn = JSON.readTree(line);
            double events = turn.path("events").asDouble();
            turns.add(
                    new Turn(
                            Contender.valueOf(
                                    turn.path("contender")
                                            .asText()
                                            .toUpperCase(java.util.Locale.ROOT)),
                            turn.path("batch").asInt(),
                            turn.path("round").asInt(),
                            events * 1e9 / turn.path("nanos").asDouble(),
                            turn.path("call_bytes").asDouble() / events));
        }
        return new StoreTurns(turns);
    }

    double perSecond(Contender contender, int batch) {
        return Figures.median(of(contender, batch).stream().map(Turn::perSecond).toList());
    }

    /** Bytes handed to the kernel for an event. */
    double bytes(Contender contender, int batch) {
        return Figures.median(of(contender, batch).stream().map(Turn::bytes).toList());
    }

    private List<Turn> of(Contender contender, int batch) {
        return turns.stream()
                .filter(turn -> turn.contender() == contender && turn.batch() == batch)
                .toList();
    }

    /** The store over LMDB alone: the median of what both did in the same round. */
    double ratio(int batch) {
        List<Double> ratios = new ArrayList<>();
        for (Turn store : of(Contender.STORE, batch)) {
            for (Turn lmdb : of(Contender.LMDB, batch)) {
                if (lmdb.round() == store.round()) {
                    ratios.add(store.perSecond() / lmdb.perSecond());
                }
            }
        }
        return Figures.median(ratios);
    }
}
