package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hash of the pool covers every journal, and a restart leaves it as it was. */
@Tag("slow")
class StateHashTest {

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyAccountCountsAlsoOneThatNobodySpeaksToAfterTheRestart() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        JsonNode summary;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String first = taker.stateHash();
            deposit(taker, "sleeper", "25", "once");
            String deposited = taker.stateHash();
            assertNotEquals(first, deposited, "a deposit is state");
            deposit(taker, "sleeper", "25", "once");
            assertEquals("insufficient_funds", refusedAtLast(taker, "stranger"));
            assertEquals(deposited, taker.stateHash(), "what is refused or repeated is not");
            taker.trade(taker.options("BTC").getLast(), "buy", new BigDecimal("0.1"), "one");
            assertNotEquals(deposited, taker.stateHash(), "a trade is state");
            summary = summary(taker);
            assertEquals(1, summary.path("cut").path("account-sleeper").asLong());
            assertTrue(summary.path("cut").path("account-stranger").isMissingNode());
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            JsonNode after = summary(taker);
            assertFalse(summary.path("state_hash").asText().isEmpty());
            assertEquals(summary.path("cut"), after.path("cut"));
            assertEquals(summary.path("state_hash"), after.path("state_hash"));
        }
    }

    /** A new account asks the Books first; until they have answered its owner is told to retry. */
    private static String refusedAtLast(Taker taker, String account) {
        String reason = "retry";
        while (reason.equals("retry")) {
            reason =
                    Assertions.assertThrows(
                                    RpcError.class,
                                    () ->
                                            taker.call(
                                                    "private/withdraw",
                                                    movement(account, "25", "empty")))
                            .reason();
        }
        return reason;
    }

    private static JsonNode summary(Taker taker) throws Exception {
        return taker.call("public/get_pool_summary", RpcClient.params());
    }

    private static void deposit(Taker taker, String account, String amount, String requestId)
            throws Exception {
        taker.call("private/deposit", movement(account, amount, requestId));
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode movement(
            String account, String amount, String requestId) {
        return RpcClient.params()
                .put("account", account)
                .put("amount", new BigDecimal(amount))
                .put("request_id", requestId);
    }
}
