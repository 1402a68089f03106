package io.dolim.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import io.dolim.deploy.HeldReplay;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trades packages over the public protocol and knows what it holds. */
final class GammaTaker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 20;

    /** Refusals of an acceptance that a fresh quote answers; nothing was done. */
    private static final Set<String> OVERTAKEN =
            Set.of("inventory_moved", "quote_lapsed", "stale_view", "retry");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RpcClient client;
    private final SortedMap<Underlying, ContractSpec> specs;
    private final TreeMap<OptionContract, Long> held = new TreeMap<>();
    private int orders;

    GammaTaker(HeldReplay replay) throws Exception {
        specs = replay.specs();
        client = RpcClient.connect(http, replay.address(), nothing -> {});
        var _ =
                client.call(
                        "public/auth",
                        RpcClient.params()
                                .put("grant_type", "client_credentials")
                                .put("client_id", replay.keyId())
                                .put("client_secret", replay.secret()),
                        PATIENCE);
    }

    /** Lots by contract. */
    SortedMap<OptionContract, Long> held(Underlying underlying) {
        SortedMap<OptionContract, Long> some = new TreeMap<>(held);
        some.keySet().removeIf(contract -> !contract.underlying().equals(underlying));
        return Collections.unmodifiableSortedMap(some);
    }

    /** Whether it holds nothing. */
    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Trades these lots, signed from the taker, in one piece. */
    void trade(SortedMap<OptionContract, Long> lots)
            throws RpcError, IOException, InterruptedException {
        ObjectNode asked = RpcClient.params();
        ArrayNode legs = asked.putArray("legs");
        lots.forEach(
                (contract, size) ->
                        legs.addObject()
                                .put("instrument_name", contract.name())
                                .put("direction", size > 0 ? "buy" : "sell")
                                .put("amount", coins(contract, Math.absExact(size))));
        orders++;
        for (int i = 1; ; i++) {
            JsonNode quote = client.call("private/request_quote", asked, PATIENCE);
            try {
                var _ =
                        client.call(
                                "private/accept_quote",
                                RpcClient.params()
                                        .put("token", quote.path("token").asText())
                                        .put("client_order_id", "gamma-" + orders),
                                PATIENCE);
                break;
            } catch (RpcError refused) {
                if (i == TRIES || !OVERTAKEN.contains(refused.reason())) {
                    throw refused;
                }
            }
        }
        lots.forEach((contract, size) -> held.merge(contract, size, Long::sum));
        held.values().removeIf(size -> size == 0);
    }

    private java.math.BigDecimal coins(OptionContract contract, long lots) {
        return java.util.Objects.requireNonNull(specs.get(contract.underlying())).coins(lots);
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }
}
