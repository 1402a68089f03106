package io.dolim.api.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dolim.api.rpc.ErrorCode;

/** All methods as an OpenRPC document. */
final class OpenRpc {

    private OpenRpc() {}

    static ObjectNode of(Contract contract, String version) {
        ObjectNode document = (ObjectNode) ContractFile.json(Schemas.FRAME).path("openrpc");
        ((ObjectNode) document.path("info")).put("version", version);
        ArrayNode methods = (ArrayNode) document.path("methods");
        for (Contract.Section section : contract.sections()) {
            section.methods().forEach(method -> method(methods.addObject(), section, method));
        }
        ObjectNode components = (ObjectNode) document.path("components");
        components.set("schemas", contract.schemas());
        ObjectNode errors = (ObjectNode) components.path("errors");
        for (ErrorCode code : ErrorCode.values()) {
            errors.putObject(code.name()).put("code", code.code()).put("message", code.message());
        }
        return document;
    }

    private static void method(ObjectNode into, Contract.Section section, Described method) {
        into.put("name", method.name());
        into.put("summary", method.summary());
        into.putArray("tags").addObject().put("name", section.title());
        into.put("paramStructure", "by-name");
        ArrayNode params = into.putArray("params");
        for (var each : method.params().properties()) {
            ObjectNode param = params.addObject().put("name", each.getKey());
            param.put("required", method.required().contains(each.getKey()));
            param.set("schema", each.getValue().deepCopy());
        }
        into.putObject("result").put("name", "result").set("schema", method.result().deepCopy());
        into.put("x-access", method.isOpen() ? "anyone" : method.scope().orElse("known"));
        into.put("x-cost", method.cost());
        into.put("x-strict", method.row().strict());
        into.put("x-websocket-only", method.needsWebSocket());
    }
}
