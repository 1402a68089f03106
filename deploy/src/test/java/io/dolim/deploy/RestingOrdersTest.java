package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that rest, end to end: a real engine in its own process, a real journal, a real client, a kill. */
class RestingOrdersTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final long FAR_AHEAD_MS = 60_000;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void ordersRestOverAKillAndAreFilledOnceAtTheirLimitOrBetter() throws Exception {
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        String instrument;
        String first;
        JsonNode open;
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            instrument = calls(taker).get(calls(taker).size() * 3 / 4);
            JsonNode placed = buy(taker, instrument, "1").path("order");
            first = placed.path("order_id").asText();
            assertEquals("open", placed.path("order_state").asText());
            assertEquals("good_til_cancelled", placed.path("time_in_force").asText());
            for (int i = 0; i < 4; i++) {
                buy(taker, instrument, "1");
            }
            open = openOrders(taker);
            assertEquals(5, open.size(), "one label groups them and loses none");
            assertRefusals(taker, instrument, first);
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            assertEquals(open, openOrders(taker), "what rested rests");
            JsonNode cancelled = taker.call("private/cancel", id(open.get(1)));
            assertEquals("cancelled", cancelled.path("order_state").asText());
            assertReached(taker, instrument, first);
            ObjectNode label = RpcClient.params().put("label", "maker").put("currency", "BTC");
            assertEquals(3, taker.call("private/cancel_by_label", label).asInt());
            assertEquals(0, openOrders(taker).size());
            JsonNode history =
                    taker.call(
                            "private/get_order_history_by_currency",
                            RpcClient.params().put("currency", "BTC"));
            assertEquals(6, history.size());
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            assertEquals(0, AMOUNT.compareTo(taker.positions().get(instrument)), "filled once");
        }
        assertEquals(1, StoppedJournal.read(dir, "kind:trade-executed").size());
        assertEquals(6, StoppedJournal.read(dir, "kind:order-placed").size());
        assertEquals(5, StoppedJournal.read(dir, "kind:order-ended").size());
    }

    @Test
    void whoLosesHisConnectionLosesTheOrdersThatItPlacedAndNoOthers() throws Exception {
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker stays = Taker.connect(http, engine.webSocket())) {
            String instrument = calls(stays).getLast();
            buy(stays, instrument, "1");
            ObjectNode none = RpcClient.params();
            try (Taker leaves = Taker.connect(http, engine.webSocket())) {
                assertEquals(
                        "ok", leaves.call("private/enable_cancel_on_disconnect", none).asText());
                assertTrue(guarded(leaves));
                assertFalse(guarded(stays), "of the connection alone");
                buy(leaves, instrument, "2");
                buy(leaves, instrument, "3");
                assertEquals(3, openOrders(stays).size());
            }
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (openOrders(stays).size() > 1 && System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
            JsonNode left = openOrders(stays);
            assertEquals(1, left.size(), left.toString());
            assertEquals(1, left.get(0).path("price").asInt());
            JsonNode gone =
                    stays.call(
                            "private/get_order_history_by_instrument",
                            RpcClient.params().put("instrument_name", instrument));
            assertEquals("cancel_on_disconnect", gone.get(0).path("cancel_reason").asText());
            ObjectNode account = none.deepCopy().put("scope", "account");
            stays.call("private/enable_cancel_on_disconnect", account);
            try (Taker later = Taker.connect(http, engine.webSocket())) {
                assertTrue(guarded(later), "what is said of the account holds for new connections");
            }
            assertFalse(guarded(stays));
            assertEquals(
                    1, stays.call("private/get_account_summaries", none).path("summaries").size());
            assertEquals(1, stays.call("private/get_subaccounts", none).size());
            assertEquals(
                    "zero",
                    stays.call(
                                    "private/get_position",
                                    RpcClient.params().put("instrument_name", instrument))
                            .path("direction")
                            .asText());
        }
    }

    private static boolean guarded(Taker taker) throws Exception {
        return taker.call("private/get_cancel_on_disconnect", RpcClient.params())
                .path("enabled")
                .asBoolean();
    }

    /** An edit brings the limit to the pool's price: the same answer says that it is filled. */
    private static void assertReached(Taker taker, String instrument, String id) throws Exception {
        double price =
                taker.call("public/get_quote", Taker.flat(instrument, "buy", AMOUNT))
                        .path("price")
                        .asDouble();
        BigDecimal limit = BigDecimal.valueOf(Math.ceil(price / AMOUNT.doubleValue() * 1.05));
        JsonNode answer = RpcClient.params();
        for (int i = 0; i < 100; i++) {
            // an acceptance that others overtook waits for the next view
            answer =
                    taker.call(
                            "private/edit",
                            RpcClient.params()
                                    .put("order_id", id)
                                    .put("amount", AMOUNT)
                                    .put("price", limit.add(BigDecimal.valueOf(i))));
            if (answer.path("order").path("order_state").asText().equals("filled")) {
                break;
            }
        }
        JsonNode order = answer.path("order");
        assertEquals("filled", order.path("order_state").asText(), answer.toString());
        assertEquals(id, order.path("order_id").asText());
        assertTrue(order.path("replaced").asBoolean());
        assertEquals(0, AMOUNT.compareTo(order.path("filled_amount").decimalValue()));
        assertTrue(
                order.path("average_price")
                                .decimalValue()
                                .compareTo(order.path("price").decimalValue())
                        <= 0,
                order.toString());
        JsonNode trade = answer.path("trades").get(0);
        assertEquals(id, trade.path("order_id").asText());
        assertEquals(order.path("average_price"), trade.path("price"));
        assertEquals(order, taker.call("private/get_order_state", byId(id)));
        assertEquals("order_closed", refused(taker, "private/cancel", byId(id)).reason());
        JsonNode traded = tradesOf(taker, id);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (traded.isEmpty() && System.nanoTime() - until < 0) {
            // the tape comes a moment after the answer
            traded = tradesOf(taker, id);
        }
        assertEquals(1, traded.size());
        assertEquals(trade.path("trade_id"), traded.get(0).path("trade_id"));
        assertEquals("maker", traded.get(0).path("label").asText());
        assertEquals("limit", traded.get(0).path("order_type").asText());
    }

    private static JsonNode tradesOf(Taker taker, String id) throws Exception {
        return taker.call("private/get_user_trades_by_order", byId(id)).path("trades");
    }

    private static void assertRefusals(Taker taker, String instrument, String id) throws Exception {
        ObjectNode wish = order(instrument, "1");
        assertEquals(
                11054,
                refused(taker, "private/buy", wish.deepCopy().put("post_only", true)).code());
        assertEquals(
                13888,
                refused(
                                taker,
                                "private/buy",
                                wish.deepCopy().put("valid_until", System.currentTimeMillis() - 1))
                        .code());
        assertEquals(
                "not_reducing",
                refused(taker, "private/buy", wish.deepCopy().put("reduce_only", true)).reason());
        assertEquals(
                "uncovered", refused(taker, "private/sell", order(instrument, "90000")).reason());
        assertEquals(10004, refused(taker, "private/cancel", byId("BTC_USDC-99")).code());
        assertEquals(10004, refused(taker, "private/get_order_state", byId("nonsense")).code());
        ObjectNode known =
                wish.deepCopy()
                        .put("client_order_id", "mine")
                        .put("valid_until", System.currentTimeMillis() + FAR_AHEAD_MS);
        JsonNode sent = taker.call("private/buy", known);
        assertEquals(sent, taker.call("private/buy", known), "sent again, the same answer");
        assertEquals(
                "client_order_id_reused",
                refused(taker, "private/buy", known.deepCopy().put("amount", 0.2)).reason());
        taker.call("private/cancel", id(sent.path("order")));
        assertTrue(taker.call("private/get_order_state", byId(id)).path("api").asBoolean());
    }

    private static RpcError refused(Taker taker, String method, ObjectNode params) {
        return assertThrows(RpcError.class, () -> taker.call(method, params), method);
    }

    private static JsonNode buy(Taker taker, String instrument, String price) throws Exception {
        return taker.call("private/buy", order(instrument, price));
    }

    private static ObjectNode order(String instrument, String price) {
        return RpcClient.params()
                .put("instrument_name", instrument)
                .put("amount", AMOUNT)
                .put("type", "limit")
                .put("label", "maker")
                .put("price", new BigDecimal(price));
    }

    private static ObjectNode id(JsonNode order) {
        return byId(order.path("order_id").asText());
    }

    private static ObjectNode byId(String id) {
        return RpcClient.params().put("order_id", id);
    }

    private static JsonNode openOrders(Taker taker) throws Exception {
        return taker.call(
                "private/get_open_orders_by_currency", RpcClient.params().put("currency", "USDC"));
    }

    private static List<String> calls(Taker taker) throws Exception {
        return taker.options("BTC").stream().filter(name -> name.endsWith("-C")).toList();
    }
}
