package io.dolim.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dolim.api.rpc.json.JsonText;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer in its envelope.
 *
 * @param precedence what gives way to it in a queue out
 * @param usIn Unix microseconds when the request was read
 * @param usOut Unix microseconds when it was answered
 */
record Response(
        Optional<JsonNode> id,
        Reply reply,
        Precedence precedence,
        long usIn,
        long usOut,
        boolean testnet) {

    private static final Logger LOG = LoggerFactory.getLogger(Response.class);

    /** Encodes it; an answer that cannot be written as JSON is a fault of ours and becomes a 10001. */
    <T> T encoded(Function<JsonText.Writable, T> encoder) {
        try {
            return encoder.apply(this::write);
        } catch (IllegalStateException unwritable) {
            LOG.error("an answer could not be written", unwritable);
            Refusal fault = Refusal.of(ErrorCode.ERROR, "internal");
            return encoder.apply(new Response(id, fault, precedence, usIn, usOut, testnet)::write);
        }
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("jsonrpc", "2.0");
        if (id.isPresent()) {
            json.writeFieldName("id");
            json.writeTree(id.get());
        }
        switch (reply) {
            case Result result -> {
                json.writeFieldName("result");
                result.body().write(json);
            }
            case Refusal refusal -> {
                json.writeFieldName("error");
                refusal.write(json);
            }
        }
        json.writeNumberField("usIn", usIn);
        json.writeNumberField("usOut", usOut);
        json.writeNumberField("usDiff", usOut - usIn);
        json.writeBooleanField("testnet", testnet);
        json.writeEndObject();
    }
}
