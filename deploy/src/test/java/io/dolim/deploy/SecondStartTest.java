package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second start on a state directory goes on with the market it left, whatever is configured now. */
@Tag("slow")
class SecondStartTest {

    private static final int SIGTERM = 143;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theSimulatedMarketGoesOnWhereItStopped() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        double before;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            before = index(engine);
            assertEquals(65_000.0, before, 650.0);
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
        Path settings = dir.resolve("calm.conf");
        Files.writeString(
                settings,
                Files.readString(settings) + "dolim.pool.simulated.coins.BTC.spot-usdc = 130000\n");
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            assertEquals(1.0, index(engine) / before, 0.01);
        }
    }

    @Test
    void whatIsConfiguredOtherwiseIsInTheJournalWithWhoStartedIt() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        startAndStop(flags);
        Path settings = dir.resolve("calm.conf");
        String calm = Files.readString(settings);
        Files.writeString(settings, calm + "dolim.capacity.potential.risk-aversion = 3\n");
        startAndStop(flags);
        startAndStop(flags);

        JsonNode changed = rules("--path", "capacity.potential.risk-aversion");
        assertEquals(2, changed.size(), changed.toString());
        assertEquals("2", changed.get(0).path("to").asText());
        JsonNode second = changed.get(1);
        assertEquals("dolim.capacity.potential.risk-aversion", second.path("what").asText());
        assertEquals("2", second.path("from").asText());
        assertEquals("3", second.path("to").asText());
        assertEquals("os:" + System.getProperty("user.name"), second.path("by").asText());
        JsonNode all = rules();
        assertEquals("settings", all.get(0).path("what").asText(), all.toString());
        assertEquals(2, StoppedJournal.read(dir, "kind:parameters-configured.1").size());
        assertEquals(0, Ran.of("replay", "--dir", dir.toString()).code());
    }

    private JsonNode rules(String... chosen) throws Exception {
        String[] words =
                Stream.concat(
                                Stream.of("history", "rules", "--format", "json", "--dir"),
                                Stream.concat(Stream.of(dir.toString()), Stream.of(chosen)))
                        .toArray(String[]::new);
        Ran ran = Ran.of(words);
        assertEquals(0, ran.code(), ran.err());
        return ran.json();
    }

    private void startAndStop(String[] flags) throws Exception {
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
    }

    private double index(EngineProcess engine) throws Exception {
        try (Taker taker = Taker.connect(http, engine.webSocket())) {
            return taker.call(
                            "public/get_index_price",
                            RpcClient.params().put("index_name", "btc_usdc"))
                    .path("index_price")
                    .asDouble();
        }
    }
}
