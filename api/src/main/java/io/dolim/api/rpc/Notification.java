package io.dolim.api.rpc;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/**
 * One update of one channel, serialised and framed once, whoever many sessions it goes to.
 *
 * @param channel exactly as it was subscribed
 * @param frame the whole WebSocket frame
 */
public record Notification(String channel, Delivery delivery, ByteString frame) {

    /** An update of {@code channel} whose {@code data} is one JSON value in UTF-8 of our own making. */
    public static Notification of(String channel, Delivery delivery, byte[] data) {
        String value = new String(data, StandardCharsets.UTF_8);
        ByteString frame =
                Frames.text(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("jsonrpc", "2.0");
                            json.writeStringField("method", "subscription");
                            json.writeObjectFieldStart("params");
                            json.writeStringField("channel", channel);
                            json.writeFieldName("data");
                            json.writeRawValue(value);
                            json.writeEndObject();
                            json.writeEndObject();
                        });
        return new Notification(channel, delivery, frame);
    }
}
