package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
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

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    private record Ran(int code, String out, String err) {}

    @Test
    void everyCommandOfTheGuideRunsAndTheScriptFindsTheSameDifferences() throws Exception {
        String hash = trade();
        for (String command : commands()) {
            Ran one = run(command.replace("--dir var", "--dir " + dir));
            int expected = command.startsWith("state diff") ? 1 : 0;
            assertEquals(expected, one.code, command + "\n" + one.out + one.err);
            assertFalse(one.out.isBlank() && !command.startsWith("replay --dir var"), command);
        }
        JsonNode state = Rows.JSON.readTree(run("state show --format json --dir " + dir).out);
        assertEquals(hash, state.path("state_hash").asText(), "folded and live");
        found(run("bisect --when 'greeks.BTC.delta < -2' --format json --dir " + dir));
        JsonNode replayed = Rows.JSON.readTree(run("replay --format json --dir " + dir).out);
        assertEquals(14, replayed.path("trades").asInt());
        assertEquals(0, replayed.path("differences").size(), replayed.toString());
        refused(
                run(
                        "replay --format json --set"
                                + " 'dolim.capacity.limits.\"unhedged_delta_coins.BTC\"=2' --dir "
                                + dir));
        theScriptAgrees();
        assertEquals(2, run("bisect --when 'greeks.DOGE.delta < 1' --dir " + dir).code);
        assertEquals(2, run("bisect --when 'nothing < 1' --dir " + dir).code);
        assertEquals(1, run("bisect --when 'greeks.BTC.delta < -1000' --dir " + dir).code);
        assertTrue(run("completion").out.contains("complete"));
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

    /** Eight small purchases, a large one by mistake, five more, and its adjustment; the state's hash. */
    private String trade() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String call = Adversary.call(taker);
            for (int i = 1; i <= 8; i++) {
                taker.accept(taker.quote(call, "buy", new BigDecimal("0.1")), "small-" + i);
            }
            taker.accept(taker.quote(call, "buy", new BigDecimal("10")), "by-mistake");
            for (int i = 9; i <= 13; i++) {
                String direction = i % 2 == 0 ? "buy" : "sell";
                taker.accept(taker.quote(call, direction, new BigDecimal("0.2")), "small-" + i);
            }
            taker.call(
                    "operator/adjust_trade",
                    RpcClient.params()
                            .put("underlying", "BTC")
                            .put("request_id", "put-right")
                            .put("trade_id", PLANTED)
                            .put("account", Taker.KEY)
                            .put("amount", new BigDecimal("100"))
                            .put("reason", "ordered by mistake"));
            String hash = taker.stateHash();
            assertEquals(143, engine.stop(), engine.output());
            return hash;
        }
    }
}
