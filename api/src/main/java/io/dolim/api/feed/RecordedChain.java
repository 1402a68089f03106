package io.dolim.api.feed;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedSource;
import io.dolim.quoting.market.OptionQuote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * One recorded file: the full option chains of some coins at one moment.
 *
 * @param timeMs when it was recorded, milliseconds since 1970
 * @param coins what it shows, by coin
 * @param dropped rows that were not used, by reason
 */
record RecordedChain(
        long timeMs,
        SortedMap<Underlying, Coin> coins,
        SortedMap<RecordedRow.Flaw, Integer> dropped) {

    private static final String HEADING =
            "timestamp,instrument_name,bid_price,ask_price,mark_price,futures_price,"
                    + "implied_volatility,delta,vega,open_interest,volume,index_price";
    private static final int MOST_ROWS = 20_000;
    private static final Comparator<RecordedRow> ORDER =
            Comparator.comparing(RecordedRow::contract);

    RecordedChain {
        coins = Collections.unmodifiableSortedMap(new TreeMap<>(coins));
        dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
    }

    /**
     * What a file shows of one coin.
     *
     * @param indexUsdc median over the rows, which were taken over some seconds
     * @param listed every option named, also of rows that were dropped
     * @param rows by expiry, in order of contracts
     */
    record Coin(
            double indexUsdc,
            TreeSet<OptionContract> listed,
            SortedMap<Expiry, List<RecordedRow>> rows) {}

    /**
     * Reads a file, packed with gzip when its name says so.
     *
     * @throws IOException when it cannot be read or is not such a file
     */
    static RecordedChain read(Path file, long timeMs) throws IOException {
        try (BufferedReader reader = open(file)) {
            String heading = Optional.ofNullable(reader.readLine()).orElse("");
            if (!heading.equals(HEADING)) {
                throw new IOException("file=" + file + " does not begin with " + HEADING);
            }
            Builder builder = new Builder();
            reader.lines()
                    .limit(MOST_ROWS)
                    .filter(line -> !line.isBlank())
                    .forEach(
                            line ->
                                    builder.add(
                                            RecordedRow.parse(
                                                    List.of(line.split(",", -1)), timeMs)));
            return builder.build(timeMs);
        } catch (UncheckedIOException unreadable) {
            throw new IOException("file=" + file + " cannot be read", unreadable);
        }
    }

    /** What it says, in the order a feed says it; without the end marker. */
    List<FeedEvent> events(FeedSource source) {
        List<FeedEvent> events = new ArrayList<>();
        coins.forEach(
                (underlying, coin) -> {
                    events.add(
                            new FeedEvent.IndexTick(underlying, source, timeMs, coin.indexUsdc()));
                    events.add(
                            new FeedEvent.InstrumentsListed(
                                    underlying, source, timeMs, coin.listed()));
                    coin.rows()
                            .forEach(
                                    (expiry, rows) ->
                                            events.add(chain(underlying, source, expiry, rows)));
                });
        return events;
    }

    private FeedEvent.ChainQuotes chain(
            Underlying underlying, FeedSource source, Expiry expiry, List<RecordedRow> rows) {
        List<OptionQuote> quotes = rows.stream().map(RecordedRow::quote).toList();
        double forward = median(rows.stream().mapToDouble(RecordedRow::futureUsdc).toArray());
        return new FeedEvent.ChainQuotes(underlying, source, timeMs, expiry, forward, quotes);
    }

    private static BufferedReader open(Path file) throws IOException {
        var raw = Files.newInputStream(file);
        try {
            var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
        } catch (IOException notPacked) {
            raw.close();
            throw notPacked;
        }
    }

    static double median(double[] values) {
        java.util.Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : 0.5 * (values[half - 1] + values[half]);
    }

    private static final class Builder {

        private final TreeMap<Underlying, List<RecordedRow>> rows = new TreeMap<>();
        private final TreeMap<Underlying, TreeSet<OptionContract>> listed = new TreeMap<>();
        private final TreeMap<RecordedRow.Flaw, Integer> dropped = new TreeMap<>();

        void add(RecordedRow.Parsed parsed) {
            switch (parsed) {
                case RecordedRow.Good good -> {
                    list(good.row().contract());
                    rows.computeIfAbsent(good.row().contract().underlying(), _ -> new ArrayList<>())
                            .add(good.row());
                }
                case RecordedRow.Bad bad -> {
                    dropped.merge(bad.flaw(), 1, Integer::sum);
                    bad.contract().forEach(this::list);
                }
            }
        }

        private void list(OptionContract contract) {
            listed.computeIfAbsent(contract.underlying(), _ -> new TreeSet<>()).add(contract);
        }

        RecordedChain build(long timeMs) {
            TreeMap<Underlying, Coin> coins = new TreeMap<>();
            rows.forEach(
                    (underlying, all) -> {
                        all.sort(ORDER);
                        TreeMap<Expiry, List<RecordedRow>> byExpiry = new TreeMap<>();
                        all.forEach(
                                row ->
                                        byExpiry.computeIfAbsent(
                                                        row.expiry(), _ -> new ArrayList<>())
                                                .add(row));
                        double index =
                                median(all.stream().mapToDouble(RecordedRow::indexUsdc).toArray());
                        coins.put(
                                underlying,
                                new Coin(
                                        index,
                                        listed.getOrDefault(underlying, new TreeSet<>()),
                                        byExpiry));
                    });
            return new RecordedChain(timeMs, coins, dropped);
        }
    }
}
