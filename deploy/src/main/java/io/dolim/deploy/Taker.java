package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A client over the public protocol with one key. */
final class Taker implements AutoCloseable {

    static final String KEY = "tester";
    static final String SECRET = "a-secret-of-the-tests";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 100;

    /** Refusals of an acceptance that a fresh quote answers; nothing was done. */
    private static final Set<String> OVERTAKEN =
            Set.of("inventory_moved", "quote_lapsed", "stale_view", "retry");

    private final RpcClient client;

    private Taker(RpcClient client) {
        this.client = client;
    }

    static Taker connect(HttpClient http, URI address) throws Exception {
        return connect(http, address, KEY, SECRET);
    }

    static Taker connect(HttpClient http, URI address, String key, String secret) throws Exception {
        Taker taker = new Taker(RpcClient.connect(http, address, nothing -> {}));
        taker.call(
                "public/auth",
                RpcClient.params()
                        .put("grant_type", "client_credentials")
                        .put("client_id", key)
                        .put("client_secret", secret));
        return taker;
    }

    RpcClient client() {
        return client;
    }

    JsonNode call(String method, ObjectNode params)
            throws RpcError, IOException, InterruptedException {
        return client.call(method, params, PATIENCE);
    }

    /** Contracts of a base currency, nearest expiry first. */
    List<String> options(String currency) throws Exception {
        List<String> names = new ArrayList<>();
        call(
                        "public/get_instruments",
                        RpcClient.params().put("currency", currency).put("kind", "option"))
                .forEach(one -> names.add(one.path("instrument_name").asText()));
        return names;
    }

    /** A firm quote for one leg. */
    JsonNode quote(String instrument, String direction, BigDecimal amount) throws Exception {
        return call("private/request_quote", flat(instrument, direction, amount));
    }

    static ObjectNode flat(String instrument, String direction, BigDecimal amount) {
        return RpcClient.params()
                .put("instrument_name", instrument)
                .put("direction", direction)
                .put("amount", amount);
    }

    JsonNode accept(JsonNode quote, String orderId) throws Exception {
        return call("private/accept_quote", acceptance(quote, orderId)).path("trade");
    }

    /**
     * Quotes until one is filled: its charge may move between quote and acceptance, as others trade and
     * markets move.
     */
    Deal trade(String instrument, String direction, BigDecimal amount, String orderId)
            throws Exception {
        for (int i = 1; ; i++) {
            JsonNode quote = quote(instrument, direction, amount);
            try {
                return new Deal(quote, accept(quote, orderId));
            } catch (RpcError refused) {
                if (i == TRIES || !OVERTAKEN.contains(refused.reason())) {
                    throw refused;
                }
            }
        }
    }

    /** A quote and the trade that it was filled with. */
    record Deal(JsonNode quote, JsonNode trade) {}

    static ObjectNode acceptance(JsonNode quote, String orderId) {
        return RpcClient.params()
                .put("token", quote.path("token").asText())
                .put("client_order_id", orderId);
    }

    /** Signed sizes by instrument. */
    SortedMap<String, BigDecimal> positions() throws Exception {
        SortedMap<String, BigDecimal> sizes = new TreeMap<>();
        call("private/get_positions", RpcClient.params().put("currency", "USDC"))
                .forEach(
                        one ->
                                sizes.put(
                                        one.path("instrument_name").asText(),
                                        one.path("size").decimalValue().stripTrailingZeros()));
        return sizes;
    }

    /** Settled cash. */
    BigDecimal cash() throws Exception {
        return call("private/get_account_summary", RpcClient.params().put("currency", "USDC"))
                .path("balance")
                .decimalValue();
    }

    String stateHash() throws Exception {
        return call("public/get_pool_summary", RpcClient.params()).path("state_hash").asText();
    }

    @Override
    public void close() {
        client.close();
    }
}
