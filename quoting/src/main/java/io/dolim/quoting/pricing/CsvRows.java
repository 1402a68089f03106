package io.dolim.quoting.pricing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A plain CSV of numbers, row by row: lines with {@code #} and empty ones are skipped, the first other line is the header. */
final class CsvRows {
    /** A longer line is refused. */
    static final int MOST_CHARACTERS = 10_000;

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private final BufferedReader lines;
    private final int[] places;
    private final List<String> columns;
    private int lineNumber;

    CsvRows(Reader in, List<String> columns) throws IOException {
        this.lines = new BufferedReader(in);
        this.columns = columns;
        String header = nextLine();
        if (header.isEmpty()) {
            throw refused("header", "", "a header line");
        }
        List<String> names = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
        places = columns.stream().mapToInt(column -> place(names, column)).toArray();
    }

    /** The wanted columns of the next row, in the order they were asked for; empty at the end. */
    double[] next() throws IOException {
        String line = nextLine();
        if (line.isEmpty()) {
            return new double[0];
        }
        String[] fields = line.split(",", -1);
        double[] numbers = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            if (places[i] >= fields.length) {
                throw refused(columns.get(i), "", "a field for every column of the header");
            }
            numbers[i] = number(columns.get(i), fields[places[i]].strip());
        }
        return numbers;
    }

    /** What is wrong where. */
    IllegalArgumentException refused(String column, String value, String rule) {
        return new IllegalArgumentException(
                "line=" + lineNumber + " column=" + column + " value=" + value + " rule=" + rule);
    }

    private double number(String column, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw refused(column, text, "a decimal number");
        }
        return Double.parseDouble(text);
    }

    private int place(List<String> names, String column) {
        int place = names.indexOf(column);
        if (place < 0) {
            throw refused(column, "", "a column of this name");
        }
        if (names.lastIndexOf(column) != place) {
            throw refused(column, column, "only one column of this name");
        }
        return place;
    }

    private String nextLine() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            lineNumber++;
            if (line.length() > MOST_CHARACTERS) {
                throw refused("", line.length() + " characters", "at most " + MOST_CHARACTERS);
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                return line;
            }
        }
        return "";
    }
}
