package io.dolim.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds what a server says against the documents that it serves: an unknown or a missing member is an {@link
 * AssertionError} that names it.
 */
final class SchemaCheck {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final SortedMap<String, Schema> results = new TreeMap<>();
    private final SortedMap<String, Schema> responses = new TreeMap<>();
    private final SortedMap<String, Schema> updates = new TreeMap<>();
    private final SortedMap<String, Boolean> socketOnly = new TreeMap<>();
    private final Schema failure;

    /** Over the three documents, as they were served. */
    SchemaCheck(JsonNode openApi, JsonNode asyncApi, JsonNode openRpc) {
        for (JsonNode method : openRpc.path("methods")) {
            String name = method.path("name").asText();
            results.put(name, schema(openRpc, method.path("result").path("schema")));
            socketOnly.put(name, method.path("x-websocket-only").asBoolean());
        }
        for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
            String name = path.getKey().substring("/api/v2/".length());
            JsonNode answer =
                    path.getValue().at("/post/responses/200/content/application~1json/schema");
            if (!answer.isMissingNode()) {
                responses.put(name, schema(openApi, answer));
            }
        }
        for (JsonNode channel : asyncApi.path("channels")) {
            if (channel.path("address").isTextual()) {
                JsonNode update = channel.at("/messages/update/payload");
                updates.put(channel.path("address").asText(), schema(asyncApi, update));
            }
        }
        failure = schema(openApi, openApi.at("/components/schemas/Failure"));
    }

    /** Fetches the documents from a server. */
    static SchemaCheck served(HttpClient http, URI docs) throws IOException, InterruptedException {
        return new SchemaCheck(
                fetch(http, docs + "/openapi.json"),
                fetch(http, docs + "/asyncapi.json"),
                fetch(http, docs + "/openrpc.json"));
    }

    private static JsonNode fetch(HttpClient http, String address)
            throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create(address)).build();
        return JSON.readTree(http.send(get, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** The methods that are described, and whether each is answered over a WebSocket alone. */
    Map<String, Boolean> methods() {
        return socketOnly;
    }

    /** The channels that are described, with their parameters in braces. */
    List<String> channels() {
        return List.copyOf(updates.keySet());
    }

    /** A whole answer over HTTP or WebSocket, a refusal included. */
    void check(String method, JsonNode response) {
        if (response.has("error")) {
            require(method, failure, response);
        } else if (responses.containsKey(method)) {
            require(method, known(responses, method), response);
        } else {
            checkResult(method, response.path("result"));
        }
    }

    /** What a call answered, without its envelope. */
    void checkResult(String method, JsonNode result) {
        require(method, known(results, method), result);
    }

    /** The {@code params} of a notification. */
    void checkNotification(String channel, JsonNode params) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("jsonrpc", "2.0").put("method", "subscription").set("params", params);
        require(channel, known(updates, address(channel)), whole);
    }

    private String address(String channel) {
        return updates.keySet().stream()
                .filter(each -> channel.matches(pattern(each)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("channel without a description: " + channel));
    }

    private static String pattern(String address) {
        return address.replace(".", "\\.").replaceAll("\\{[a-z_]+\\}", "[^.]+");
    }

    private static Schema known(Map<String, Schema> schemas, String name) {
        Schema schema = schemas.get(name);
        if (schema == null) {
            throw new AssertionError("without a description: " + name);
        }
        return schema;
    }

    private static void require(String what, Schema schema, JsonNode said) {
        List<String> faults = new ArrayList<>();
        for (Error fault : schema.validate(said)) {
            faults.add(fault.getInstanceLocation() + ": " + fault.getMessage());
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(what + " does not say what it describes: " + faults);
        }
    }

    /** A schema within the document whose shapes it points at. */
    private static Schema schema(JsonNode document, JsonNode of) {
        ObjectNode whole = of.deepCopy();
        whole.putObject("components").set("schemas", document.at("/components/schemas"));
        return REGISTRY.getSchema(whole);
    }
}
