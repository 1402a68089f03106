package io.dolim.api.keys;

import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Keys;
import io.dolim.api.session.Secret;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that may be used, with their secrets in clear, as signatures need them. Thread-safe; what a {@link KeyLedger}
 * wrote down is in force here before it is answered.
 */
public final class LiveKeys implements Keys {

    private volatile Optional<MasterKey> master = Optional.empty();
    private final Map<KeyId, Key> keys = new ConcurrentHashMap<>();

    /**
     * Puts all keys in force. Once, before any of them changes.
     *
     * @throws IllegalArgumentException when one that may be used cannot be opened by this master key
     */
    public void open(MasterKey opening, Collection<KeyRecord> records) {
        master = Optional.of(opening);
        records.forEach(this::apply);
    }

    /** Puts a key in force as it is written down. */
    public void apply(KeyRecord record) {
        KeyId id = new KeyId(record.id());
        if (record.isActive()) {
            Secret secret = Secret.of(master.orElseThrow().open(record));
            keys.put(
                    id,
                    new Key(id, secret, record.account(), record.scopes(), record.generation()));
        } else {
            keys.remove(id);
        }
    }

    @Override
    public Optional<Key> key(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }
}
