package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.api.client.RpcClient;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
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
