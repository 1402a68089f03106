package io.dolim.api.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.quoting.instrument.OptionContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Deribit's JSON-RPC over WebSocket, as far as this feed speaks it: requests out, messages in. Each
 * kind of request has an id of its own, by which its answer is known.
 *
 * <p>Shapes after docs.deribit.com, API v2. {@code mark_iv} is in percent, {@code iv} of {@code
 * markprice.options} a decimal.
 */
final class DeribitWire {

    private static final int HEARTBEAT_ID = 1;
    private static final int SUBSCRIBE_ID = 2;
    private static final int INSTRUMENTS_ID = 3;
    private static final int SUMMARY_ID = 4;
    private static final int STATUS_ID = 5;
    private static final int TEST_ID = 6;

    private final ObjectMapper json;

    /** @param maxFrame characters of the longest frame that is read */
    DeribitWire(int maxFrame) {
        StreamReadConstraints limits =
                StreamReadConstraints.builder()
                        .maxNestingDepth(32)
                        .maxNumberLength(40)
                        .maxStringLength(4096)
                        .maxDocumentLength(maxFrame)
                        .build();
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(limits)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build();
        this.json =
                new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** A frame that is not what the protocol says. */
    static final class MalformedFrame extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedFrame(String message) {
            super(message);
        }
    }

    String setHeartbeat(int seconds) {
        return request(HEARTBEAT_ID, "public/set_heartbeat", params().put("interval", seconds));
    }

    String subscribe(Collection<String> channels) {
        ObjectNode params = params();
        channels.forEach(params.putArray("channels")::add);
        return request(SUBSCRIBE_ID, "public/subscribe", params);
    }

    String getInstruments() {
        ObjectNode params =
                params().put("currency", "USDC").put("kind", "option").put("expired", false);
        return request(INSTRUMENTS_ID, "public/get_instruments", params);
    }

    String getBookSummary() {
        ObjectNode params = params().put("currency", "USDC").put("kind", "option");
        return request(SUMMARY_ID, "public/get_book_summary_by_currency", params);
    }

    String getStatus() {
        return request(STATUS_ID, "public/status", params());
    }

    String test() {
        return request(TEST_ID, "public/test", params());
    }

    DeribitMessage read(String frame) throws MalformedFrame {
        JsonNode root;
        try {
            root = json.readTree(frame);
        } catch (JsonProcessingException notJson) {
            throw new MalformedFrame("not JSON: " + notJson.getClass().getSimpleName());
        }
        if (!root.isObject()) {
            throw new MalformedFrame("not an object");
        }
        if (root.has("error")) {
            JsonNode error = root.path("error");
            String text = error.path("code").asInt() + " " + error.path("message").asText("");
            return new DeribitMessage.Failed(
                    root.path("id").asLong(), text.substring(0, Math.min(text.length(), 200)));
        }
        return root.has("id")
                ? answer(root.path("id").asInt(), root.path("result"))
                : notification(root.path("method").asText(""), root.path("params"));
    }

    private String request(int id, String method, ObjectNode params) {
        ObjectNode request = json.createObjectNode();
        request.put("jsonrpc", "2.0").put("id", id).put("method", method).set("params", params);
        return request.toString();
    }

    private ObjectNode params() {
        return json.createObjectNode();
    }

    private static DeribitMessage answer(int id, JsonNode result) throws MalformedFrame {
        return switch (id) {
            case SUBSCRIBE_ID -> new DeribitMessage.Subscribed(texts(array(result)));
            case INSTRUMENTS_ID -> instruments(array(result));
            case SUMMARY_ID -> summaries(array(result));
            case STATUS_ID ->
                    new DeribitMessage.Status(
                            result.path("locked").asText("").equals("true"),
                            texts(result.path("locked_indices")));
            default -> new DeribitMessage.Other();
        };
    }

    private static DeribitMessage notification(String method, JsonNode params)
            throws MalformedFrame {
        if (method.equals("heartbeat")) {
            return params.path("type").asText("").equals("test_request")
                    ? new DeribitMessage.TestRequest()
                    : new DeribitMessage.Other();
        }
        if (!method.equals("subscription")) {
            return new DeribitMessage.Other();
        }
        String channel = params.path("channel").asText("");
        JsonNode data = params.path("data");
        if (channel.startsWith("deribit_price_index.")) {
            return new DeribitMessage.IndexPrice(
                    data.path("index_name").asText(""), number(data, "price"), time(data));
        }
        if (channel.startsWith("ticker.") && channel.contains("-PERPETUAL.")) {
            return new DeribitMessage.PerpetualMark(
                    data.path("instrument_name").asText(""),
                    number(data, "mark_price"),
                    time(data));
        }
        if (channel.startsWith("markprice.options.")) {
            return markVols(array(data));
        }
        if (channel.startsWith("instrument.state.")) {
            return new DeribitMessage.InstrumentChanged();
        }
        return channel.equals("platform_state") ? platform(data) : new DeribitMessage.Other();
    }

    private static DeribitMessage platform(JsonNode data) {
        if (data.has("maintenance")) {
            return new DeribitMessage.Maintenance(data.path("maintenance").asBoolean(true));
        }
        return data.has("price_index")
                ? new DeribitMessage.IndexLocked(
                        data.path("price_index").asText(""), data.path("locked").asBoolean(true))
                : new DeribitMessage.Other();
    }

    private static DeribitMessage markVols(JsonNode rows) throws MalformedFrame {
        List<DeribitMessage.MarkVol> vols = new ArrayList<>();
        for (JsonNode row : rows) {
            Optional<OptionContract> contract = contract(row);
            if (contract.isPresent()) {
                vols.add(new DeribitMessage.MarkVol(contract.get(), number(row, "iv"), time(row)));
            }
        }
        return new DeribitMessage.MarkVols(vols);
    }

    private static DeribitMessage summaries(JsonNode rows) throws MalformedFrame {
        List<DeribitMessage.Summary> summaries = new ArrayList<>();
        for (JsonNode row : rows) {
            Optional<OptionContract> contract = contract(row);
            if (contract.isPresent()) {
                summaries.add(
                        new DeribitMessage.Summary(
                                contract.get(),
                                side(row, "bid_price"),
                                side(row, "ask_price"),
                                number(row, "underlying_price"),
                                number(row, "mark_iv") / 100,
                                row.path("creation_timestamp").asLong()));
            }
        }
        return new DeribitMessage.Summaries(summaries);
    }

    private static DeribitMessage instruments(JsonNode rows) {
        TreeSet<OptionContract> contracts = new TreeSet<>();
        for (JsonNode row : rows) {
            if (row.path("is_active").asBoolean(false)) {
                contract(row).ifPresent(contracts::add);
            }
        }
        return new DeribitMessage.Instruments(contracts);
    }

    /** Linear options only: what is named otherwise is not ours to quote. */
    private static Optional<OptionContract> contract(JsonNode row) {
        try {
            return Optional.of(OptionContract.parse(row.path("instrument_name").asText("")));
        } catch (IllegalArgumentException anotherInstrument) {
            return Optional.empty();
        }
    }

    private static JsonNode array(JsonNode node) throws MalformedFrame {
        if (!node.isArray()) {
            throw new MalformedFrame("an array was expected");
        }
        return node;
    }

    private static SortedSet<String> texts(JsonNode array) {
        TreeSet<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText("")));
        return texts;
    }

    /** NaN when it is no number: the guard refuses that by name. */
    private static double number(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    /** Deribit says null or 0 where nobody bids or offers. */
    private static OptionalDouble side(JsonNode node, String field) {
        double price = number(node, field);
        return price > 0 ? OptionalDouble.of(price) : OptionalDouble.empty();
    }

    private static long time(JsonNode node) throws MalformedFrame {
        JsonNode value = node.path("timestamp");
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new MalformedFrame("timestamp is missing");
        }
        return value.longValue();
    }
}
