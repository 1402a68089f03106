package io.dolim.api.rpc;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;

/**
 * One update of one channel, serialised and framed once, whoever many sessions it goes to.
 *
 * @param channel exactly as it was subscribed
 * @param sequence how many updates the channel had, this one included: one more each time, so that a reader sees what he missed
 * @param frame the whole WebSocket frame
 */
public record Notification(String channel, Delivery delivery, long sequence, ByteString frame) {

    /** An update of {@code channel} whose {@code data} is one JSON value in UTF-8 of our own making. */
    public static Notification of(String channel, Delivery delivery, long sequence, byte[] data) {
        String value = new String(data, StandardCharsets.UTF_8);
        ByteString frame =
                Frames.text(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("jsonrpc", "2.0");
                            json.writeStringField("method", "subscription");
                            json.writeObjectFieldStart("params");
                            json.writeStringField("channel", channel);
                            json.writeNumberField("sequence", sequence);
                            json.writeFieldName("data");
                            json.writeRawValue(value);
                            json.writeEndObject();
                            json.writeEndObject();
                        });
        return new Notification(channel, delivery, sequence, frame);
    }
}
