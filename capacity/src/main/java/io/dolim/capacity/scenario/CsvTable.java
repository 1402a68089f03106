package io.dolim.capacity.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A small table of comma-separated values with a header line; lines that start with {@code #} are
 * comments. No quoting: none of the columns needs it. Errors name file, line, column, value and rule.
 */
public final class CsvTable {

    private static final int MAX_ROWS = 100_000;
    private static final int MAX_LINE = 4_096;
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

    private final List<String> columns;
    private final List<Row> rows;

    private CsvTable(List<String> columns, List<Row> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Reads all rows. @throws IllegalArgumentException when a row is not as wide as the header */
    public static CsvTable read(String name, Reader reader) throws IOException {
        BufferedReader lines = new BufferedReader(reader);
        List<String> columns = List.of();
        List<Row> rows = new ArrayList<>();
        int lineNumber = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            lineNumber++;
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            if (line.length() > MAX_LINE || rows.size() >= MAX_ROWS) {
                throw new IllegalArgumentException(
                        name + " line " + lineNumber + ": too long a line or too many rows");
            }
            List<String> cells = Arrays.asList(line.strip().split(",", -1));
            if (columns.isEmpty()) {
                columns = cells;
            } else {
                rows.add(new Row(name, lineNumber, columns, cells));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(name + ": no rows");
        }
        return new CsvTable(List.copyOf(columns), List.copyOf(rows));
    }

    /** The header. */
    public List<String> columns() {
        return columns;
    }

    /** The rows under it. */
    public List<Row> rows() {
        return rows;
    }

    /** One row. */
    public record Row(String name, int line, List<String> columns, List<String> cells) {

        /** @throws IllegalArgumentException when the row is not as wide as the header */
        public Row {
            cells = List.copyOf(cells);
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException(
                        name
                                + " line "
                                + line
                                + ": "
                                + cells.size()
                                + " cells, the header has "
                                + columns.size());
            }
        }

        /** A cell as text. */
        public String text(String column) {
            int index = columns.indexOf(column);
            if (index < 0) {
                throw new IllegalArgumentException(name + ": no column " + column);
            }
            return cells.get(index).strip();
        }

        /** A cell as a finite decimal number. */
        public double number(String column) {
            String text = text(column);
            double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw refused(column, "must be a finite decimal number");
            }
            return value;
        }

        /** A cell as a whole number. */
        public long whole(String column) {
            double value = number(column);
            if (value != Math.rint(value) || Math.abs(value) > 1e15) {
                throw refused(column, "must be a whole number within 1e15");
            }
            return (long) value;
        }

        /** The error that says what is wrong with a cell. */
        public IllegalArgumentException refused(String column, String rule) {
            return new IllegalArgumentException(
                    name + " line " + line + ": " + column + "=" + text(column) + " " + rule);
        }
    }
}
