package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the bytes of a day's journal are: its rows by manifest. */
final class DayBytes {

    private static final String TRADE = "trade-executed.";
    private static final String TAPE = "taped.";
    private static final String PRICED = "delivery-price-set.1";
    private static final double HOUR_MS = 3.6e6;

    /** Checksum, kind, numbers and lengths of a row of an event, as the journal's format has them, and its key. */
    private static final int ROW = 4 + 1 + 8 + 8 + 2 + 2 + 2 + 2 + 4 + 2 + 4 + 1 + 8;

    private final SortedMap<String, Sum> sums = new TreeMap<>();
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;

    private record Sum(long events, long payload, long rows) {
        Sum plus(long payloadMore, long rowMore) {
            return new Sum(events + 1, payload + payloadMore, rows + rowMore);
        }
    }

    /** Takes a row as {@code journal export --bytes} prints it. */
    void row(JsonNode row) {
        if (row.path("kind").asText().equals("commit")) {
            firstMs = Math.min(firstMs, row.path("time_ms").asLong());
            lastMs = Math.max(lastMs, row.path("time_ms").asLong());
        }
        if (!row.path("kind").asText().equals("event")) {
            return;
        }
        String manifest = row.path("manifest").asText();
        int payload = Base64.getDecoder().decode(row.path("bytes").asText()).length;
        long size = (long) ROW + payload + manifest.length() + row.path("pid").asText().length();
        size += row.path("writer").asText().length();
        for (JsonNode tag : row.path("tags")) {
            size += 2 + tag.asText().length();
        }
        sums.put(manifest, sums.getOrDefault(manifest, new Sum(0, 0, 0)).plus(payload, size));
    }

    long trades() {
        return sums.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(TRADE))
                .mapToLong(entry -> entry.getValue().events())
                .sum();
    }

    /** Expiries of a coin that got their delivery price. */
    long settled() {
        return sums.getOrDefault(PRICED, new Sum(0, 0, 0)).events();
    }

    long rows() {
        return sums.values().stream().mapToLong(Sum::rows).sum();
    }

    /** How long the market ran, at sixty times the clock's pace. */
    double marketHours() {
        return (lastMs - firstMs) / HOUR_MS * 60;
    }

    /** What trades and their inputs take, without the tape of the market and what else there is. */
    double ofTrades() {
        return sums.entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith(TAPE))
                        .mapToLong(entry -> entry.getValue().rows())
                        .sum()
                / (double) trades();
    }

    void into(Report report) {
        double trades = trades();
        List<List<String>> rows = new ArrayList<>();
        sums.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().rows()))
                .forEach(
                        entry -> {
                            Sum sum = entry.getValue();
                            rows.add(
                                    List.of(
                                            entry.getKey(),
                                            "%,d".formatted(sum.events()),
                                            "%,d".formatted(sum.payload() / sum.events()),
                                            Figures.text(sum.payload() / trades),
                                            Figures.text(sum.rows() / trades)));
                        });
        report.table(
                List.of(
                        "manifest",
                        "events",
                        "bytes of one",
                        "its bytes, for a trade",
                        "with its row, for a trade"),
                rows);
    }
}
