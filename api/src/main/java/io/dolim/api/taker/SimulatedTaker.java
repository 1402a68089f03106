package io.dolim.api.taker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One taker: asks for a firm quote on something near the money, takes most of them, and sooner or
 * later closes what it holds. What it does is a function of its seed and of what the server answers.
 */
final class SimulatedTaker {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_BOOK = 12;

    private final RpcClient client;
    private final SplittableRandom chance;
    private final String orderIds;
    private long orders;

    /**
     * A taker over an authenticated connection.
     *
     * @param orderIds beginning of its client order ids, never used before on its account
     */
    SimulatedTaker(RpcClient client, SplittableRandom chance, String orderIds) {
        this.client = client;
        this.chance = chance;
        this.orderIds = orderIds;
    }

    /** One attempt to trade. Refusals are the server's right and end the attempt. */
    void attempt() throws IOException, InterruptedException {
        try {
            List<JsonNode> held = positions();
            boolean closes = !held.isEmpty() && chance.nextInt(LARGEST_BOOK) < held.size();
            ObjectNode asked = closes ? closing(held.get(chance.nextInt(held.size()))) : opening();
            JsonNode quote = client.call("private/request_quote", asked, PATIENCE);
            if (chance.nextInt(5) > 0) {
                client.call("private/accept_quote", acceptance(quote), PATIENCE);
            }
        } catch (RpcError refused) {
            // counted by the server under its reason; the next attempt asks for something else
        }
    }

    private ObjectNode acceptance(JsonNode quote) {
        orders++;
        return RpcClient.params()
                .put("token", quote.path("token").asText())
                .put("client_order_id", orderIds + "-" + orders);
    }

    private List<JsonNode> positions() throws RpcError, IOException, InterruptedException {
        List<JsonNode> held = new ArrayList<>();
        client.call("private/get_positions", RpcClient.params().put("currency", "USDC"), PATIENCE)
                .forEach(held::add);
        return held;
    }

    private ObjectNode closing(JsonNode position) {
        BigDecimal size = position.path("size").decimalValue();
        ObjectNode params = RpcClient.params();
        leg(
                params.putArray("legs"),
                position.path("instrument_name").asText(),
                size.signum() < 0,
                size.abs());
        return params;
    }

    private ObjectNode opening() throws RpcError, IOException, InterruptedException {
        List<JsonNode> listed = listed();
        if (listed.isEmpty()) {
            throw new IOException("nothing is listed");
        }
        JsonNode chosen = listed.get(chance.nextInt(listed.size()));
        BigDecimal amount = amount(chosen);
        ObjectNode params = RpcClient.params();
        ArrayNode legs = params.putArray("legs");
        boolean put = chosen.path("option_type").asText().equals("put");
        // a sold put is secured by cash; a sold call must be covered, so calls are only bought
        boolean sells = put && chance.nextInt(3) == 0;
        leg(legs, chosen.path("instrument_name").asText(), !sells, amount);
        if (chance.nextInt(4) == 0) {
            spread(listed, chosen, sells, amount, legs);
        }
        return params;
    }

    /** Adds a leg against the first: same expiry and type, less valuable when the first is bought. */
    private void spread(
            List<JsonNode> listed,
            JsonNode first,
            boolean sells,
            BigDecimal amount,
            ArrayNode legs) {
        List<JsonNode> others =
                listed.stream()
                        .filter(other -> sameExpiryAndType(first, other))
                        .filter(other -> !other.path("strike").equals(first.path("strike")))
                        .toList();
        if (!others.isEmpty()) {
            JsonNode other = others.get(chance.nextInt(others.size()));
            leg(legs, other.path("instrument_name").asText(), sells, amount);
        }
    }

    private static boolean sameExpiryAndType(JsonNode one, JsonNode other) {
        return one.path("expiration_timestamp").equals(other.path("expiration_timestamp"))
                && one.path("option_type").equals(other.path("option_type"));
    }

    private List<JsonNode> listed() throws RpcError, IOException, InterruptedException {
        List<JsonNode> options = new ArrayList<>();
        client.call(
                        "public/get_instruments",
                        RpcClient.params().put("currency", "USDC").put("kind", "option"),
                        PATIENCE)
                .forEach(options::add);
        return options;
    }

    private BigDecimal amount(JsonNode instrument) {
        BigDecimal least = instrument.path("min_trade_amount").decimalValue();
        BigDecimal step = instrument.path("contract_size").decimalValue();
        BigDecimal wanted = least.multiply(BigDecimal.valueOf(1L << chance.nextInt(8)));
        return wanted.divide(step, 0, RoundingMode.UP).multiply(step);
    }

    private static void leg(ArrayNode legs, String name, boolean buys, BigDecimal amount) {
        legs.addObject()
                .put("instrument_name", name)
                .put("direction", buys ? "buy" : "sell")
                .put("amount", amount);
    }
}
