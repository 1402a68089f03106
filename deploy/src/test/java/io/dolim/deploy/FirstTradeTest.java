package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.client.RpcClient;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.pricing.Greeks;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end: a real engine in its own process, a real journal, a real client. */
class FirstTradeTest {

    private static final BigDecimal AMOUNT = new BigDecimal("0.1");

    /** So many trades stay within the protection of a minute. */
    private static final int MOST_PARTS = 5;

    /** Long enough for a trade and the quotes around it, and within a view's life. */
    private static final String LASTING_VIEWS = "dolim.capacity.view-interval = 6 s\n";

    /** 128 and the signal: how a JVM ends that was asked to. */
    private static final int SIGTERM = 143;

    private static final String[] FLAGS = {
        "--takers", "0", "--seed", "7", "--key", Taker.KEY + ":" + Taker.SECRET
    };

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aQuoteIsFilledRememberedAndTheSameAfterAKill() throws Exception {
        SortedMap<String, BigDecimal> positions;
        BigDecimal cash;
        JsonNode trade;
        JsonNode quote;
        try (EngineProcess engine = EngineProcess.ready(dir, http, FLAGS);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            BigDecimal before = taker.cash();
            String instrument = aLongDatedCall(taker.options("BTC"));
            quote = taker.quote(instrument, "buy", AMOUNT);
            assertLinesAddUp(quote);
            JsonNode ticker =
                    taker.call(
                            "public/ticker", RpcClient.params().put("instrument_name", instrument));
            assertTellsItsFee(quote, ticker, taker);
            assertTellsRho(ticker);
            trade = taker.accept(quote, "first");
            assertEquals(
                    quote.path("price").decimalValue(),
                    trade.path("price").decimalValue(),
                    "filled at the quoted price");
            positions = taker.positions();
            cash = taker.cash();
            assertEquals(AMOUNT, positions.get(instrument));
            assertEquals(0, before.subtract(trade.path("price").decimalValue()).compareTo(cash));
            assertEquals(trade, taker.accept(quote, "first"), "sent again, the same answer");
            assertEquals(positions, taker.positions(), "and nothing done twice");
            engine.kill();
        }
        try (EngineProcess engine = EngineProcess.ready(dir, http, FLAGS);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            assertEquals(positions, taker.positions());
            assertEquals(0, cash.compareTo(taker.cash()));
            assertEquals(trade, taker.accept(quote, "first"), "known after the kill");
            assertEquals(SIGTERM, engine.stop(), engine.output());
        }
    }

    @Test
    @Tag("slow")
    void aBoughtOptionMakesTheNextDearerAndItsSaleCheaper() throws Exception {
        String[] flags = CalmMarket.flagsWith(dir, LASTING_VIEWS, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String instrument = aLongDatedCall(taker.options("BTC"));
            for (int part = 1; part <= MOST_PARTS; part++) {
                JsonNode before = indicative(taker, instrument, "buy");
                taker.trade(instrument, "buy", new BigDecimal("4"), "part-" + part);
                JsonNode buying = withTheTrade(before, taker, instrument);
                JsonNode selling = indicative(taker, instrument, "sell");
                if (view(before).equals(view(buying)) && view(buying).equals(view(selling))) {
                    BigDecimal dearer = charge(buying);
                    assertTrue(dearer.compareTo(charge(before)) > 0, buying + " after " + before);
                    assertTrue(charge(selling).compareTo(dearer) < 0, selling + " for " + buying);
                    return;
                }
            }
            fail("no market view lasted for a trade and the quotes around it");
        }
    }

    /**
     * The first quote that knows the trade, since the answer to a trade does not wait for it; or one of the
     * next view. Only within a view does one trade alone change the charge.
     */
    private static JsonNode withTheTrade(JsonNode before, Taker taker, String instrument)
            throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        JsonNode now = indicative(taker, instrument, "buy");
        while (charge(now).compareTo(charge(before)) == 0
                && view(now).equals(view(before))
                && System.nanoTime() - until < 0) {
            now = indicative(taker, instrument, "buy");
        }
        return now;
    }

    private static JsonNode indicative(Taker taker, String instrument, String direction)
            throws Exception {
        return taker.call("public/get_quote", Taker.flat(instrument, direction, AMOUNT));
    }

    private static BigDecimal charge(JsonNode quote) {
        return quote.path("lines").path("capital_charge").decimalValue();
    }

    /** The number of Capacity's view, without its revision. */
    private static String view(JsonNode quote) {
        String capacity = quote.path("view").path("capacity").asText();
        return capacity.substring(0, capacity.indexOf('.'));
    }

    private static void assertLinesAddUp(JsonNode quote) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : quote.path("lines")) {
            sum = sum.add(line.decimalValue());
        }
        assertEquals(0, sum.compareTo(quote.path("price").decimalValue()), quote.toString());
    }

    /** The commission that an instrument names is what a quote of it is charged. */
    private static void assertTellsItsFee(JsonNode quote, JsonNode ticker, Taker taker)
            throws Exception {
        JsonNode told =
                taker.call(
                        "public/get_instrument",
                        RpcClient.params()
                                .put("instrument_name", ticker.path("instrument_name").asText()));
        double notional = ticker.path("index_price").asDouble() * AMOUNT.doubleValue();
        double charged = quote.path("lines").path("fee").asDouble() / notional;
        assertEquals(charged, told.path("taker_commission").asDouble(), 0.02 * charged);
        assertEquals(told.path("taker_commission"), told.path("maker_commission"));
    }

    /** K T D N(d2), for one point of rate. */
    private static void assertTellsRho(JsonNode ticker) {
        OptionContract call = OptionContract.parse(ticker.path("instrument_name").asText());
        double years = call.expiry().yearsFrom(ticker.path("timestamp").asLong());
        double forward = ticker.path("underlying_price").asDouble();
        Greeks greeks =
                Black76.greeks(
                        call.type(),
                        forward,
                        call.strike().doubleValue(),
                        years,
                        ticker.path("mark_iv").asDouble() / 100,
                        1.0);
        double rho = years * (forward * greeks.delta() - greeks.price()) / 100;
        assertEquals(rho, ticker.path("greeks").path("rho").asDouble(), 0.02 * rho);
    }

    private static String aLongDatedCall(List<String> names) {
        List<String> calls = names.stream().filter(name -> name.endsWith("-C")).toList();
        return calls.get(calls.size() * 3 / 4);
    }
}
