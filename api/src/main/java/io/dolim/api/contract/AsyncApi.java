package io.dolim.api.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The WebSocket as an AsyncAPI 3 document: its channels, and the methods that are answered there alone. */
final class AsyncApi {

    private static final String SOCKET = "#/channels/socket";

    private AsyncApi() {}

    static ObjectNode of(Contract contract, String version) {
        ObjectNode document = (ObjectNode) ContractFile.json(Schemas.FRAME).path("asyncapi");
        ((ObjectNode) document.path("info")).put("version", version);
        ObjectNode channels = (ObjectNode) document.path("channels");
        ObjectNode operations = (ObjectNode) document.path("operations");
        for (DescribedChannel channel : contract.channels()) {
            channel(channels.putObject(channel.id()), channel);
            ObjectNode hearing = operations.putObject("hear_" + channel.id());
            hearing.put("action", "send").put("summary", channel.summary());
            hearing.set("channel", Schemas.pointing("#/channels/" + channel.id()));
            hearing.putArray("messages")
                    .add(Schemas.pointing("#/channels/" + channel.id() + "/messages/update"));
        }
        ObjectNode messages = (ObjectNode) channels.path("socket").path("messages");
        for (Described method : contract.methods()) {
            if (method.needsWebSocket()) {
                call(operations.putObject(method.id()), messages, method);
            }
        }
        ((ObjectNode) document.path("components")).set("schemas", contract.schemas());
        return document;
    }

    private static void channel(ObjectNode into, DescribedChannel channel) {
        into.put("address", channel.name());
        into.put("summary", channel.summary());
        into.put("description", "Subscribed to by this name with public/subscribe.");
        if (!channel.parameters().isEmpty()) {
            into.set("parameters", channel.parameters().deepCopy());
        }
        into.putObject("messages")
                .putObject("update")
                .set("payload", Schemas.notification(channel));
    }

    private static void call(ObjectNode operation, ObjectNode messages, Described method) {
        messages.putObject(method.id()).set("payload", Schemas.request(method));
        messages.putObject(method.id() + "_answer")
                .set("payload", Schemas.response(method.result()));
        operation.put("action", "receive").put("summary", method.summary());
        operation.set("channel", Schemas.pointing(SOCKET));
        operation.putArray("messages").add(message(method.id()));
        ObjectNode reply = operation.putObject("reply");
        reply.set("channel", Schemas.pointing(SOCKET));
        ArrayNode answers = reply.putArray("messages");
        answers.add(message(method.id() + "_answer"));
        answers.add(message("failure"));
    }

    private static ObjectNode message(String id) {
        return Schemas.pointing(SOCKET + "/messages/" + id);
    }
}
