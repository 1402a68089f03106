package io.dolim.api.session;

import java.util.Optional;

/**
 * The port to wherever keys are kept. Asked at every private call, so that a key that was withdrawn stops at once: answers
 * from memory, from any thread, without waiting.
 */
@FunctionalInterface
public interface Keys {

    /** The key, or nothing where it does not exist, is withdrawn or disabled. */
    Optional<Key> key(KeyId id);
}
