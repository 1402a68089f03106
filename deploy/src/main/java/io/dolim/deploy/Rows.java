package io.dolim.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Prints rows in the format that was asked for. A row's nested values stand in columns by their path.
 * Public for the measurements.
 */
public final class Rows {

    static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    private final OutputFormat format;
    private final PrintWriter out;

    /** Prints in a format. */
    public Rows(OutputFormat format, PrintWriter out) {
        this.format = format;
        this.out = out;
    }

    /** Many rows. */
    public void print(List<ObjectNode> rows) throws JsonProcessingException {
        switch (format) {
            case table -> table(rows);
            case json -> out.println(pretty(JSON.createArrayNode().addAll(rows)));
            case jsonl -> {
                for (ObjectNode row : rows) {
                    out.println(JSON.writeValueAsString(row));
                }
            }
            case csv -> csv(rows);
        }
        out.flush();
    }

    /** One thing: as a tree in JSON, else a row for each of its values. */
    void print(ObjectNode one) throws JsonProcessingException {
        switch (format) {
            case json -> out.println(pretty(one));
            case jsonl -> out.println(JSON.writeValueAsString(one));
            case table, csv -> print(paths(one));
        }
        out.flush();
    }

    /** Rows one by one as they come, in columns that are known before; nothing is gathered. */
    Stream stream(List<String> columns) {
        return new Stream(columns);
    }

    /** Prints each row at once; to be closed behind the last. */
    final class Stream implements AutoCloseable {

        private final List<String> columns;
        private final int[] widths;
        private boolean begun;

        private Stream(List<String> columns) {
            this.columns = List.copyOf(columns);
            this.widths = columns.stream().mapToInt(String::length).toArray();
        }

        void row(ObjectNode row) {
            try {
                switch (format) {
                    case table -> tableRow(row);
                    case csv -> csvRow(row);
                    case jsonl -> out.println(JSON.writeValueAsString(row));
                    case json -> out.print((begun ? ",\n" : "[ ") + pretty(row));
                }
                begun = true;
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        private void csvRow(ObjectNode row) {
            if (!begun) {
                out.println(String.join(",", columns));
            }
            out.println(csvLine(row, columns));
        }

        /** Columns grow with what comes: the widest cell is not known before. */
        private void tableRow(ObjectNode row) {
            List<String> cells = columns.stream().map(column -> cell(row, column)).toList();
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
            if (!begun) {
                line(columns, widths);
            }
            line(cells, widths);
        }

        @Override
        public void close() {
            if (format == OutputFormat.json) {
                out.println(begun ? " ]" : "[ ]");
            }
            out.flush();
        }
    }

    private static String csvLine(ObjectNode row, List<String> columns) {
        return String.join(",", columns.stream().map(column -> quoted(cell(row, column))).toList());
    }

    /** A tree as rows of path and value. */
    static List<ObjectNode> paths(JsonNode tree) {
        List<ObjectNode> rows = new ArrayList<>();
        collect("", tree, rows);
        return rows;
    }

    private static void collect(String path, JsonNode node, List<ObjectNode> rows) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            one ->
                                    collect(
                                            path.isEmpty()
                                                    ? one.getKey()
                                                    : path + "." + one.getKey(),
                                            one.getValue(),
                                            rows));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "." + i, node.get(i), rows);
            }
        } else {
            rows.add(JSON.createObjectNode().put("path", path).put("value", node.asText()));
        }
    }

    private static String pretty(JsonNode node) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    private static SequencedSet<String> columns(List<ObjectNode> rows) {
        SequencedSet<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        return columns;
    }

    private static String cell(ObjectNode row, String column) {
        JsonNode value = row.path(column);
        return value.isMissingNode() || value.isNull()
                ? ""
                : value.isContainerNode() ? value.toString() : value.asText();
    }

    private void csv(List<ObjectNode> rows) {
        List<String> columns = List.copyOf(columns(rows));
        out.println(String.join(",", columns));
        for (ObjectNode row : rows) {
            out.println(csvLine(row, columns));
        }
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private void table(List<ObjectNode> rows) {
        List<String> columns = List.copyOf(columns(rows));
        int[] widths = columns.stream().mapToInt(String::length).toArray();
        for (ObjectNode row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cell(row, columns.get(i)).length());
            }
        }
        line(columns, widths);
        for (ObjectNode row : rows) {
            line(columns.stream().map(column -> cell(row, column)).toList(), widths);
        }
    }

    private void line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean number = cell.matches("-?[0-9][0-9.,E+-]*");
            String pad = " ".repeat(widths[i] - cell.length());
            line.append(number ? pad + cell : cell + pad).append("  ");
        }
        out.println(line.toString().stripTrailing());
    }

    static ArrayNode array() {
        return JSON.createArrayNode();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
