package io.dolim.quoting.pricing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A CSV table of published numbers: comment lines, a header, rows. */
final class ReferenceTable {
    private final List<String> columns;
    private final List<String[]> rows;

    private ReferenceTable(List<String> lines) {
        List<String> kept =
                lines.stream().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
        columns = Arrays.asList(kept.getFirst().split(",", -1));
        rows = kept.stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    /** A table that stands in the project's own test resources. */
    static ReferenceTable resource(String name) {
        InputStream stream = ReferenceTable.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("missing test resource " + name);
        }
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return new ReferenceTable(new ArrayList<>(reader.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of the full vectors; where the folder is absent the test is skipped and says so. */
    static ReferenceTable vectors(String name) {
        Path path =
                Path.of(System.getenv().getOrDefault("DOLIM_VECTORS", "../../shared/vectors"))
                        .resolve(name);
        Assumptions.assumeTrue(Files.exists(path), "absent: " + path.toAbsolutePath().normalize());
        try {
            return new ReferenceTable(Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return rows.size();
    }

    String text(int row, String column) {
        return rows.get(row)[columns.indexOf(column)];
    }

    double number(int row, String column) {
        return Double.parseDouble(text(row, column));
    }

    /** The line as it stands in the file, for messages. */
    String line(int row) {
        return String.join(",", rows.get(row));
    }
}
