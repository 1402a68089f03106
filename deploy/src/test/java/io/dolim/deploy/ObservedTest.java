package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dolim.api.client.RpcError;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a whole engine: its figures, and the ids of quotes and trades in its log. */
@Tag("slow")
class ObservedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal AMOUNT = new BigDecimal("0.1");

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theMetricsCountAndTheLogNamesEveryQuoteAndTrade() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flags(dir, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket())) {
            String instrument = Adversary.call(taker);
            JsonNode quote = taker.quote(instrument, "buy", AMOUNT);
            JsonNode trade = taker.accept(quote, "observed-1");
            // answered again, not traded again
            assertEquals(trade, taker.accept(quote, "observed-1"));
            assertThrows(RpcError.class, () -> taker.accept(quote, "observed-2"));

            String metrics = metrics(engine);
            assertEquals(1, value(metrics, "dolim_trades_total{underlying=\"BTC\"}"));
            assertEquals(1, value(metrics, "dolim_quotes_total{kind=\"firm\",underlying=\"BTC\"}"));
            assertEquals(
                    1,
                    value(
                            metrics,
                            "dolim_refusals_total{reason=\"quote_used\",underlying=\"BTC\",what=\"order\"}"));
            assertEquals(
                    1,
                    value(
                            metrics,
                            "dolim_api_refusals_total{method=\"private/accept_quote\",reason=\"quote_used\"}"));
            assertEquals(0, value(metrics, "dolim_orders_waiting{underlying=\"BTC\"}"));
            assertEquals(1, value(metrics, "dolim_pool_mode{mode=\"open\"}"));
            assertEquals(0, value(metrics, "dolim_market_stopped{underlying=\"ETH\"}"));
            assertTrue(value(metrics, "dolim_pool_equity_usdc") > 9_900_000);
            assertTrue(value(metrics, "dolim_pool_rac_usdc") > 0);
            for (String age :
                    List.of(
                            "dolim_feed_age_seconds{underlying=\"SOL\"}",
                            "dolim_view_age_seconds{underlying=\"SOL\"}",
                            "dolim_surface_age_seconds{underlying=\"SOL\"}",
                            "dolim_capacity_view_age_seconds")) {
                double seconds = value(metrics, age);
                assertTrue(seconds >= 0 && seconds < 60, age + " is " + seconds);
            }
            assertTrue(value(metrics, "dolim_journal_commit_seconds_count") >= 1);
            assertTrue(value(metrics, "dolim_journal_commit_seconds_sum") > 0);
            assertTrue(value(metrics, "dolim_tape_written_total{underlying=\"BTC\"}") >= 1);
            assertEquals(0, value(metrics, "dolim_tape_dropped_total{underlying=\"BTC\"}"));
            assertTrue(value(metrics, "dolim_api_sessions") >= 1);

            String quoteId = quote.path("quote_id").textValue();
            assertEquals(1, logged("quote", quoteId, "firm quote").size());
            List<JsonNode> executed =
                    logged("trade", trade.path("trade_id").asText(), "trade executed");
            assertEquals(1, executed.size());
            assertEquals(quoteId, executed.getFirst().path("quote").asText());
        }
    }

    private String metrics(EngineProcess engine) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(engine.http("/metrics")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static double value(String metrics, String series) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(metrics);
        assertTrue(line.find(), () -> series + " is not in\n" + metrics);
        return Double.parseDouble(line.group(1));
    }

    /** Lines of the log with a member of this value and this message. */
    private List<JsonNode> logged(String member, String value, String message) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(dir.resolve("log").resolve("dolim.jsonl"))) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path(member).asText().equals(value)
                    && entry.path("message").asText().equals(message)) {
                found.add(entry);
            }
        }
        return found;
    }
}
