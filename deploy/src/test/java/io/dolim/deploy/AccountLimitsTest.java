package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C3 on a whole engine: what an account may hold, ask for, and have quoted at once. */
@Tag("slow")
class AccountLimitsTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");

    private static final String SETTINGS =
            """
            dolim.capacity.limits { "account_coins.BTC" = 0.15, "order_coins.BTC" = 0.3 }
            dolim.api.quotes.most-open-of-account = 3
            dolim.book.book.quote-life = 20 s
            dolim.pool.keep-views = 60 s
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private int orders;

    @Test
    void limitsOfAnAccountAreNamedAndSetByAnOperator() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags =
                CalmMarket.flagsWith(
                        dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET, "other:" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket());
                Taker other = Taker.connect(http, engine.webSocket(), "other", Taker.SECRET)) {
            String instrument = Adversary.call(taker);
            buy(taker, instrument);
            RpcError beyond = assertThrows(RpcError.class, () -> buy(taker, instrument));
            requireLimit(beyond, "account_limit", "account_coins.BTC", 0.2, 0.15);
            buy(other, instrument);
            taker.trade(instrument, "sell", AMOUNT, "order-" + ++orders);

            RpcError large =
                    assertThrows(
                            RpcError.class,
                            () ->
                                    taker.trade(
                                            instrument,
                                            "buy",
                                            new BigDecimal("0.31"),
                                            "order-" + ++orders));
            requireLimit(large, "size_out_of_bounds", "order_coins.BTC", 0.31, 0.3);
            taker.call(
                    "operator/set",
                    RpcClient.params().put("key", "account_coins.BTC").put("value", 0.25));
            buy(taker, instrument);
            buy(taker, instrument);
        }
    }

    @Test
    void anAccountHasSoManyFirmQuotesOutAndAFilledOneIsOutNoMore() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String instrument = Adversary.call(taker);
            JsonNode quote = taker.quote(instrument, "buy", AMOUNT);
            taker.quote(instrument, "buy", AMOUNT);
            taker.quote(instrument, "sell", AMOUNT);

            RpcError refused =
                    assertThrows(RpcError.class, () -> taker.quote(instrument, "buy", AMOUNT));

            assertEquals(10028, refused.code());
            requireLimit(
                    refused, "too_many_open_quotes", "dolim.api.quotes.most-open-of-account", 3, 3);
            taker.accept(quote, "order-" + ++orders);
            taker.quote(instrument, "buy", AMOUNT);
        }
    }

    private void buy(Taker taker, String instrument) throws Exception {
        taker.trade(instrument, "buy", AMOUNT, "order-" + ++orders);
    }

    private static void requireLimit(
            RpcError refused, String reason, String limit, double used, double allowed) {
        assertEquals(reason, refused.reason(), () -> refused.data().toString());
        assertEquals(limit, refused.data().path("rule").asText());
        assertEquals(used, refused.data().path("used").asDouble(), 1e-12);
        assertEquals(allowed, refused.data().path("allowed").asDouble());
    }
}
