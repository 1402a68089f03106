package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * The rows of a recorded pool's journal in their order, as often as it takes to have so many events:
 * the mix of a day, commits and tags included, under the same persistence ids.
 */
final class Day {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRADE = "trade-executed.";

    private final JsonNode header;
    private final String chain;
    private final List<ObjectNode> rows;

    private Day(JsonNode header, String chain, List<ObjectNode> rows) {
        this.header = header;
        this.chain = chain;
        this.rows = rows;
    }

    /** Reads what {@code journal export} wrote of a stopped journal. */
    static Day of(Path journal, Path scratch) throws IOException {
        Path text = scratch.resolve("day.jsonl");
        tool("export", "--dir", journal.toString(), "--to", text.toString());
        List<ObjectNode> rows = new ArrayList<>();
        Optional<JsonNode> header = Optional.empty();
        String chain = "";
        try (BufferedReader in = Files.newBufferedReader(text)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode node = JSON.readTree(line);
                switch (node.path("kind").asText()) {
                    case "header" -> header = Optional.of(node);
                    case "end" -> chain = node.path("chain").asText();
                    case "event", "commit" -> rows.add((ObjectNode) node);
                    default -> {} // what deleting leaves is no part of a day's mix
                }
            }
        }
        return new Day(
                header.orElseThrow(() -> new IOException("no header in " + text)), chain, rows);
    }

    /** Bytes of a trade as it is stored; of middle size among the day's. */
    byte[] trade() throws IOException {
        List<byte[]> trades = new ArrayList<>();
        for (ObjectNode row : rows) {
            if (row.path("manifest").asText().startsWith(TRADE)) {
                trades.add(Base64.getDecoder().decode(row.path("bytes").asText()));
            }
        }
        trades.sort(java.util.Comparator.comparingInt(bytes -> bytes.length));
        if (trades.isEmpty()) {
            throw new IOException("the day has no trade");
        }
        return trades.get(trades.size() / 2);
    }

    /** The manifest of the day's trades. */
    String tradeManifest() throws IOException {
        for (ObjectNode row : rows) {
            if (row.path("manifest").asText().startsWith(TRADE)) {
                return row.path("manifest").asText();
            }
        }
        throw new IOException("the day has no trade");
    }

    long events() {
        return rows.stream().filter(row -> row.path("kind").asText().equals("event")).count();
    }

    /** Makes a journal of {@code wanted} events; ends with a commit. */
    void repeat(long wanted, Path to, Path scratch) throws IOException {
        if (events() == 0) {
            throw new IOException("the day has no event");
        }
        Path text = scratch.resolve("days.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(text)) {
            new Repetition(out).write(wanted);
        }
        tool("import", "--from", text.toString(), "--dir", to.toString(), "--chain", "new");
        Files.delete(text);
    }

    /** The writing of a text that goes through the day again and again. */
    private final class Repetition {
        private final BufferedWriter out;
        private final Map<String, Long> sequences = new HashMap<>();
        private long order;
        private long events;

        Repetition(BufferedWriter out) {
            this.out = out;
        }

        void write(long wanted) throws IOException {
            line(header);
            boolean open = true;
            while (open) {
                for (ObjectNode row : rows) {
                    row(row);
                    if (events >= wanted && row.path("kind").asText().equals("commit")) {
                        open = false;
                        break;
                    }
                }
            }
            line(JSON.createObjectNode().put("kind", "end").put("rows", order).put("chain", chain));
        }

        private void row(ObjectNode row) throws IOException {
            row.put("order", ++order);
            if (row.path("kind").asText().equals("event")) {
                events++;
                row.put("seq", sequences.merge(row.path("pid").asText(), 1L, Long::sum));
            }
            line(row);
        }

        private void line(JsonNode node) throws IOException {
            out.write(JSON.writeValueAsString(node));
            out.write('\n');
        }
    }

    private static void tool(String... words) throws IOException {
        StringWriter said = new StringWriter();
        PrintWriter err = new PrintWriter(said);
        ToolProvider journal =
                ToolProvider.findFirst("journal")
                        .orElseThrow(() -> new IOException("no journal tool is on the path"));
        int code = journal.run(new PrintWriter(new StringWriter()), err, words);
        if (code != 0) {
            throw new IOException("journal " + words[0] + ": " + said.toString().strip());
        }
    }
}
