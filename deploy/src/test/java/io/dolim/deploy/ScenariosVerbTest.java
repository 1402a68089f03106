package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dolim scenarios show}: a set as the configuration builds it, without a pool. */
class ScenariosVerbTest {

    private static final String[] SHOW = {"scenarios", "show"};

    @Test
    void aScenarioSaysAllThatItMoves() throws IOException {
        JsonNode events = json("--set", "standard-2", "--family", "event");
        JsonNode depeg = named(events, "usdc-depegs");
        assertEquals("event", depeg.path("family").asText());
        assertEquals("0.0002739726", depeg.path("probability").decimalValue().toPlainString());
        assertEquals("0.1364", depeg.path("btc_spot").decimalValue().toPlainString());
        assertEquals("0.3", depeg.path("eth_vol").decimalValue().toPlainString());
        assertEquals("USDC=0.88", depeg.path("pegs").asText());
        assertEquals(
                "deribit=0.3", named(events, "venue-deribit-fails").path("recoveries").asText());
        assertEquals(
                "-0.08",
                named(events, "cascade-down").path("sol_tilt").decimalValue().toPlainString());
        assertEquals(6, events.size());
    }

    @Test
    void theTotalsAreOfEachFamily() throws IOException {
        JsonNode totals = json("--set", "standard-2@BTC=0.45", "--totals");
        List<String> lines = new ArrayList<>();
        for (JsonNode family : totals) {
            lines.add(
                    family.path("set").asText()
                            + " "
                            + family.path("family").asText()
                            + " "
                            + family.path("scenarios").asInt());
        }
        assertEquals(
                List.of(
                        "standard-2@BTC=0.45 historical 850",
                        "standard-2@BTC=0.45 event 6",
                        "standard-2@BTC=0.45 grid 85"),
                lines);
        assertEquals("0.005", totals.path(2).path("weight").decimalValue().toPlainString());
        assertEquals("-0.66", totals.path(2).path("btc_least_spot").decimalValue().toPlainString());
        assertEquals("0", totals.path(0).path("btc_mean_spot").decimalValue().toPlainString());
    }

    @Test
    void theWorstAreTheDeepestDampedFalls() throws IOException {
        JsonNode worst = json("--set", "standard-2", "--worst", "3", "--underlying", "ETH");
        assertEquals(3, worst.size());
        double before = Double.NEGATIVE_INFINITY;
        for (JsonNode each : worst) {
            double fall = each.path("damping").asDouble() * each.path("eth_spot").asDouble();
            assertTrue(fall >= before, worst.toString());
            before = fall;
        }
        assertEquals("grid", worst.path(0).path("family").asText());
    }

    @Test
    void everyFormatHasARowForEachScenario() {
        assertEquals(476 + 1, lines("--set", "standard-1", "--format", "csv"));
        assertEquals(476 + 1, lines("--set", "standard-1", "--format", "table"));
        assertEquals(476, lines("--set", "standard-1", "--format", "jsonl"));
    }

    @Test
    void theConfigurationsOwnSetIsShown(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("pool.conf");
        Files.writeString(
                file,
                """
                dolim.capacity.scenarios {
                  version = mine
                  sets.mine = ${dolim.capacity.scenarios.sets.standard-2} {
                    events = [{ name = doom, per-year = 1, spot-move = -0.5 }]
                  }
                }
                """);
        JsonNode events = json("--config", file.toString(), "--family", "event");
        assertEquals("mine", events.path(0).path("set").asText());
        assertEquals("-0.5", named(events, "doom").path("btc_spot").decimalValue().toPlainString());
    }

    @Test
    void whatCannotBeShownIsSaidInOneLine() {
        for (String[] words :
                List.of(
                        new String[] {"--set", "standard-9"},
                        new String[] {"--set", "standard-2@BTC=0.50"},
                        new String[] {"--family", "tails"},
                        new String[] {"--worst", "0"},
                        new String[] {"--worst", "1", "--underlying", "DOGE"})) {
            Ran ran = Ran.of(with(words));
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.code() != 0 && ran.err().contains("must"), ran.err());
            assertEquals("", ran.out());
        }
    }

    private static JsonNode json(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--format", "json"));
        Ran ran = Ran.of(with(all.toArray(String[]::new)));
        assertEquals(0, ran.code(), ran.err());
        return Rows.JSON
                .reader()
                .with(
                        com.fasterxml.jackson.databind.DeserializationFeature
                                .USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(ran.out());
    }

    private static long lines(String... words) {
        Ran ran = Ran.of(with(words));
        assertEquals(0, ran.code(), ran.err());
        return ran.out().lines().count();
    }

    private static String[] with(String... words) {
        List<String> all = new ArrayList<>(List.of(SHOW));
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    private static JsonNode named(JsonNode rows, String name) {
        for (JsonNode row : rows) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no scenario " + name + " in " + rows);
    }
}
