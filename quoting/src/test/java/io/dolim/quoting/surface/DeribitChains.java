package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dolim.quoting.instrument.DayCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Recorded option chains of Deribit, of which marks are read: one volatility a strike. */
final class DeribitChains {

    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");

    private DeribitChains() {}

    /** An underlying at one moment: expiries in order, each with its strikes in order. */
    record Chain(String name, long timeMs, List<Expiry> expiries) {

        /** All strikes, or only those of one parity of their index. */
        List<ExpiryQuotes> quotes(int every) {
            return expiries.stream().map(expiry -> expiry.quotes(every)).toList();
        }
    }

    record Expiry(long expiryMs, double forward, List<Double> strikes, List<Double> vols) {

        ExpiryQuotes quotes(int every) {
            List<OptionQuote> quotes = new ArrayList<>();
            for (int i = 0; i < strikes.size(); i += every) {
                quotes.add(OptionQuote.ofMark(strikes.get(i), vols.get(i)));
            }
            return new ExpiryQuotes(expiryMs, forward, 1.0, quotes);
        }
    }

    static List<Chain> all() {
        Path folder = Rows.folder("DOLIM_DATA", "../../shared/data").resolve("deribit_options_dev");
        assumeTrue(Files.isDirectory(folder), "absent: " + folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".csv.gz"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Chain> read(Path file) {
        TreeMap<String, TreeMap<Long, Strikes>> found = new TreeMap<>();
        long timeMs = 0;
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cell = line.split(",", -1);
                String[] name = cell[1].split("-", -1);
                if (name.length != 4 || cell[6].isEmpty()) {
                    continue;
                }
                timeMs = Instant.parse(cell[0]).toEpochMilli();
                double vol = Double.parseDouble(cell[6]);
                if (vol > 0.01 && vol < 20.0) {
                    found.computeIfAbsent(name[0], key -> new TreeMap<>())
                            .computeIfAbsent(expiryMs(name[1]), key -> new Strikes())
                            .add(
                                    Double.parseDouble(name[2].replace('d', '.')),
                                    vol,
                                    Double.parseDouble(cell[5].isEmpty() ? cell[11] : cell[5]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long fixedAtMs = timeMs;
        return found.entrySet().stream()
                .map(
                        entry ->
                                new Chain(
                                        entry.getKey() + " " + Instant.ofEpochMilli(fixedAtMs),
                                        fixedAtMs,
                                        entry.getValue().entrySet().stream()
                                                .map(e -> e.getValue().expiry(e.getKey()))
                                                .toList()))
                .toList();
    }

    private static long expiryMs(String code) {
        int n = code.length();
        LocalDate date =
                LocalDate.of(
                        2000 + Integer.parseInt(code.substring(n - 2)),
                        MONTHS.indexOf(code.substring(n - 5, n - 2)) + 1,
                        Integer.parseInt(code.substring(0, n - 5)));
        return date.atTime(8, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    static double days(Chain chain, Expiry expiry) {
        return (double) (expiry.expiryMs() - chain.timeMs()) / DayCount.MILLIS_PER_DAY;
    }

    private static final class Strikes {

        private final TreeMap<Double, Double> vols = new TreeMap<>();
        private final List<Double> forwards = new ArrayList<>();

        void add(double strike, double vol, double forward) {
            vols.put(strike, vol);
            forwards.add(forward);
        }

        Expiry expiry(long expiryMs) {
            Collections.sort(forwards);
            return new Expiry(
                    expiryMs,
                    forwards.get(forwards.size() / 2),
                    List.copyOf(vols.keySet()),
                    List.copyOf(vols.values()));
        }
    }
}
