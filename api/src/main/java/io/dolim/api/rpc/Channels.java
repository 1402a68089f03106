package io.dolim.api.rpc;

import java.util.Optional;

/** The port to whatever can be subscribed. */
@FunctionalInterface
public interface Channels {

    /**
     * The channel of that name as this caller may see it; nothing where there is none or it is not for him, and the name is
     * then left out of the answer. Over {@code public/subscribe} the caller is always anonymous.
     */
    Optional<Channel> resolve(String name, Caller caller);
}
