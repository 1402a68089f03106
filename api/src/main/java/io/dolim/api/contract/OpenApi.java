package io.dolim.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The methods over HTTP as an OpenAPI 3.1 document. */
final class OpenApi {

    private static final String PATH = "/api/v2/";

    private OpenApi() {}

    static ObjectNode of(Contract contract, String version) {
        ObjectNode document = (ObjectNode) ContractFile.json(Schemas.FRAME).path("openapi");
        ((ObjectNode) document.path("info")).put("version", version);
        ArrayNode tags = document.putArray("tags");
        ObjectNode paths = (ObjectNode) document.path("paths");
        for (Contract.Section section : contract.sections()) {
            tags.addObject().put("name", section.title()).put("description", section.summary());
            for (Described method : section.methods()) {
                ObjectNode path = paths.putObject(PATH + method.name());
                query(operation(path.putObject("get"), "get", section, method), method);
                body(operation(path.putObject("post"), "post", section, method), method);
            }
        }
        ((ObjectNode) document.path("components")).set("schemas", contract.schemas());
        return document;
    }

    private static ObjectNode operation(
            ObjectNode operation, String verb, Contract.Section section, Described method) {
        operation.put("operationId", verb + "_" + method.id());
        operation.putArray("tags").add(section.title());
        operation.put("summary", method.summary());
        if (method.needsWebSocket()) {
            operation.put("description", "Over a WebSocket alone: here it is refused with 10030.");
        }
        operation.put("x-cost", method.cost());
        if (!method.isOpen()) {
            ArrayNode ways = operation.putArray("security");
            for (String scheme : new String[] {"bearer", "basic", "signature"}) {
                ArrayNode scopes = ways.addObject().putArray(scheme);
                method.scope().ifPresent(scopes::add);
            }
        }
        return operation;
    }

    private static void query(ObjectNode operation, Described method) {
        ArrayNode parameters = operation.putArray("parameters");
        for (var each : method.params().properties()) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", each.getKey()).put("in", "query");
            parameter.put("description", each.getValue().path("description").asText());
            parameter.put("required", method.required().contains(each.getKey()));
            boolean isDocument = each.getValue().path("type").asText().matches("array|object");
            ObjectNode holder =
                    isDocument
                            ? parameter.putObject("content").putObject("application/json")
                            : parameter;
            holder.set("schema", each.getValue().deepCopy());
        }
        responses(operation, method);
    }

    private static void body(ObjectNode operation, Described method) {
        ObjectNode body = operation.putObject("requestBody");
        body.put("required", !method.required().isEmpty());
        json(body).set("schema", Schemas.request(method));
        responses(operation, method);
    }

    private static void responses(ObjectNode operation, Described method) {
        ObjectNode responses = operation.putObject("responses");
        if (!method.needsWebSocket()) {
            ObjectNode answer = responses.putObject("200").put("description", "the result");
            JsonNode result = Schemas.response(method.result());
            json(answer).set("schema", result);
        }
        responses.set("400", Schemas.pointing("#/components/responses/Refused"));
        responses.set("429", Schemas.pointing("#/components/responses/Limited"));
    }

    private static ObjectNode json(ObjectNode holder) {
        return holder.putObject("content").putObject("application/json");
    }
}
