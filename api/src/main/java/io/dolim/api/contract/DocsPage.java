package io.dolim.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** The contract as a page for people: without scripts, and nothing of it comes from elsewhere. */
final class DocsPage {

    private static final String POINTER = "#/components/schemas/";

    private final Html html = new Html();

    private DocsPage() {}

    static String of(Contract contract, String version) {
        DocsPage page = new DocsPage();
        page.head(version);
        page.contents(contract);
        contract.sections().forEach(page::section);
        page.shapes(contract.schemas());
        page.errors();
        page.html.close("main").close("body").close("html");
        return page.html.toString();
    }

    private void head(String version) {
        html.open("!DOCTYPE html").open("html lang=\"en\"").open("head");
        html.open("meta charset=\"utf-8\"");
        html.open("meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"");
        html.open("meta name=\"color-scheme\" content=\"light dark\"");
        html.element("title", "Dolim: methods and channels");
        html.open("link rel=\"stylesheet\" href=\"/docs/style.css\"").close("head");
        html.open("body").open("main").element("h1", "Dolim: methods and channels");
        html.open("p").text("Deribit's protocol, version " + version + ". ");
        html.text("HTTP: GET and POST /api/v2/METHOD. WebSocket: /ws/api/v2. ");
        html.text("The same for programs: ").link("/docs/openapi.json", "OpenAPI").text(", ");
        html.link("/docs/asyncapi.json", "AsyncAPI").text(", ");
        html.link("/docs/openrpc.json", "OpenRPC").text(".").close("p");
    }

    private void contents(Contract contract) {
        html.open("nav");
        for (Contract.Section section : contract.sections()) {
            html.open("p").element("strong", section.title()).text(" ");
            for (Described method : section.methods()) {
                html.link("#" + method.id(), method.name()).text(" ");
            }
            for (DescribedChannel channel : section.channels()) {
                html.link("#" + channel.id(), channel.name()).text(" ");
            }
            html.close("p");
        }
        html.open("p").link("#shapes", "Shapes").text(" ").link("#errors", "Errors").close("p");
        html.close("nav");
    }

    private void section(Contract.Section section) {
        html.element("h2", section.title()).element("p", section.summary());
        section.methods().forEach(this::method);
        section.channels().forEach(this::channel);
    }

    private void method(Described method) {
        html.anchored("h3", method.id(), method.name()).element("p", method.summary());
        html.element("p", terms(method));
        if (!method.params().isEmpty()) {
            html.open("table").heads("parameter", "type", "what");
            for (var each : method.params().properties()) {
                boolean must = method.required().contains(each.getKey());
                member(each.getKey() + (must ? "" : "?"), each.getValue());
            }
            html.close("table");
        }
        shape("result", method.result());
    }

    private static String terms(Described method) {
        String who =
                method.isOpen()
                        ? "For everybody"
                        : method.scope().map(scope -> "Scope " + scope).orElse("Any known caller");
        return who
                + "; charged as "
                + method.cost()
                + (method.row().strict() ? "; unknown parameters are refused" : "")
                + (method.needsWebSocket() ? "; over a WebSocket alone" : "")
                + ".";
    }

    private void channel(DescribedChannel channel) {
        html.anchored("h3", channel.id(), channel.name()).element("p", channel.summary());
        if (!channel.parameters().isEmpty()) {
            html.open("table").heads("parameter", "words", "what");
            for (var each : channel.parameters().properties()) {
                html.row(
                        each.getKey(),
                        words(each.getValue().path("enum")),
                        each.getValue().path("description").asText());
            }
            html.close("table");
        }
        shape("data", channel.data());
    }

    private void shapes(ObjectNode schemas) {
        html.anchored("h2", "shapes", "Shapes");
        for (var each : schemas.properties()) {
            html.anchored("h3", "shape-" + each.getKey(), each.getKey());
            shape("member", each.getValue());
        }
    }

    private void errors() {
        html.anchored("h2", "errors", "Errors");
        html.element(
                "p",
                "An error is {code, message, data}; data.reason is a word to switch on, the rest the numbers behind it. Over HTTP it is answered with 400, limits (10028) with 429 and Retry-After.");
        html.open("table").heads("code", "message");
        for (ErrorCode code : ErrorCode.values()) {
            html.row(Integer.toString(code.code()), code.message());
        }
        html.close("table");
    }

    private void shape(String head, JsonNode schema) {
        html.open("table").heads(head, "type", "what");
        member("", schema);
        html.close("table");
    }

    /** A member and all that lies in it, each in a row of its own. */
    private void member(String name, JsonNode schema) {
        html.open("tr").element("td", name).open("td");
        type(schema);
        html.close("td").element("td", schema.path("description").asText()).close("tr");
        String within = name.isEmpty() ? "" : name + ".";
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(one -> required.add(one.asText()));
        for (var each : schema.path("properties").properties()) {
            String sign = required.contains(each.getKey()) ? "" : "?";
            member(within + each.getKey() + sign, each.getValue());
        }
        if (schema.path("additionalProperties").isObject()) {
            member(within + "*", schema.path("additionalProperties"));
        }
        if (schema.has("items")) {
            member(name + "[]", schema.path("items"));
        }
    }

    private void type(JsonNode schema) {
        String target = schema.path("$ref").asText();
        if (target.startsWith(POINTER)) {
            String shape = target.substring(POINTER.length());
            html.link("#shape-" + shape, shape);
        } else if (schema.has("const")) {
            html.text(schema.path("const").toString());
        } else if (schema.has("enum")) {
            html.text(words(schema.path("enum")));
        } else if (schema.path("type").isArray()) {
            html.text(words(schema.path("type")));
        } else {
            html.text(schema.path("type").asText());
        }
    }

    private static String words(JsonNode all) {
        List<String> words = new ArrayList<>();
        all.forEach(word -> words.add(word.asText()));
        return String.join(" | ", words);
    }
}
