package io.dolim.api.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VenueServerTest {

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PERPETUAL = "BTC_USDC-PERPETUAL";

    private VenueHost host;
    private RpcClient pool;
    private RpcClient runner;

    @BeforeEach
    void start() throws Exception {
        host = new VenueHost(KIT.system());
        pool = client("pool");
        runner = client("runner");
    }

    @AfterEach
    void stop() {
        pool.close();
        runner.close();
        host.close();
    }

    @AfterAll
    static void end() {
        KIT.shutdownTestKit();
    }

    private RpcClient client(String key) throws Exception {
        RpcClient client = RpcClient.connect(HTTP, host.socket(), _ -> {});
        client.call(
                "public/auth",
                RpcClient.params()
                        .put("grant_type", "client_credentials")
                        .put("client_id", key)
                        .put("client_secret", VenueHost.SECRET),
                PATIENCE);
        return client;
    }

    private static ObjectNode perpetual() {
        return RpcClient.params().put("instrument_name", PERPETUAL);
    }

    private static ObjectNode order(String amount, String label) {
        return perpetual()
                .put("amount", new BigDecimal(amount))
                .put("type", "limit")
                .put("price", 200_000)
                .put("time_in_force", "immediate_or_cancel")
                .put("label", label);
    }

    private JsonNode ask(String method, ObjectNode params) throws Exception {
        return pool.call(method, params, PATIENCE);
    }

    private int code(String method, ObjectNode params) {
        return assertThrows(RpcError.class, () -> ask(method, params)).code();
    }

    private static void assertNumber(String expected, JsonNode actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual.decimalValue()), "" + actual);
    }

    @Test
    void strangersReadInstrumentsTickersAndBooksOverHttp() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + host.port()
                                                + "/api/v2/public/get_instruments?currency=USDC&kind=future"))
                        .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("\"instrument_name\":\"BTC_USDC-PERPETUAL\""));
        JsonNode listed =
                ask(
                        "public/get_instruments",
                        RpcClient.params().put("currency", "USDC").put("kind", "future"));
        assertEquals(3, listed.size());
        JsonNode btc = listed.get(0);
        assertEquals("linear", btc.path("instrument_type").asText());
        assertEquals("perpetual", btc.path("settlement_period").asText());
        assertEquals("btc_usdc", btc.path("price_index").asText());
        assertNumber("0.1", btc.path("tick_size"));
        assertNumber("0.001", btc.path("min_trade_amount"));
        assertNumber("0.0005", btc.path("taker_commission"));
        assertEquals(
                0, ask("public/get_instruments", RpcClient.params().put("kind", "option")).size());
        JsonNode ticker = ask("public/ticker", perpetual());
        assertNumber("100000", ticker.path("mark_price"));
        assertNumber("99998", ticker.path("best_bid_price"));
        assertNumber("1.25", ticker.path("best_bid_amount"));
        assertNumber("0", ticker.path("funding_8h"));
        JsonNode book = ask("public/get_order_book", perpetual().put("depth", 2));
        assertEquals("[[100002,1.25],[100027,3.75]]", book.path("asks").toString());
        assertEquals(2, book.path("bids").size());
    }

    @Test
    void anOrderIsAnsweredWithOrderAndTrades() throws Exception {
        JsonNode answer = ask("private/buy", order("2", "a"));
        JsonNode order = answer.path("order");
        assertEquals("filled", order.path("order_state").asText());
        assertEquals("a", order.path("label").asText());
        assertEquals("buy", order.path("direction").asText());
        assertNumber("2", order.path("filled_amount"));
        assertNumber("100011.375", order.path("average_price"));
        JsonNode trade = answer.path("trades").get(1);
        assertEquals("BTC_USDC-2", trade.path("trade_id").asText());
        assertEquals(2, trade.path("trade_seq").asLong());
        assertNumber("0.75", trade.path("amount"));
        assertNumber("100027", trade.path("price"));
        assertNumber("37.510125", trade.path("fee"));
        assertEquals("USDC", trade.path("fee_currency").asText());
        assertEquals(
                answer.path("order").path("order_id"),
                ask("private/buy", order("2", "a")).path("order").path("order_id"));
        JsonNode cut = ask("private/buy", order("1", "b").put("price", 100_001));
        assertEquals("cancelled", cut.path("order").path("order_state").asText());
        assertEquals(0, cut.path("trades").size());
        JsonNode sold =
                ask(
                        "private/sell",
                        perpetual()
                                .put("amount", 5)
                                .put("type", "market")
                                .put("reduce_only", true));
        assertNumber("2", sold.path("order").path("filled_amount"));
        assertEquals(0, host.exchange.lots(Exchanges.BTC));
    }

    @Test
    void positionCashAndLedgerHaveDeribitsShapes() throws Exception {
        assertEquals("zero", ask("private/get_position", perpetual()).path("direction").asText());
        ask("private/sell", order("2", "a").put("price", 1));
        JsonNode position = ask("private/get_position", perpetual());
        assertEquals("sell", position.path("direction").asText());
        assertNumber("-2", position.path("size"));
        assertNumber("99988.625", position.path("average_price"));
        assertNumber("-22.75", position.path("floating_profit_loss"));
        assertNumber("4020", position.path("initial_margin"));
        assertEquals(
                position,
                ask("private/get_positions", RpcClient.params().put("currency", "USDC")).get(0));
        JsonNode summary =
                ask("private/get_account_summary", RpcClient.params().put("currency", "USDC"));
        assertEquals(host.exchange.cash().toDecimal(), summary.path("balance").decimalValue());
        assertEquals(host.exchange.equity().toDecimal(), summary.path("equity").decimalValue());
        assertNumber("2020", summary.path("maintenance_margin"));
    }

    @Test
    void tradesAreReadInPagesUpAndDown() throws Exception {
        for (int i = 0; i < 5; i++) {
            ask("private/buy", order("0.001", "o" + i));
        }
        assertEquals("[3, 4] true", page(perpetual().put("start_seq", 3).put("count", 2)));
        assertEquals(
                "[4, 5] false",
                page(perpetual().put("start_seq", 4).put("count", 9).put("sorting", "asc")));
        assertEquals("[5, 4] true", page(perpetual().put("count", 2)));
        assertEquals(
                "[3, 2] false",
                page(perpetual().put("start_seq", 2).put("end_seq", 3).put("sorting", "desc")));
        assertEquals("[] false", page(perpetual().put("start_seq", 6)));
    }

    private String page(ObjectNode params) throws Exception {
        JsonNode page = ask("private/get_user_trades_by_instrument", params);
        List<Long> sequences = new ArrayList<>();
        page.path("trades").forEach(trade -> sequences.add(trade.path("trade_seq").asLong()));
        return sequences + " " + page.path("has_more").asBoolean();
    }

    @Test
    void theTransactionLogIsReadBackwardsByItsContinuation() throws Exception {
        for (int i = 2; i <= 5; i++) {
            runner.call(
                    "simulator/transfer",
                    RpcClient.params().put("amount", i).put("label", "t" + i),
                    PATIENCE);
        }
        ObjectNode asked =
                RpcClient.params()
                        .put("currency", "USDC")
                        .put("start_timestamp", 0)
                        .put("end_timestamp", Long.MAX_VALUE / 4)
                        .put("count", 2);
        JsonNode first = ask("private/get_transaction_log", asked);
        assertEquals(5, first.path("logs").get(0).path("user_seq").asLong());
        assertNumber("5", first.path("logs").get(0).path("change"));
        assertEquals("transfer", first.path("logs").get(0).path("type").asText());
        assertNumber("1000014", first.path("logs").get(0).path("balance"));
        JsonNode second =
                ask(
                        "private/get_transaction_log",
                        asked.put("continuation", first.path("continuation").asLong()));
        assertEquals(3, second.path("logs").get(0).path("user_seq").asLong());
        JsonNode third =
                ask(
                        "private/get_transaction_log",
                        asked.put("continuation", second.path("continuation").asLong()));
        assertEquals(1, third.path("logs").size());
        assertTrue(third.path("continuation").isNull());
    }

    @Test
    void refusalsHaveDeribitsCodes() throws Exception {
        assertEquals(10_020, code("public/ticker", RpcClient.params().put("instrument_name", "X")));
        assertEquals(
                10_040,
                code(
                        "public/ticker",
                        RpcClient.params().put("instrument_name", "ETH_USDC-PERPETUAL")));
        assertEquals(10_021, code("private/buy", order("0.0001", "a")));
        assertEquals(10_002, code("private/buy", order("0", "a")));
        assertEquals(10_023, code("private/buy", order("1", "a").put("price", -1)));
        assertEquals(
                10_043, code("private/buy", order("1", "a").put("price", new BigDecimal("1.05"))));
        assertEquals(10_009, code("private/buy", order("300", "a")));
        assertEquals(11_029, code("private/buy", order("1", "a").put("reduce_only", true)));
        assertEquals(
                -32_602, code("private/buy", order("1", "a").put("time_in_force", "fill_or_kill")));
        ask("private/buy", order("1", "used"));
        assertEquals(11_029, code("private/buy", order("2", "used")));
        // the pool's key does not run the simulator, the runner's does not trade
        assertEquals(13_021, code("simulator/outage", RpcClient.params().put("kind", "silent")));
        RpcError refused =
                assertThrows(
                        RpcError.class,
                        () -> runner.call("private/buy", order("1", "b"), PATIENCE));
        assertEquals(13_021, refused.code());
        assertEquals(1_000, host.exchange.lots(Exchanges.BTC));
    }

    @Test
    void theRunnerSetsPricesFaultsAndPositions() throws Exception {
        host.prices.clear();
        runner.call(
                "simulator/set_index",
                RpcClient.params()
                        .put("index_name", "btc_usdc")
                        .put("price", 50_000)
                        .put("mark_price", 50_050),
                PATIENCE);
        JsonNode ticker = ask("public/ticker", perpetual());
        assertNumber("50050", ticker.path("mark_price"));
        assertNumber("0.00075", ticker.path("funding_8h"));
        runner.call("simulator/move_position", perpetual().put("size", -3), PATIENCE);
        assertNumber("-3", ask("private/get_position", perpetual()).path("size"));
        runner.call(
                "simulator/reject",
                RpcClient.params().put("rejected", 1).put("partial", 0),
                PATIENCE);
        assertEquals(10_047, code("private/buy", order("1", "a")));
        runner.call(
                "simulator/outage",
                RpcClient.params().put("kind", "refuses").put("duration_ms", 60_000),
                PATIENCE);
        assertEquals(11_051, code("public/ticker", perpetual()));
        assertEquals(11_051, code("private/buy", order("1", "a")));
        RpcError unknown =
                assertThrows(
                        RpcError.class,
                        () ->
                                runner.call(
                                        "simulator/outage",
                                        RpcClient.params().put("kind", "odd").put("more", 1),
                                        PATIENCE));
        assertEquals(-32_602, unknown.code());
    }

    @Test
    void cashIsMovedOnceForEachNonce() throws Exception {
        ObjectNode in =
                RpcClient.params()
                        .put("currency", "USDC")
                        .put("amount", 7)
                        .put("source", 0)
                        .put("destination", VenueServer.ACCOUNT)
                        .put("nonce", "nonce-one");
        ask("private/submit_transfer_between_subaccounts", in);
        ask("private/submit_transfer_between_subaccounts", in);
        assertEquals(1_000_007_000_000L, host.exchange.cash().micros());
        ask(
                "private/submit_transfer_between_subaccounts",
                in.deepCopy().put("source", 1).put("destination", 0).put("nonce", "nonce-two"));
        assertEquals(1_000_000_000_000L, host.exchange.cash().micros());
        assertEquals(
                11_029,
                code(
                        "private/submit_transfer_between_subaccounts",
                        in.deepCopy().put("source", 1).put("nonce", "nonce-three")));
    }
}
