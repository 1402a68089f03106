package io.dolim.api.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Deribit's channel {@code platform_state}: that the server is about to stop, {@code {"maintenance":true}}. */
final class PlatformState {

    private static final String NAME = "platform_state";

    private final Topic topic = new Topic(NAME, Delivery.EVERY);

    /** Channels with this one among them. */
    Channels beside(Channels others) {
        return (name, caller) ->
                name.equals(NAME) ? Optional.of(topic) : others.resolve(name, caller);
    }

    /** Tells whoever listens. */
    void maintenance() {
        topic.publish("{\"maintenance\":true}".getBytes(StandardCharsets.US_ASCII));
    }
}
