package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's guide, command by command, on the journal of a real engine; and an independent reckoning. */
@Tag("slow")
class IncidentTest {

    private static final Path GUIDE = Path.of("doc", "incident.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String PLANTED = "BTC-9";

    /** When the guide's wrong prices begin, after the market's clock. */
    private static final long AFTER_MS = 60_000;

    /** Half way down from the 65,000 at which the simulated market begins. */
    private static final double FALLEN_USDC = 64_500;

    /** A busy machine takes longer from quote to acceptance than the two seconds a quote lives. */
    private static final String UNHURRIED =
            """

            dolim.book.book.quote-life = 20 s
            dolim.pool.keep-views = 30 s
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private long plantedMs;

    private record Ran(int code, String out, String err) {}

    @Test
    void everyCommandOfTheGuideRunsAndTheScriptFindsTheSameDifferences() throws Exception {
        String hash = trade();
        for (String command : commands()) {
            if (command.startsWith("adjust ")) {
                continue; // it ran while the engine did
            }
            Ran one =
                    run(
                            command.replace("--dir var", "--dir " + dir)
                                    .replace("--to var/", "--to " + dir + "/"));
            int expected = command.startsWith("state diff") ? 1 : 0;
            assertEquals(expected, one.code, command + "\n" + one.out + one.err);
            assertFalse(one.out.isBlank() && !command.startsWith("replay --dir var"), command);
        }
        JsonNode state = Rows.JSON.readTree(run("state show --format json --dir " + dir).out);
        assertEquals(hash, state.path("state_hash").asText(), "folded and live");
        theFirstWrongPrintIsFound();
        found(run("bisect --when 'greeks.BTC.delta < -2' --format json --dir " + dir));
        wasTooCheap();
        JsonNode replayed = Rows.JSON.readTree(run("replay --format json --dir " + dir).out);
        assertEquals(14, replayed.path("trades").asInt());
        assertEquals(0, replayed.path("differences").size(), replayed.toString());
        refused(
                run(
                        "replay --format json --set"
                                + " 'dolim.capacity.limits.\"unhedged_delta_coins.BTC\"=2' --dir "
                                + dir));
        theStatementShowsTheAdjustment();
        theScriptAgrees();
        assertEquals(2, run("bisect --when 'greeks.DOGE.delta < 1' --dir " + dir).code);
        assertEquals(2, run("bisect --when 'nothing < 1' --dir " + dir).code);
        assertEquals(1, run("bisect --when 'greeks.BTC.delta < -1000' --dir " + dir).code);
        assertTrue(run("completion").out.contains("complete"));
    }

    /** The event that bisect names is the one in which the tape first shows the wrong index. */
    private void theFirstWrongPrintIsFound() throws IOException {
        String when = "bisect --format json --dir " + dir + " --when ";
        JsonNode event = Rows.JSON.readTree(run(when + "'tape.BTC.move < -0.01'").out);
        assertEquals("tape-BTC", event.path("writer").asText(), event.toString());
        assertEquals("Taped", event.path("event").asText());
        SortedMap<Long, JsonNode> lastOfBatch = new TreeMap<>();
        for (JsonNode row : rows("history tape --index BTC --format jsonl --dir " + dir)) {
            if (row.path("what").asText().equals("index")) {
                lastOfBatch.put(row.path("sequence").asLong(), row);
            }
        }
        List<JsonNode> batches = List.copyOf(lastOfBatch.values());
        for (int i = 2; i < batches.size(); i++) {
            double before = batches.get(i - 2).path("consensus").asDouble();
            JsonNode batch = batches.get(i);
            if (batch.path("consensus").asDouble() / before < 0.99) {
                assertEquals(batch.path("sequence").asLong(), event.path("sequence").asLong());
                assertEquals((double) plantedMs, batch.path("time_ms").asDouble(), 1_000.0);
                return;
            }
        }
        throw new AssertionError("the tape shows no wrong print");
    }

    /** On the index that it should have been the trade would have cost more, by what its delta is worth. */
    private void wasTooCheap() throws IOException {
        JsonNode was =
                Rows.JSON.readTree(
                        run("explain BTC-9 --index 65000 --format json --dir " + dir).out);
        assertEquals(65_000 * 0.985, was.path("market").path("spot").asDouble(), 400);
        assertTrue(was.path("on_index").path("difference").asDouble() > 1_000, was.toString());
        assertEquals("the same to the last micro-USDC", was.path("priced_again").asText());
        JsonNode same =
                Rows.JSON.readTree(
                        run("explain BTC-9 --format json --dir "
                                        + dir
                                        + " --index "
                                        + was.path("market").path("spot").asText())
                                .out);
        assertEquals(0, same.path("on_index").path("difference").asDouble(), same.toString());
    }

    private void theStatementShowsTheAdjustment() throws IOException {
        List<String> adjusted =
                rows("history statement --account tester --format jsonl --dir " + dir).stream()
                        .filter(row -> row.path("what").asText().equals("adjustment"))
                        .map(row -> row.path("reference").asText() + row.path("change").asText())
                        .toList();
        assertEquals(List.of(PLANTED + "-4000.000000"), adjusted);
    }

    private static List<JsonNode> rows(String command) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : run(command).out.lines().toList()) {
            rows.add(Rows.JSON.readTree(line));
        }
        return rows;
    }

    private static void found(Ran bisected) throws IOException {
        JsonNode event = Rows.JSON.readTree(bisected.out);
        assertEquals(PLANTED, event.path("trade").asText(), bisected.out);
    }

    private static void refused(Ran counterfactual) throws IOException {
        JsonNode replayed = Rows.JSON.readTree(counterfactual.out);
        List<String> refused = new ArrayList<>();
        replayed.path("differences")
                .forEach(
                        row -> {
                            if (row.path("outcome").asText().equals("refused")) {
                                refused.add(
                                        row.path("trade").asText()
                                                + " "
                                                + row.path("rule").asText());
                            }
                        });
        assertEquals(List.of(PLANTED + " limit unhedged_delta_coins.BTC"), refused);
    }

    /** What another fee would have cost, by a script that shares no code with the engine. */
    private void theScriptAgrees() throws Exception {
        String share = "0.0001";
        Path export = dir.resolve("export.jsonl");
        Files.writeString(export, run("journal export --format jsonl --dir " + dir).out);
        Process script =
                new ProcessBuilder("python3", "src/test/resources/fee.py", share)
                        .redirectInput(export.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, script.waitFor(), said);
        SortedMap<String, BigDecimal> byScript = new TreeMap<>();
        said.lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2)
                .forEach(pair -> byScript.put(pair[0], new BigDecimal(pair[1]).movePointLeft(6)));
        SortedMap<String, BigDecimal> byReplay = new TreeMap<>();
        Ran replay =
                run(
                        "replay --format jsonl --set dolim.quoting.fee.notional-share="
                                + share
                                + " --dir "
                                + dir);
        for (String line : replay.out.lines().toList()) {
            JsonNode row = Rows.JSON.readTree(line);
            byReplay.put(
                    row.path("trade").asText(),
                    new BigDecimal(row.path("price_then").asText()).setScale(6));
        }
        assertFalse(byScript.isEmpty());
        assertEquals(byScript, byReplay);
    }

    private static List<String> commands() throws IOException {
        List<String> commands =
                Files.readAllLines(GUIDE).stream()
                        .filter(line -> line.startsWith("$ deploy/dolim "))
                        .map(line -> line.substring("$ deploy/dolim ".length()))
                        .toList();
        assertTrue(commands.size() >= 9, commands.toString());
        return commands;
    }

    private static Ran run(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(words.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    /** What the guide sets in the configuration. */
    private static String settings() throws IOException {
        String page = Files.readString(GUIDE);
        String begin = "```hocon\n";
        int from = page.indexOf(begin) + begin.length();
        return page.substring(from, page.indexOf("```", from));
    }

    /** Eight small purchases, a large one on the wrong prices, five more, and its adjustment; the state's hash. */
    private String trade() throws Exception {
        plantedMs = CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON).toEpochMilli() + AFTER_MS;
        String[] flags =
                CalmMarket.flagsWith(dir, settings() + UNHURRIED, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String call = Adversary.call(taker);
            for (int i = 1; i <= 8; i++) {
                taker.trade(call, "buy", new BigDecimal("0.1"), "small-" + i);
            }
            try (IndexWatch watch = IndexWatch.of(http, engine.webSocket(), call)) {
                watch.await(price -> price < FALLEN_USDC);
                JsonNode trade = taker.trade(call, "buy", new BigDecimal("10"), "on-it").trade();
                assertEquals(PLANTED, trade.path("trade_id").asText());
            }
            for (int i = 9; i <= 13; i++) {
                String direction = i % 2 == 0 ? "buy" : "sell";
                taker.trade(call, direction, new BigDecimal("0.2"), "small-" + i);
            }
            adjust(engine);
            String hash = taker.stateHash();
            assertEquals(143, engine.stop(), engine.output());
            return hash;
        }
    }

    /** As the guide says it, at this engine's port; sent twice it moves once. */
    private void adjust(EngineProcess engine) throws Exception {
        String address = "ws://127.0.0.1:" + engine.webSocket().getPort();
        List<String> adjusts =
                commands().stream().filter(command -> command.startsWith("adjust ")).toList();
        assertEquals(1, adjusts.size());
        String command =
                adjusts.getFirst()
                        .replace("ws://127.0.0.1:8080", address)
                        .replace("--dir var", "--dir " + dir);
        for (int i = 0; i < 2; i++) {
            Ran done = run(command);
            assertEquals(0, done.code, done.out + done.err);
        }
        Ran refused =
                run(
                        command.replace("adjust BTC-9", "adjust BTC-999 ")
                                .replace("bad-print-1", "bad-print-2"));
        assertEquals(1, refused.code, refused.out + refused.err);
    }
}
