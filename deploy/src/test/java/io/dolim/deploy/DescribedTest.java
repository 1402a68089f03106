package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.rpc.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole engine says what it describes: every method is called, every channel heard. */
@Tag("slow")
class DescribedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECOND = "another";
    private static final long PATIENCE_S = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BAD_REQUEST = 400;

    private static final String SETTINGS =
            """
            dolim.hedging.venue = simulated
            dolim.book.hedge.policy { kind = REACTIVE, inner-share = 0 }
            dolim.book.hedge.underlyings.BTC.policy.band-coins = 0.03
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SortedSet<String> called = new TreeSet<>();

    @Test
    void everyMethodAnswersAndEveryChannelSaysWhatIsDescribed() throws Exception {
        String[] flags =
                CalmMarket.flagsWith(
                        dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET, SECOND + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags)) {
            SchemaCheck check = SchemaCheck.served(http, engine.http("/docs"));
            assertShown(engine);
            callsOverHttp(engine, check);
            try (Conversation socket = new Conversation(engine, check)) {
                socket.listensToEverything();
                socket.callsTheRest();
            }
            assertEquals(check.methods().keySet(), called);
        }
    }

    private void assertShown(EngineProcess engine) throws Exception {
        HttpResponse<String> page = get(engine.http("/docs"));
        assertEquals(
                "text/html; charset=UTF-8", page.headers().firstValue("Content-Type").orElse(""));
        assertTrue(
                page.headers()
                        .firstValue("Content-Security-Policy")
                        .orElse("")
                        .startsWith("default-src 'none'"),
                page.headers()::toString);
        assertTrue(page.body().contains("public/get_risk_surface"));
        assertEquals(200, get(engine.http("/docs/style.css")).statusCode());
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void callsOverHttp(EngineProcess engine, SchemaCheck check) throws Exception {
        Desk desk = new Desk(engine, check, Taker.KEY);
        JsonNode instruments = desk.ok("public/get_instruments", coin());
        List<String> calls = new ArrayList<>();
        instruments.forEach(one -> calls.add(one.path("instrument_name").asText()));
        calls.removeIf(name -> !name.endsWith("-C"));
        String name = calls.get(calls.size() * 3 / 4);
        for (String plain :
                List.of("get_currencies", "get_time", "status", "test", "get_index_price_names")) {
            desk.ok("public/" + plain, none());
        }
        assertTrue(desk.call(Method.DISCOVER, none()).at("/result/methods").size() > 60);
        desk.ok("public/hello", none().put("client_name", "a").put("client_version", "b"));
        desk.ok("public/auth", credentials());
        desk.ok("public/get_index_price", none().put("index_name", "btc_usdc"));
        trades(desk, name);
        new DescribedOrders(desk::ok, desk::refused).all(name);
        market(desk, name);
        pool(desk, name);
        money(desk);
        operators(desk, new Desk(engine, check, SECOND));
        keepers(desk);
        keys(desk);
    }

    private static void trades(Desk desk, String name) throws Exception {
        ObjectNode leg = leg(name, "buy");
        ObjectNode legs = none();
        legs.putArray("legs").add(leg.deepCopy());
        desk.ok("public/get_quote", leg);
        desk.ok("public/get_quote", legs);
        JsonNode quote = desk.ok("private/request_quote", leg);
        desk.ok("private/accept_quote", Taker.acceptance(quote, "described"));
        desk.ok("private/buy", order(name).put("type", "market"));
        JsonNode dear =
                desk.ok(
                        "private/sell",
                        order(name)
                                .put("price", 1_000_000)
                                .put("time_in_force", "immediate_or_cancel"));
        assertEquals("cancelled", dear.path("order").path("order_state").asText());
        desk.refused("private/buy", order("BTC_USDC-1JAN30-1-C"));
        assertFalse(desk.ok("private/get_positions", coin()).isEmpty());
        desk.ok("private/get_position", none().put("instrument_name", name));
        desk.ok("private/get_account_summary", coin());
        desk.ok("private/get_account_summaries", none());
        desk.ok("private/get_subaccounts", none().put("with_portfolio", true));
    }

    private static void market(Desk desk, String name) throws Exception {
        ObjectNode one = none().put("instrument_name", name);
        for (String method :
                List.of(
                        "get_instrument",
                        "ticker",
                        "get_order_book",
                        "get_book_summary_by_instrument",
                        "get_last_trades_by_instrument_and_time",
                        "get_last_settlements_by_instrument")) {
            desk.ok("public/" + method, one);
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (desk.ok("public/get_last_trades_by_instrument", one).path("trades").isEmpty()) {
            assertTrue(System.nanoTime() < until, "the tape tells no trade");
        }
        for (String method :
                List.of(
                        "get_book_summary_by_currency",
                        "get_last_trades_by_currency",
                        "get_last_trades_by_currency_and_time",
                        "get_last_settlements_by_currency")) {
            desk.ok("public/" + method, coin());
        }
        desk.ok(
                "public/get_tradingview_chart_data",
                none().put("instrument_name", name).put("resolution", "1"));
        desk.ok("public/get_delivery_prices", none().put("index_name", "btc_usdc"));
    }

    private static void pool(Desk desk, String name) throws Exception {
        desk.ok("public/get_pool_summary", none());
        desk.ok("public/get_pool_risk", none());
        desk.ok("public/get_risk_surface", none());
        desk.ok("public/get_risk_surface", leg(name, "buy"));
    }

    private static void money(Desk desk) throws Exception {
        ObjectNode some = none().put("amount", 10).put("request_id", "described-1");
        desk.ok("private/deposit", some);
        desk.ok("private/withdraw", some.deepCopy().put("request_id", "described-2"));
        desk.ok("operator/pay_in", some.deepCopy().put("request_id", "described-3"));
        desk.ok("operator/pay_out", some.deepCopy().put("request_id", "described-4"));
    }

    private static void operators(Desk desk, Desk second) throws Exception {
        JsonNode summary = desk.ok("public/get_pool_summary", none());
        var limit = summary.path("limits").properties().iterator().next();
        desk.ok("operator/set", none().put("key", limit.getKey()).set("value", limit.getValue()));
        JsonNode risk = desk.ok("public/get_pool_risk", none());
        ObjectNode parted = why();
        parted.set("hedging_share", risk.path("allocation").path("hedging_share"));
        parted.set("reserve_share", risk.path("allocation").path("reserve_share"));
        parted.set("over_collateralisation", risk.path("over_collateralisation").path("factor"));
        desk.ok("operator/allocate", parted);
        desk.ok(
                "operator/choose_scenarios",
                none().put("version", risk.path("view").path("scenarios").asText()));
        desk.ok(
                "operator/adjust_trade",
                why().put("underlying", "BTC")
                        .put("trade_id", "BTC-1")
                        .put("account", Taker.KEY)
                        .put("amount", 1)
                        .put("request_id", "described-5"));
        desk.refused("operator/lift_latch", why().put("underlying", "BTC"));
        desk.refused("operator/reset_mmp", why().put("underlying", "BTC"));
        desk.refused(
                "operator/settle",
                why().put("underlying", "BTC").put("expiry", "5FEB26").put("price", 1));
        for (String stop : List.of("operator/halt", "operator/reduce_only")) {
            desk.ok(stop, why());
            desk.ok("public/get_pool_summary", none());
            desk.ok("operator/resume", why());
            second.ok("operator/resume", why());
        }
    }

    private static void keepers(Desk desk) throws Exception {
        desk.ok("keeper/list_signals", none().put("underlying", "BTC"));
        desk.ok(
                "operator/choose_hedge_policy",
                none().put("underlying", "BTC").put("policy", "reactive"));
        desk.ok("operator/stop_hedging", why().put("underlying", "BTC"));
        desk.ok("operator/resume_hedging", why().put("underlying", "BTC"));
        desk.ok("operator/adopt_ledger", none().put("underlying", "BTC").put("venue", "simulated"));
        desk.refused("operator/forgive_keeper", none().put("underlying", "BTC").put("keeper", "x"));
        desk.refused("keeper/claim", none().put("underlying", "BTC").put("signal_id", 999_999));
        ObjectNode lease = none().put("underlying", "BTC").put("lease", 999_999);
        desk.refused("keeper/release", lease);
        desk.refused(
                "keeper/report_fill",
                lease.deepCopy()
                        .put("venue", "simulated")
                        .put("trade_id", "1")
                        .put("direction", "buy")
                        .put("amount", 0.1));
    }

    private static void keys(Desk desk) throws Exception {
        ObjectNode made = none().put("key_id", "described").put("account", "described");
        made.putArray("scopes").add("trade:read");
        desk.ok("operator/create_key", made);
        desk.ok("operator/rotate_key", why().put("key_id", "described"));
        desk.ok("operator/revoke_key", why().put("key_id", "described"));
        desk.ok("operator/list_keys", none());
    }

    private static ObjectNode none() {
        return RpcClient.params();
    }

    private static ObjectNode coin() {
        return none().put("currency", "BTC");
    }

    private static ObjectNode why() {
        return none().put("reason", "described");
    }

    private static ObjectNode leg(String name, String direction) {
        return Taker.flat(name, direction, new BigDecimal("0.1"));
    }

    private static ObjectNode order(String name) {
        return none().put("instrument_name", name).put("amount", new BigDecimal("0.1"));
    }

    private static ObjectNode credentials() {
        return none().put("grant_type", "client_credentials")
                .put("client_id", Taker.KEY)
                .put("client_secret", Taker.SECRET)
                .put("state", "said back");
    }

    /** Whoever calls over HTTP with a key. */
    private final class Desk {
        private final EngineProcess engine;
        private final SchemaCheck check;
        private final String authorization;

        Desk(EngineProcess engine, SchemaCheck check, String key) {
            this.engine = engine;
            this.check = check;
            this.authorization =
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(
                                            (key + ":" + Taker.SECRET)
                                                    .getBytes(StandardCharsets.UTF_8));
        }

        /** A call that must be answered by its result. */
        JsonNode ok(String method, ObjectNode params) throws Exception {
            JsonNode response = call(method, params);
            assertTrue(response.has("result"), method + ": " + response);
            Surprise.requireNoticed(response, changed -> check.check(method, changed));
            return response.path("result");
        }

        /** A call that this pool has no occasion for: it is refused, and says why as it is described. */
        void refused(String method, ObjectNode params) throws Exception {
            JsonNode response = call(method, params);
            assertTrue(response.has("error"), method + ": " + response);
        }

        JsonNode call(String method, ObjectNode params) throws Exception {
            called.add(method);
            ObjectNode body = none().put("id", 7).put("method", method);
            body.set("params", params);
            HttpRequest post =
                    HttpRequest.newBuilder(engine.http("/api/v2/" + method))
                            .header("Authorization", authorization)
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build();
            HttpResponse<String> http =
                    DescribedTest.this.http.send(post, HttpResponse.BodyHandlers.ofString());
            JsonNode response = JSON.readTree(http.body());
            assertEquals(response.has("error") ? BAD_REQUEST : 200, http.statusCode());
            check.check(method, response);
            return response;
        }
    }

    /** One WebSocket. */
    private final class Conversation implements AutoCloseable {
        private final SchemaCheck check;
        private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        private final RpcClient client;
        private final List<String> names = new ArrayList<>();

        Conversation(EngineProcess engine, SchemaCheck check) throws Exception {
            this.check = check;
            this.client = RpcClient.connect(http, engine.webSocket(), heard::add);
            client.call("public/auth", credentials(), PATIENCE);
            JsonNode listed =
                    client.call("public/get_instruments", none().put("currency", "ETH"), PATIENCE);
            String name = listed.path(listed.size() / 2).path("instrument_name").asText();
            check.channels().forEach(channel -> names.add(filled(channel, name)));
        }

        private static String filled(String channel, String name) {
            return channel.replace("{instrument_name}", name)
                    .replace("{interval}", "100ms")
                    .replace("{depth}", "10");
        }

        void listensToEverything() throws Exception {
            assertEquals(JSON.valueToTree(names), call("public/subscribe", channels(names)));
            Set<String> quiet = new TreeSet<>(names);
            while (!quiet.isEmpty()) {
                JsonNode update = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
                assertTrue(update != null, () -> "nothing is heard of " + quiet);
                String channel = update.path("channel").asText();
                check.checkNotification(channel, update);
                Surprise.requireNoticed(update, one -> check.checkNotification(channel, one));
                quiet.remove(channel);
            }
        }

        void callsTheRest() throws Exception {
            check.checkResult(Method.DISCOVER, client.call(Method.DISCOVER, none(), PATIENCE));
            call("public/unsubscribe", channels(names.subList(0, 1)));
            call("private/subscribe", channels(names.subList(0, 1)));
            call("private/unsubscribe", channels(names.subList(0, 1)));
            call("private/unsubscribe_all", none());
            call("public/unsubscribe_all", none());
            call("public/set_heartbeat", none().put("interval", 10));
            call("public/disable_heartbeat", none());
            call("private/logout", none());
        }

        private JsonNode call(String method, ObjectNode params) throws Exception {
            called.add(method);
            assertEquals(true, check.methods().get(method), method);
            JsonNode result = client.call(method, params, PATIENCE);
            check.checkResult(method, result);
            return result;
        }

        private static ObjectNode channels(List<String> names) {
            ObjectNode params = none();
            ArrayNode all = params.putArray("channels");
            names.forEach(all::add);
            return params;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
