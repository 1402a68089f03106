package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool's risk through a real socket: its numbers move with trades and orders, and its sums add up. */
@Tag("slow")
class PoolRiskTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");
    private static final long PATIENCE_S = 20;

    /** Of a figure on the wire. */
    private static final double STEP = 0.5e-6;

    /** A set with events, in one of which USDC loses its peg. */
    private static final String SETTINGS =
            """
            dolim.capacity.scenarios.version = "standard-2"
            """;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void itsNumbersMoveWithTradesAndItsSumsAddUp() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket());
                BareSocket listener = BareSocket.connect(engine.webSocket())) {
            JsonNode flat = inUse(taker);
            requireSums(flat);
            assertEquals(0, flat.path("es_by_instrument").size(), flat::toString);
            assertEquals(flat.path("es"), flat.path("es_of_collateral"));
            assertTrue(flat.path("es").asDouble() > 0, "USDC loses its peg in the tail");
            assertEquals("standard-2", flat.at("/view/scenarios").asText());
            assertEquals(0.005, flat.at("/haircuts/USDC").asDouble());
            assertEquals(
                    0.995 * flat.path("equity").asDouble(),
                    flat.path("risk_weighted_equity").asDouble(),
                    1e-5,
                    "all of it cash");
            assertEquals(0, flat.path("liquidation_threshold").asDouble());
            assertEquals("{}", flat.path("gamma_vega").toString());
            assertTrue(flat.at("/efficiency/notional_per_rac").isMissingNode());

            String call = Adversary.call(taker);
            taker.trade(call, "buy", AMOUNT, "order-1");
            JsonNode short1 = riskOf(taker, call);
            requireSums(short1);
            requireShortCall(flat, short1, call);
            requireTheChannelSays(listener, call);

            String put = put(taker);
            taker.trade(put, "sell", new BigDecimal("2"), "order-2");
            JsonNode both = riskOf(taker, put);
            requireSums(both);
            assertEquals(2, both.path("es_by_instrument").size(), both::toString);
            assertEquals(2, both.path("es_by_expiry").size(), both::toString);
            assertTrue(vega(both, "ETH") > 0, "the pool bought an option");
            assertTrue(
                    both.at("/cut/book-ETH").asLong() > short1.at("/cut/book-ETH").asLong(),
                    both::toString);
        }
    }

    @Test
    void anOperatorPartsCapitalAndWhatIsPaidInIsPendingUntilItIsInUse() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, "", Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            JsonNode before = inUse(taker);
            requireSums(before);
            double capital = before.at("/allocation/equity").asDouble();
            assertEquals(0.2 * capital, before.at("/allocation/hedging").asDouble(), 1e-6);
            assertEquals(0.1 * capital, before.at("/allocation/reserve").asDouble(), 1e-6);
            assertEquals(1.5, before.at("/over_collateralisation/factor").asDouble());

            assertEquals("rejected", refused(taker, 0.3, 0.2, 1.4));
            assertEquals("rejected", refused(taker, 0.3, 0.2, 1.6));
            assertEquals("invalid_param", refused(taker, 0.5, 0.5, 1.5));
            assertEquals("invalid_param", refused(taker, 0, 0.2, 1.5));
            taker.call("operator/allocate", allocate(0.3, 0.05, 1.5));
            taker.call(
                    "operator/pay_in",
                    RpcClient.params().put("amount", 1_000_000).put("request_id", "more"));

            JsonNode after =
                    await(
                            taker,
                            "in use",
                            risk -> risk.at("/allocation/hedging").asDouble() > 0.3 * capital + 1);
            requireSums(after);
            double more = capital + 1_000_000;
            assertEquals(more, after.at("/allocation/equity").asDouble(), 1e-6);
            assertEquals(0.3 * more, after.at("/allocation/hedging").asDouble(), 1e-6);
            assertEquals(0.05 * more, after.at("/allocation/reserve").asDouble(), 1e-6);
            assertEquals(0, after.at("/allocation/pending").asDouble());
        }
    }

    private static void requireShortCall(JsonNode flat, JsonNode held, String call) {
        String expiry = held.path("es_by_expiry").fieldNames().next();
        assertEquals(
                held.at("/es_by_instrument/" + call),
                held.path("es_by_expiry").path(expiry),
                held::toString);
        assertTrue(gamma(held, "BTC") < 0 && vega(held, "BTC") < 0, held::toString);
        assertTrue(held.path("liquidation_threshold").asDouble() > 0, held::toString);
        assertTrue(held.path("rac").asDouble() < flat.path("rac").asDouble(), held::toString);
        assertTrue(held.path("worst_loss").asDouble() > 0, held::toString);
        JsonNode worst = held.path("worst_scenarios").path(0);
        assertEquals(-held.path("worst_loss").asDouble(), worst.path("pnl").asDouble(), 2 * STEP);
        assertTrue(
                worst.path("name").asText().equals("usdc-depegs")
                        || worst.at("/moves/BTC/spot").asDouble() > 0,
                worst::toString);
        double notional = held.at("/efficiency/notional").asDouble();
        assertTrue(notional > 0, held::toString);
        assertEquals(
                notional / held.path("liquidation_threshold").asDouble(),
                held.at("/efficiency/notional_per_rac").asDouble(),
                1e-3 * notional);
        assertTrue(held.at("/efficiency/premium").asDouble() > 0, held::toString);
        // the taker paid more than the mark: the gain is writing's, the rest stands
        assertEquals(flat.at("/allocation/reserve"), held.at("/allocation/reserve"));
        assertEquals(flat.at("/allocation/hedging"), held.at("/allocation/hedging"));
        assertTrue(
                held.at("/allocation/writing").asDouble()
                        != flat.at("/allocation/writing").asDouble(),
                held::toString);
    }

    /** Everything that must add up does, to the rounding of the wire. */
    private static void requireSums(JsonNode risk) {
        double es = risk.path("es").asDouble();
        double cash = risk.path("es_of_collateral").asDouble();
        for (String parts : List.of("es_by_instrument", "es_by_expiry", "es_by_underlying")) {
            assertEquals(es, sum(risk.path(parts)) + cash, steps(risk.path(parts)), parts);
        }
        for (String parts : List.of("es_by_family", "es_by_venue")) {
            assertEquals(es, sum(risk.path(parts)), steps(risk.path(parts)), parts);
        }
        assertEquals("none", risk.path("es_by_venue").fieldNames().next());
        assertTrue(risk.at("/es_interval/0").asDouble() <= es, risk::toString);
        assertTrue(risk.at("/es_interval/1").asDouble() >= es, risk::toString);
        double capital = risk.path("risk_weighted_equity").asDouble();
        double buffer = risk.path("hedging_buffer").asDouble();
        double threshold = risk.path("worst_damped_loss").asDouble() + buffer;
        assertEquals(threshold, risk.path("liquidation_threshold").asDouble(), 4 * STEP);
        assertEquals(capital - threshold, risk.path("rac").asDouble(), 4 * STEP);
        double required = risk.at("/over_collateralisation/factor").asDouble() * es;
        assertEquals(required, risk.at("/over_collateralisation/required").asDouble(), 4 * STEP);
        assertEquals(capital - required - buffer, risk.path("es_rac").asDouble(), 6 * STEP);
        JsonNode parts = risk.path("allocation");
        BigDecimal whole = BigDecimal.ZERO;
        for (String part : List.of("pending", "reserve", "hedging", "writing")) {
            whole = whole.add(new BigDecimal(parts.path(part).asText()));
        }
        assertEquals(0, whole.compareTo(new BigDecimal(parts.path("equity").asText())), "exactly");
        assertEquals(risk.path("equity").asDouble(), parts.path("equity").asDouble(), 2 * STEP);
        risk.path("gamma_vega")
                .properties()
                .forEach(
                        coin ->
                                coin.getValue()
                                        .properties()
                                        .forEach(
                                                each -> requireBuckets(risk, coin.getKey(), each)));
    }

    private static void requireBuckets(
            JsonNode risk, String coin, java.util.Map.Entry<String, JsonNode> expiry) {
        JsonNode buckets = risk.path("vega_by_delta").path(coin).path(expiry.getKey());
        assertEquals(risk.at("/vega_by_delta/edges").size() + 1, buckets.size());
        assertEquals(expiry.getValue().path("vega").asDouble(), sum(buckets), steps(buckets), coin);
    }

    /** One update a view, each of which adds up, until the call is in it. */
    private static void requireTheChannelSays(BareSocket listener, String call) throws Exception {
        ObjectNode request = RpcClient.params().put("id", 1).put("method", "public/subscribe");
        request.putObject("params").putArray("channels").add("pool.risk").add("pool.unheard");
        JsonNode answer = listener.call(request.toString());
        assertEquals("[\"pool.risk\"]", answer.path("result").toString());
        long sequence = 0;
        long view = 0;
        for (int heard = 0; heard < 3; heard++) {
            JsonNode params = listener.hear().message().orElseThrow().path("params");
            JsonNode data = params.path("data");
            assertEquals("pool.risk", params.path("channel").asText());
            requireSums(data);
            assertTrue(data.path("es_by_instrument").has(call), data::toString);
            assertTrue(params.path("sequence").asLong() > sequence, params::toString);
            assertTrue(data.at("/view/number").asLong() > view, params::toString);
            sequence = params.path("sequence").asLong();
            view = data.at("/view/number").asLong();
        }
    }

    private interface Wanted {
        boolean is(JsonNode risk);
    }

    private static JsonNode risk(Taker taker) throws Exception {
        return taker.call("public/get_pool_risk", RpcClient.params());
    }

    /** Once the capital that the demo pays in at its start is in the view. */
    private static JsonNode inUse(Taker taker) throws Exception {
        return await(
                taker,
                "capital",
                risk ->
                        risk.path("equity").asDouble() > 0
                                && risk.at("/allocation/pending").asDouble() == 0);
    }

    private static JsonNode riskOf(Taker taker, String instrument) throws Exception {
        return await(taker, instrument, risk -> risk.path("es_by_instrument").has(instrument));
    }

    private static JsonNode await(Taker taker, String what, Wanted wanted) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        JsonNode risk = risk(taker);
        while (!wanted.is(risk)) {
            assertTrue(System.nanoTime() < until, what + " never came: " + risk);
            risk = risk(taker);
        }
        return risk;
    }

    private static ObjectNode allocate(double hedging, double reserve, double factor) {
        return RpcClient.params()
                .put("hedging_share", hedging)
                .put("reserve_share", reserve)
                .put("over_collateralisation", factor)
                .put("reason", "winter");
    }

    private static String refused(Taker taker, double hedging, double reserve, double factor) {
        return assertThrows(
                        RpcError.class,
                        () -> taker.call("operator/allocate", allocate(hedging, reserve, factor)))
                .reason();
    }

    private static String put(Taker taker) throws Exception {
        List<String> puts =
                taker.options("ETH").stream().filter(name -> name.endsWith("-P")).toList();
        return puts.get(puts.size() / 2);
    }

    private static double gamma(JsonNode risk, String coin) {
        return sumOf(risk, coin, "gamma_usdc");
    }

    private static double vega(JsonNode risk, String coin) {
        return sumOf(risk, coin, "vega");
    }

    private static double sumOf(JsonNode risk, String coin, String figure) {
        double sum = 0;
        for (JsonNode each : risk.path("gamma_vega").path(coin)) {
            sum += each.path(figure).asDouble();
        }
        return sum;
    }

    private static double sum(JsonNode parts) {
        double sum = 0;
        for (JsonNode part : parts) {
            sum += part.asDouble();
        }
        return sum;
    }

    private static double steps(JsonNode parts) {
        return (parts.size() + 3) * STEP;
    }
}
