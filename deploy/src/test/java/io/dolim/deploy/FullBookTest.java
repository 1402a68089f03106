package io.dolim.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.client.RpcClient;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L1 on a whole engine: while orders wait for a Book nothing is quoted on it, and the orders are filled. */
@Tag("slow")
class FullBookTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal AMOUNT = new BigDecimal("0.01");

    /** More than half of what may wait, and less than all. */
    private static final int ORDERS = 6;

    private static final String SETTINGS =
            """
            dolim.book.book { max-pendings = 8, quote-life = 30 s }
            dolim.pool.keep-views = 60 s
            """;
    private static final int QUOTE_ID = 1000;

    @TempDir private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void whileOrdersWaitQuotesOnTheirBookGiveWayAndTheOrdersAreFilled() throws Exception {
        CalmMarket.beginsTomorrowAt(dir, LocalTime.NOON);
        String[] flags = CalmMarket.flagsWith(dir, SETTINGS, Taker.KEY + ":" + Taker.SECRET);
        try (EngineProcess engine = EngineProcess.ready(dir, http, flags);
                Taker taker = Taker.connect(http, engine.webSocket());
                BareSocket socket = BareSocket.connect(engine.webSocket())) {
            assertTrue(socket.call(authenticate()).has("result"));
            String instrument = Adversary.call(taker);
            List<String> messages = new ArrayList<>();
            for (int order = 0; order < ORDERS; order++) {
                JsonNode quote = taker.quote(instrument, "buy", AMOUNT);
                messages.add(
                        request(
                                order,
                                "private/accept_quote",
                                Taker.acceptance(quote, "burst-" + order)));
            }
            // the quotes stand among the orders: half of what may wait does when they are looked at
            messages.add(
                    ORDERS - 1,
                    request(
                            QUOTE_ID,
                            "private/request_quote",
                            Taker.flat(instrument, "buy", AMOUNT)));
            messages.add(
                    ORDERS,
                    request(
                            QUOTE_ID + 1,
                            "public/get_quote",
                            Taker.flat(instrument, "buy", AMOUNT)));
            socket.say(messages);
            SortedMap<Integer, JsonNode> answers = answers(socket, messages.size());
            for (int order = 0; order < ORDERS; order++) {
                assertEquals(
                        instrument,
                        of(answers, order).at("/result/trade/legs/0/instrument_name").textValue(),
                        of(answers, order)::toString);
            }
            for (int quote : List.of(QUOTE_ID, QUOTE_ID + 1)) {
                JsonNode error = of(answers, quote).path("error");
                assertEquals(10047, error.path("code").intValue(), of(answers, quote)::toString);
                assertEquals("overloaded", error.at("/data/reason").textValue());
                assertTrue(error.at("/data/orders_waiting").intValue() >= 4, error::toString);
            }
            assertTrue(taker.quote(instrument, "buy", AMOUNT).has("token"), "quoted again");
        }
    }

    private static SortedMap<Integer, JsonNode> answers(BareSocket socket, int count)
            throws Exception {
        SortedMap<Integer, JsonNode> answers = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            JsonNode answer = socket.hear().message().orElseThrow();
            answers.put(answer.path("id").intValue(), answer);
        }
        return answers;
    }

    private static JsonNode of(SortedMap<Integer, JsonNode> answers, int id) {
        return Optional.ofNullable(answers.get(id))
                .orElseThrow(() -> new AssertionError("no answer to " + id));
    }

    private static String authenticate() {
        return request(
                QUOTE_ID,
                "public/auth",
                RpcClient.params()
                        .put("grant_type", "client_credentials")
                        .put("client_id", Taker.KEY)
                        .put("client_secret", Taker.SECRET));
    }

    private static String request(int id, String method, ObjectNode params) {
        ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
        request.set("params", params);
        return request.toString();
    }
}
