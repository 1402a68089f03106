package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unmodified clients that traders own, against a whole engine: only the address is another.
 */
@Tag("slow")
class ClientsTest {

    private static final long PATIENCE_S = 180;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void ccxtReadsTheMarketAndTradesOverRest() throws Exception {
        NodeClients clients = NodeClients.installed();
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            URI address = engine.http("/");
            String rest = clients.run("ccxt-rest.mjs", address, PATIENCE_S);
            for (String called :
                    List.of(
                            "loadMarkets",
                            "fetchOptionChain",
                            "createOrder limit, resting",
                            "orders of one label, none is lost",
                            "cancelAllOrders",
                            "a wrong key")) {
                assertTrue(rest.contains("ok " + called + "\n"), rest);
            }
        }
    }
}
