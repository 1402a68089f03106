package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was traded, told by a whole engine to anybody, and the same after a kill. */
@Tag("slow")
class TradesTapeTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final long PATIENCE_NS = 30_000_000_000L;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whatWasTradedIsToldAndTheSameAfterAKill() throws Exception {
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        String call;
        String put;
        List<JsonNode> told;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            List<String> names = taker.options("BTC");
            call = names.get(names.size() / 2);
            put = names.get(names.size() / 2 + 1);
            assertEquals("no_data", chart(taker, call).path("status").asText());
            assertEquals(0, lastTrades(taker, call).path("trades").size());
            Taker.Deal first = taker.trade(call, "buy", AMOUNT, "first");
            Taker.Deal second = taker.trade(call, "buy", AMOUNT.multiply(BigDecimal.TWO), "second");
            JsonNode both = pair(taker, call, put);
            JsonNode last = await(taker, call, 3);
            assertTold(first, last.path("trades").get(2), call);
            assertTold(second, last.path("trades").get(1), call);
            assertLegs(taker, both, put);
            assertDay(taker, call, second);
            told = everything(taker, call, put);
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            assertEquals(told, everything(taker, call, put));
        }
    }

    private static JsonNode pair(Taker taker, String bought, String sold) throws Exception {
        ObjectNode asked = RpcClient.params();
        ArrayNode legs = asked.putArray("legs");
        legs.add(Taker.flat(bought, "buy", AMOUNT));
        legs.add(Taker.flat(sold, "buy", AMOUNT));
        JsonNode quote = taker.call("private/request_quote", asked);
        return taker.accept(quote, "pair");
    }

    private static JsonNode lastTrades(Taker taker, String name) throws Exception {
        return taker.call(
                "public/get_last_trades_by_instrument",
                RpcClient.params().put("instrument_name", name));
    }

    private static JsonNode await(Taker taker, String name, int trades) throws Exception {
        long begin = System.nanoTime();
        JsonNode last = lastTrades(taker, name);
        while (last.path("trades").size() < trades) {
            assertTrue(System.nanoTime() - begin < PATIENCE_NS, last::toString);
            last = lastTrades(taker, name);
        }
        return last;
    }

    private static JsonNode chart(Taker taker, String name) throws Exception {
        return taker.call(
                "public/get_tradingview_chart_data",
                RpcClient.params().put("instrument_name", name).put("resolution", "1D"));
    }

    private static void assertTold(Taker.Deal deal, JsonNode print, String name) {
        BigDecimal paid = deal.trade().path("price").decimalValue();
        BigDecimal amount = print.path("amount").decimalValue();
        assertEquals(deal.trade().path("trade_id"), print.path("trade_id"));
        assertEquals(deal.trade().path("timestamp"), print.path("timestamp"));
        assertEquals(name, print.path("instrument_name").asText());
        assertEquals("buy", print.path("direction").asText());
        assertEquals(
                paid.doubleValue(),
                print.path("price").decimalValue().multiply(amount).doubleValue(),
                1e-6);
        double mark = deal.quote().path("lines").path("mark").asDouble() / amount.doubleValue();
        assertEquals(mark, print.path("mark_price").asDouble(), 2e-5 * mark);
        assertTrue(print.path("iv").asDouble() > 5, print::toString);
        assertTrue(print.path("index_price").asDouble() > 1_000, print::toString);
        assertEquals(
                amount.movePointRight(2).intValueExact(), print.path("contracts").asInt(), "lots");
        assertFalse(print.has("block_trade_id"), print::toString);
        assertFalse(print.toString().contains(Taker.KEY), "whose it was is nobody's business");
    }

    /** Both legs say whose package they are of, and add up to what it cost. */
    private static void assertLegs(Taker taker, JsonNode trade, String put) throws Exception {
        JsonNode legs =
                taker.call(
                                "public/get_last_trades_by_currency",
                                RpcClient.params().put("currency", "BTC").put("count", 2))
                        .path("trades");
        double paid = 0;
        for (JsonNode leg : legs) {
            assertEquals(trade.path("trade_id"), leg.path("block_trade_id"));
            assertEquals(2, leg.path("block_trade_leg_count").asInt());
            paid += leg.path("price").asDouble() * leg.path("amount").asDouble();
        }
        assertEquals(trade.path("price").asDouble(), paid, 1e-4);
        assertEquals(1, lastTrades(taker, put).path("trades").size());
        assertEquals("no_data", chart(taker, put).path("status").asText(), "no price of its own");
    }

    private static void assertDay(Taker taker, String call, Taker.Deal last) throws Exception {
        JsonNode ticker = ticker(taker, call);
        double price = last.trade().path("price").asDouble() / 0.2;
        assertEquals(price, ticker.path("last_price").asDouble(), 1e-6);
        assertEquals(0.4, ticker.path("stats").path("volume").asDouble());
        assertEquals(0.4, ticker.path("open_interest").asDouble());
        assertTrue(
                ticker.path("stats").path("low").asDouble()
                        <= ticker.path("stats").path("high").asDouble());
        JsonNode summary =
                taker.call(
                                "public/get_book_summary_by_instrument",
                                RpcClient.params().put("instrument_name", call))
                        .get(0);
        assertEquals(ticker.path("last_price"), summary.path("last"));
        assertEquals(ticker.path("stats").path("volume"), summary.path("volume"));
        JsonNode chart = chart(taker, call);
        assertEquals("ok", chart.path("status").asText());
        assertEquals(price, chart.path("close").get(0).asDouble(), 1e-6);
        assertEquals(0.3, chart.path("volume").get(0).asDouble(), "trades by themselves");
        JsonNode all =
                taker.call(
                        "public/get_book_summary_by_currency",
                        RpcClient.params().put("currency", "BTC").put("kind", "option"));
        assertEquals(taker.options("BTC").size(), all.size());
    }

    private static JsonNode ticker(Taker taker, String name) throws Exception {
        return taker.call("public/ticker", RpcClient.params().put("instrument_name", name));
    }

    /** All that the tape tells of two instruments, without what ticks. */
    private static List<JsonNode> everything(Taker taker, String... names) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (String name : names) {
            all.add(lastTrades(taker, name));
            JsonNode ticker = ticker(taker, name);
            all.add(ticker.path("stats"));
            all.add(ticker.path("last_price"));
            all.add(ticker.path("open_interest"));
            all.add(chart(taker, name));
        }
        all.add(
                taker.call(
                        "public/get_last_trades_by_currency_and_time",
                        RpcClient.params()
                                .put("currency", "USDC")
                                .put("start_timestamp", 1)
                                .put("count", 100)));
        return all;
    }
}
