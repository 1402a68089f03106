package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Rows of numbers from a CSV file whose comment lines start with '#'. */
final class Rows {

    private Rows() {}

    static List<double[]> ofResource(String name) {
        InputStream in = Objects.requireNonNull(Rows.class.getResourceAsStream(name), name);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<double[]> ofVectors(String name) {
        Path file = folder("DOLIM_VECTORS", "../../shared/vectors").resolve(name);
        assumeTrue(Files.exists(file), "absent: " + file);
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path folder(String variable, String fallback) {
        String named = System.getenv(variable);
        return Path.of(named == null ? fallback : named).toAbsolutePath().normalize();
    }

    private static List<double[]> parse(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .skip(1)
                .map(
                        line ->
                                Arrays.stream(line.split(","))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray())
                .toList();
    }
}
