package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dolim.deploy.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pool in a process of its own that trades so often, and what its journal says afterwards. */
final class MarketDay {

    static final String FEE = "dolim.quoting.fee.notional-share";

    private static final int SPEED = 60;
    private static final double MOST_BYTES = 2_048;
    private static final long LOOK_MS = 500;
    private static final double HOUR_NS = 3.6e12;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ADDRESS = Pattern.compile("listening on (http://[0-9.:]+)");
    private static final Pattern TRADES =
            Pattern.compile("(?m)^dolim_trades_total\\{[^}]*} ([0-9.E]+)$");

    private final Path state;
    private final Path log;
    private final String change;
    private final Optional<Path> beside;
    private final Progress progress;
    private final Report report = new Report();
    private long settled;

    /**
     * @param state where the journal goes; empty
     * @param change the setting of the second pricing, KEY=VALUE
     * @param beside another program that finds what that changes
     */
    MarketDay(Path state, String change, Optional<Path> beside, Progress progress) {
        this.state = state;
        this.log = state.resolveSibling(state.getFileName() + ".log");
        this.change = change;
        this.beside = beside;
        this.progress = progress;
    }

    /** What the journal in the state directory comes to. */
    Report measured() throws Exception {
        JsonNode info = json("journal", "info", "--format", "json", "--dir", state.toString());
        DayBytes bytes = new DayBytes();
        lines(
                line -> bytes.row(JSON.readTree(line)),
                "journal",
                "export",
                "--bytes",
                "--dir",
                state.toString());
        double used = info.path("used_bytes").asDouble();
        report.goal(
                Goal.atMost(
                        MOST_BYTES,
                        "bytes",
                        "the journal's file, for a trade",
                        used / bytes.trades()));
        report.goal(
                Goal.atMost(
                        MOST_BYTES,
                        "bytes",
                        "rows of it, without the market's tape, for a trade",
                        bytes.ofTrades()));
        settled = bytes.settled();
        replayed(bytes.trades());
        counterfactual();
        report.say(
                "%,d trades in %.1f hours of the market, %,.0f bytes in use, of which rows %,d."
                        .formatted(bytes.trades(), bytes.marketHours(), used, bytes.rows()));
        bytes.into(report);
        return report;
    }

    /** Lets so many takers trade so often, for at least so many hours of the market. */
    void trade(int trades, int takers, long seed, double hours) throws Exception {
        String[] words = {
            "run", "--dir", state.toString(), "--port", "0", "--speed", Integer.toString(SPEED)
        };
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--takers", Integer.toString(takers), "--seed", Long.toString(seed)));
        Process pool = Children.start(log, all.toArray(String[]::new));
        try (HttpClient http = HttpClient.newHttpClient()) {
            Children.Said said =
                    Children.line(pool, System.nanoTime(), line -> ADDRESS.matcher(line).find())
                            .orElseThrow(() -> new IOException("the pool did not start: " + log));
            var _ =
                    Children.line(pool, System.nanoTime(), line -> line.startsWith("Ready"))
                            .orElseThrow(() -> new IOException("the pool is not ready: " + log));
            long notBeforeNs = System.nanoTime() + (long) (hours * HOUR_NS / SPEED);
            Matcher address = ADDRESS.matcher(said.line());
            var _ = address.find();
            HttpRequest metrics =
                    HttpRequest.newBuilder(URI.create(address.group(1) + "/metrics"))
                            .timeout(PATIENCE)
                            .build();
            for (long done = 0;
                    done < trades || System.nanoTime() < notBeforeNs;
                    done = count(http, metrics)) {
                progress.at(done, trades);
                if (pool.waitFor(LOOK_MS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    throw new IOException("the pool ended by itself: " + log);
                }
            }
        } finally {
            Children.stop(pool);
        }
        Files.deleteIfExists(log);
    }

    private static long count(HttpClient http, HttpRequest metrics)
            throws IOException, InterruptedException {
        String text = http.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        return TRADES.matcher(text)
                .results()
                .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
                .sum();
    }

    private void replayed(long trades) throws Exception {
        progress.now("pricing again");
        progress.at(0, 0);
        long startNs = System.nanoTime();
        JsonNode replayed = json("replay", "--format", "json", "--dir", state.toString());
        double took = seconds(startNs);
        report.goal(
                Goal.atMost(
                        0,
                        "trades",
                        "priced otherwise by replay, refused or not at all",
                        differing(replayed)));
        report.goal(
                Goal.atLeast(
                        (double) trades,
                        "trades",
                        "priced by replay",
                        replayed.path("trades").asDouble()));
        report.goal(
                Goal.atMost(
                        0,
                        "states",
                        "stored states that differ from those of the events",
                        replayed.path("states_different").asDouble()));
        report.say(
                "replay took %.0f s, %.1f ms a trade; %d stored states compared."
                        .formatted(
                                took,
                                1e3 * took / trades,
                                replayed.path("states_compared").asLong()));
    }

    private static double differing(JsonNode replayed) {
        return replayed.path("different").asDouble()
                + replayed.path("refused").asDouble()
                + replayed.path("unpriced").asDouble();
    }

    private void counterfactual() throws Exception {
        progress.now("pricing under " + change);
        progress.at(0, 0);
        long startNs = System.nanoTime();
        JsonNode replayed =
                json("replay", "--format", "json", "--dir", state.toString(), "--set", change);
        double took = seconds(startNs);
        SortedMap<String, Long> differences = new TreeMap<>();
        for (JsonNode row : replayed.path("differences")) {
            if (row.path("outcome").asText().equals("different")) {
                differences.put(
                        row.path("trade").asText(),
                        row.path("price_then").decimalValue().movePointRight(6).longValueExact());
            }
        }
        report.goal(
                Goal.atLeast(1, "trades", "priced otherwise under " + change, differences.size()));
        report.say(
                "replay --set took %.0f s: %,d trades differ, %s USDC of fees become %s."
                        .formatted(
                                took,
                                differences.size(),
                                replayed.path("fees").asText(),
                                replayed.path("fees_then").asText()));
        if (beside.isPresent()) {
            beside(differences, beside.get());
        }
    }

    private void beside(SortedMap<String, Long> differences, Path script) throws Exception {
        Beside other = new Beside(script, state, log);
        progress.now("beside " + script.getFileName());
        progress.at(0, 0);
        Beside.Found found = other.found(change.substring(change.indexOf('=') + 1));
        report.goal(
                Goal.atMost(
                        0,
                        "trades",
                        "of these or others found otherwise by " + script.getFileName(),
                        (double) disagreeing(differences, found.prices())));
        SortedMap<String, Long> folded = new TreeMap<>();
        json("state", "show", "--format", "json", "--dir", state.toString())
                .path("accounts")
                .properties()
                .forEach(one -> Beside.account(folded, one.getKey(), one.getValue()));
        report.goal(
                Goal.atMost(
                        0,
                        "figures",
                        "cash and positions of accounts reckoned otherwise by it",
                        (double) disagreeing(folded, found.accounts())));
        report.say(
                "%s found %,d trades and %,d figures of accounts; %d expiries were settled."
                        .formatted(
                                script.getFileName(),
                                found.prices().size(),
                                found.accounts().size(),
                                settled));
    }

    private static long disagreeing(SortedMap<String, Long> one, SortedMap<String, Long> other) {
        SortedMap<String, Long> all = new TreeMap<>(one);
        all.putAll(other);
        return all.keySet().stream()
                .filter(
                        trade ->
                                !Optional.ofNullable(one.get(trade))
                                        .equals(Optional.ofNullable(other.get(trade))))
                .count();
    }

    private interface Line {
        void take(String line) throws IOException;
    }

    private void lines(Line to, String... words) throws Exception {
        Process verb = Children.start(log, words);
        try (BufferedReader out = verb.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                to.take(line);
            }
        }
        // a replay with differences ends with 1, and they are counted from what it printed
        if (verb.waitFor() > 1) {
            throw new IOException(words[0] + ": " + Files.readString(log).strip());
        }
        Files.deleteIfExists(log);
    }

    private JsonNode json(String... words) throws Exception {
        StringBuilder text = new StringBuilder();
        lines(line -> text.append(line).append('\n'), words);
        return JSON.readTree(text.toString());
    }

    private static double seconds(long startNs) {
        return (System.nanoTime() - startNs) / 1e9;
    }
}
