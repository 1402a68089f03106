package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A client that keeps its own books: every order it ever sent, what it was told of it, and the
 * positions and cash that follow. It believes nothing twice: an answer that contradicts an earlier
 * one fails the call.
 */
final class Bookkeeper implements AutoCloseable {

    private final String key;
    private final String secret;
    private final SortedMap<String, Order> orders = new TreeMap<>();
    private final SortedMap<String, Outcome> outcomes = new TreeMap<>();
    private Optional<Taker> taker = Optional.empty();

    Bookkeeper(String key, String secret) {
        this.key = key;
        this.secret = secret;
    }

    /**
     * An acceptance, as it is sent each time.
     *
     * @param quote as the engine gave it
     */
    record Order(String id, JsonNode quote) {
        ObjectNode body() {
            return Taker.acceptance(quote, id);
        }
    }

    /** What is known of an order. */
    sealed interface Outcome {}

    /** Nothing: to be asked again. */
    record Unknown(String why) implements Outcome {}

    /** The trade, as answered. */
    record Filled(JsonNode trade) implements Outcome {}

    /** Refused for good: the engine that could have filled it is gone, or the refusal was final. */
    record Refused(String reason) implements Outcome {}

    String key() {
        return key;
    }

    String flag() {
        return key + ":" + secret;
    }

    void connect(HttpClient http, URI address) throws Exception {
        close();
        taker = Optional.of(Taker.connect(http, address, key, secret));
    }

    Taker taker() {
        return taker.orElseThrow(() -> new IllegalStateException(key + " is not connected"));
    }

    /** A firm quote; empty when it is refused. */
    CompletableFuture<Optional<JsonNode>> quote(ObjectNode asked) {
        return taker().client()
                .send("private/request_quote", asked)
                .handle((quote, failed) -> Optional.ofNullable(quote));
    }

    /** Sends an order, for the first time or again, and writes the outcome into the books. */
    CompletableFuture<Outcome> send(Order order) {
        synchronized (this) {
            orders.put(order.id, order);
            outcomes.putIfAbsent(order.id, new Unknown("not answered"));
        }
        return taker().client()
                .send("private/accept_quote", order.body())
                .handle((answer, failed) -> note(order.id, outcome(answer, failed)));
    }

    private static Outcome outcome(JsonNode answer, Throwable failed) {
        if (failed == null) {
            return new Filled(answer.path("trade"));
        }
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        if (!(cause instanceof RpcError refused)) {
            return new Unknown(String.valueOf(cause));
        }
        return switch (refused.reason()) {
            // not looked at, or not known yet: neither says anything of the order
            case "retry", "outcome_unknown", "queue_full", "overloaded" ->
                    new Unknown(refused.reason());
            default -> new Refused(refused.reason());
        };
    }

    private synchronized Outcome note(String id, Outcome told) {
        Outcome known = outcomes.getOrDefault(id, told);
        switch (known) {
            case Unknown nothing -> outcomes.put(id, told);
            case Filled filled -> {
                if (told instanceof Refused || (told instanceof Filled && !told.equals(filled))) {
                    throw new Violation(key + " " + id + " was " + filled + ", now " + told);
                }
            }
            case Refused refused -> {
                if (told instanceof Filled) {
                    throw new Violation(key + " " + id + " was " + refused + ", now " + told);
                }
            }
        }
        return told;
    }

    /** Orders of which nothing is known. */
    synchronized List<Order> unknown() {
        return orders.values().stream()
                .filter(order -> outcome(order.id) instanceof Unknown)
                .toList();
    }

    /** Orders whose outcome is known. */
    synchronized List<Order> known() {
        return orders.values().stream()
                .filter(order -> !(outcome(order.id) instanceof Unknown))
                .toList();
    }

    synchronized Outcome outcome(String id) {
        return outcomes.getOrDefault(id, new Unknown("never sent"));
    }

    /** The trades by order id. */
    synchronized SortedMap<String, JsonNode> trades() {
        SortedMap<String, JsonNode> trades = new TreeMap<>();
        outcomes.forEach(
                (id, outcome) -> {
                    if (outcome instanceof Filled filled) {
                        trades.put(id, filled.trade);
                    }
                });
        return trades;
    }

    /** Signed sizes by instrument, from the trades alone. */
    SortedMap<String, BigDecimal> positions() {
        SortedMap<String, BigDecimal> sizes = new TreeMap<>();
        for (JsonNode trade : trades().values()) {
            for (JsonNode leg : trade.path("legs")) {
                BigDecimal amount = leg.path("amount").decimalValue();
                boolean buys = leg.path("direction").asText().equals("buy");
                sizes.merge(
                        leg.path("instrument_name").asText(),
                        buys ? amount : amount.negate(),
                        BigDecimal::add);
            }
        }
        sizes.values().removeIf(size -> size.signum() == 0);
        sizes.replaceAll((name, size) -> size.stripTrailingZeros());
        return sizes;
    }

    /** What the trades cost in all. */
    BigDecimal paid() {
        return trades().values().stream()
                .map(trade -> trade.path("price").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public void close() {
        taker.ifPresent(Taker::close);
        taker = Optional.empty();
    }
}
