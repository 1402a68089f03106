package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        try (EngineProcess engine = EngineProcess.ready(dir, http, FLAGS);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String instrument = aLongDatedCall(taker.options("BTC"));
            BigDecimal flat = charge(taker, instrument, "buy");
            taker.trade(instrument, "buy", new BigDecimal("20"), "twenty");
            BigDecimal buying = chargeOtherThan(flat, taker, instrument);
            BigDecimal selling = charge(taker, instrument, "sell");
            assertTrue(buying.compareTo(flat) > 0, buying + " after, " + flat + " before");
            assertTrue(selling.compareTo(buying) < 0, selling + " to sell, " + buying + " to buy");
        }
    }

    /** The charge of the first view that knows the trade: the answer to a trade does not wait for it. */
    private static BigDecimal chargeOtherThan(BigDecimal before, Taker taker, String instrument)
            throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        BigDecimal now = charge(taker, instrument, "buy");
        while (now.compareTo(before) == 0 && System.nanoTime() - until < 0) {
            now = charge(taker, instrument, "buy");
        }
        return now;
    }

    private static BigDecimal charge(Taker taker, String instrument, String direction)
            throws Exception {
        return taker.call("public/get_quote", Taker.flat(instrument, direction, AMOUNT))
                .path("lines")
                .path("capital_charge")
                .decimalValue();
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
