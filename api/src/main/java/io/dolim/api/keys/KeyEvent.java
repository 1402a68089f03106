package io.dolim.api.keys;

import io.dolim.capacity.journal.StoredEvent;
import java.util.List;

/**
 * What a {@link KeyLedger} writes down; a stored format, described in {@code doc/keys.md}. {@code by} is the key that asked,
 * {@code atMs} the wall clock, milliseconds since 1970. A secret is never in it but sealed.
 */
public sealed interface KeyEvent extends StoredEvent {

    /** The id of the key that it is about. */
    String key();

    /**
     * A key was made.
     *
     * @param account for which it acts
     * @param scopes as on the wire, in the order of {@link io.dolim.api.session.Scope}
     * @param sealed its secret, see {@link MasterKey}
     */
    record KeyCreated(
            String by, long atMs, String key, String account, List<String> scopes, String sealed)
            implements KeyEvent {
        /** Copies the scopes. */
        public KeyCreated {
            scopes = List.copyOf(scopes);
        }
    }

    /** It has another secret; what the one before let in has ended. */
    record KeyRotated(String by, long atMs, String key, String reason, String sealed)
            implements KeyEvent {}

    /** It has ended, for ever: its id is never used again. */
    record KeyRevoked(String by, long atMs, String key, String reason) implements KeyEvent {}
}
