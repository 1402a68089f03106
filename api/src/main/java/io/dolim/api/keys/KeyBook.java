package io.dolim.api.keys;

import io.dolim.api.session.Scope;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link KeyLedger}'s journal says: every key that was ever made, by id.
 */
record KeyBook(SortedMap<String, KeyRecord> keys) {

    static final KeyBook EMPTY = new KeyBook(new TreeMap<>());

    KeyBook {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    Optional<KeyRecord> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    Collection<KeyRecord> all() {
        return keys.values();
    }

    /** Whether no operator would be left without this key. */
    boolean isLastOperator(String id) {
        return find(id).filter(key -> key.scopes().contains(Scope.OPERATOR)).isPresent()
                && keys.values().stream()
                        .noneMatch(
                                key ->
                                        key.isActive()
                                                && !key.id().equals(id)
                                                && key.scopes().contains(Scope.OPERATOR));
    }

    /** The book after an event. Total; throws only when an invariant is broken. */
    KeyBook apply(KeyEvent event) {
        Optional<KeyRecord> before = find(event.key());
        boolean made = event instanceof KeyEvent.KeyCreated;
        if (made == before.isPresent() || before.filter(key -> !key.isActive()).isPresent()) {
            throw new IllegalStateException(
                    "key="
                            + event.key()
                            + " is "
                            + before
                            + " at "
                            + event.getClass().getSimpleName());
        }
        SortedMap<String, KeyRecord> after = new TreeMap<>(keys);
        after.put(
                event.key(),
                switch (event) {
                    case KeyEvent.KeyCreated e -> KeyRecord.of(e);
                    case KeyEvent.KeyRotated e -> before.orElseThrow().rotated(e);
                    case KeyEvent.KeyRevoked e -> before.orElseThrow().revoked(e);
                });
        return new KeyBook(after);
    }
}
