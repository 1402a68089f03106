package io.dolim.deploy.bench;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.ShortfallBacktest;
import io.dolim.capacity.ShortfallBacktest.Day;
import io.dolim.capacity.ShortfallBacktest.Position;
import io.dolim.capacity.backtest.Coverage;
import io.dolim.capacity.backtest.Forecast;
import io.dolim.capacity.backtest.ShortfallCoverage;
import io.dolim.deploy.Progress;
import io.dolim.quoting.instrument.OptionType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Expected shortfall forecast over recorded days, and what came of it. */
@Command(
        name = "shortfall",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Forecasts VaR and expected shortfall of several books of 30-day options on bitcoin each day, from",
            "the scenario set filtered by the volatility of the days before, and holds them against the next",
            "day: Kupiec's and Christoffersen's tests of VaR, the second of Acerbi and Szekely of ES.",
            "Exit code 1 when a book's ES was too small by a test at 5 %%. Takes less than a minute."
        })
final class ShortfallVerb implements Callable<Integer> {

    private static final double SIGNIFICANT = 0.05;
    private static final int LIVES = 10_000;
    private static final int CLOSE_HOUR = 24;

    @Option(
            names = "--daily",
            paramLabel = "CSV",
            required = true,
            description =
                    "Daily prices of bitcoin, with the columns date and close (midnight UTC); may end in .gz.")
    private Path daily = Path.of(".");

    @Option(
            names = "--index",
            paramLabel = "CSV",
            required = true,
            description =
                    "Its volatility index by the hour, with the columns timestamp and iv, as a decimal; may end"
                            + " in .gz.")
    private Path index = Path.of(".");

    @Option(
            names = "--from",
            paramLabel = "DATE",
            defaultValue = "2022-07-01",
            description =
                    "The first day that is forecast: after those that the scenarios were made of.")
    private LocalDate from = LocalDate.of(2022, 7, 1);

    @Option(
            names = "--scenarios",
            paramLabel = "RECIPE",
            defaultValue = "standard-3",
            description = "A filtered scenario set without a volatility.")
    private String scenarios = "standard-3";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the lives drawn for the p-values of ES.")
    private long seed = 1;

    @Mixin private ReportOptions options = new ReportOptions();

    /** Held each day: names and positions. */
    private static SortedMap<String, List<Position>> books() {
        SortedMap<String, List<Position>> books = new TreeMap<>();
        Position call = new Position(OptionType.CALL, 1.0, 30, -100);
        Position put = new Position(OptionType.PUT, 1.0, 30, -100);
        Position farCall = new Position(OptionType.CALL, 1.15, 30, -100);
        Position farPut = new Position(OptionType.PUT, 0.85, 30, -100);
        books.put("short calls", List.of(call));
        books.put("short puts", List.of(put));
        books.put("short straddles", List.of(call, put));
        books.put("short strangles", List.of(farCall, farPut));
        books.put("long straddles", List.of(turned(call), turned(put)));
        books.put("long strangles", List.of(turned(farCall), turned(farPut)));
        books.put("risk reversals", List.of(turned(farCall), farPut));
        books.put(
                "short straddles, long strangles",
                List.of(call, put, turned(farCall), turned(farPut)));
        return books;
    }

    private static Position turned(Position position) {
        return new Position(
                position.type(), position.moneyness(), position.lifeDays(), -position.coins());
    }

    @Override
    public Integer call() throws Exception {
        String machine = Machine.described();
        List<Day> days = days();
        ShortfallBacktest backtest =
                new ShortfallBacktest(
                        CapacityParameters.of(
                                ConfigFactory.defaultReferenceUnresolved()
                                        .resolve()
                                        .getConfig("dolim.capacity")),
                        scenarios,
                        days);
        SortedMap<String, List<Position>> books = books();
        List<List<Forecast>> forecasts;
        try (Progress bar = options.progress("forecasting")) {
            forecasts =
                    backtest.forecasts(
                            List.copyOf(books.values()),
                            from.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
                            done -> bar.at(done, days.size()));
        }
        if (forecasts.getFirst().size() < 2) {
            throw new IllegalArgumentException(
                    "--from=" + from + " leaves fewer than two days of " + days.size());
        }
        return options.told(
                report(backtest.level(), List.copyOf(books.keySet()), forecasts), machine);
    }

    private Report report(double level, List<String> names, List<List<Forecast>> forecasts) {
        Report report = new Report();
        List<List<String>> rows = new ArrayList<>();
        for (int b = 0; b < names.size(); b++) {
            Coverage coverage = Coverage.of(forecasts.get(b), level);
            ShortfallCoverage shortfall =
                    ShortfallCoverage.of(forecasts.get(b), level, LIVES, seed);
            report.goal(
                    Goal.atLeast(
                            SIGNIFICANT,
                            "p",
                            "ES of " + names.get(b) + " not too small (Acerbi and Szekely)",
                            shortfall.pValue()));
            rows.add(
                    List.of(
                            names.get(b),
                            Integer.toString(coverage.days()),
                            Integer.toString(coverage.exceptions()),
                            Figures.text(coverage.expected()),
                            p(coverage.unconditional()),
                            p(coverage.independent()),
                            p(coverage.conditional()),
                            p(shortfall.statistic()),
                            p(shortfall.pValue()),
                            p(shortfall.lossOverShortfall())));
        }
        report.table(
                List.of(
                        "book",
                        "days",
                        "losses beyond VaR",
                        "expected",
                        "Kupiec p",
                        "independence p",
                        "Christoffersen p",
                        "Z",
                        "p of Z",
                        "loss over ES"),
                rows);
        report.say(
                "%s at %s, %d days from %s on. p of Z near 0: ES was too small, near 1: too large."
                        .formatted(
                                scenarios,
                                Double.toString(level),
                                forecasts.getFirst().size(),
                                from));
        return report;
    }

    private static String p(double value) {
        return Double.isNaN(value) ? "none" : "%.4f".formatted(value);
    }

    /** The days that both files have, at the close: midnight after the day. */
    private List<Day> days() throws IOException {
        SortedMap<String, Double> closes = column(daily, "date", "close");
        SortedMap<String, Double> hours = column(index, "timestamp", "iv");
        List<Day> days = new ArrayList<>();
        closes.forEach(
                (date, close) -> {
                    LocalDate day = date(date);
                    String at = day.plusDays(1) + " 00:00:00+00:00";
                    Double vol = hours.get(at);
                    if (vol != null) {
                        days.add(
                                new Day(
                                        day.atStartOfDay(ZoneOffset.UTC)
                                                .plusHours(CLOSE_HOUR)
                                                .toInstant()
                                                .toEpochMilli(),
                                        close,
                                        vol));
                    }
                });
        return days;
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(
                    daily + ": date='" + text + "' must read like 2022-07-01", unreadable);
        }
    }

    private static SortedMap<String, Double> column(Path file, String key, String value)
            throws IOException {
        SortedMap<String, Double> column = new TreeMap<>();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain =
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            String first = lines.readLine();
            List<String> head = first == null ? List.of() : List.of(first.split(",", -1));
            int keyAt = head.indexOf(key);
            int valueAt = head.indexOf(value);
            if (keyAt < 0 || valueAt < 0) {
                throw new IllegalArgumentException(
                        file + " must have the columns " + key + " and " + value);
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String[] cells = line.split(",", -1);
                try {
                    double read = Double.parseDouble(cells[valueAt]);
                    if (!(read > 0 && read < 1e9)) {
                        throw new NumberFormatException(cells[valueAt]);
                    }
                    column.put(cells[keyAt], read);
                } catch (NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
                    throw new IllegalArgumentException(
                            file + " line " + number + ": '" + line + "' has no " + value,
                            unreadable);
                }
            }
        }
        return column;
    }
}
