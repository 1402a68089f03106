package io.dolim.deploy;

import io.dolim.api.keys.KeyRecord;
import io.dolim.api.session.Key;
import io.dolim.api.session.KeyId;
import io.dolim.api.session.Keys;
import io.dolim.api.session.Scope;
import io.dolim.api.session.Secret;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of a running pool: those of its ledger, those of the command line, and one per simulated
 * taker. The latter two live as long as the process and are written down nowhere.
 */
final class Keyring implements Keys {

    private static final int SECRET_BYTES = 16;

    private final Keys ledger;
    private final SortedMap<String, Key> own;

    private Keyring(Keys ledger, SortedMap<String, Key> own) {
        this.ledger = ledger;
        this.own = Collections.unmodifiableSortedMap(own);
    }

    /**
     * Puts them together.
     *
     * @param known all keys that the ledger has ever had
     * @param given with every scope
     * @throws IllegalArgumentException when two have one id
     */
    static Keyring of(
            Keys ledger, List<KeyRecord> known, List<DemoKey> given, List<DemoKey> takers) {
        SortedMap<String, Key> own = new TreeMap<>();
        given.forEach(key -> add(own, key, EnumSet.allOf(Scope.class)));
        Set<Scope> trading =
                EnumSet.of(Scope.ACCOUNT_READ, Scope.TRADE_READ_WRITE, Scope.WALLET_READ_WRITE);
        takers.forEach(key -> add(own, key, trading));
        for (KeyRecord one : known) {
            if (own.containsKey(one.id())) {
                throw twice(one.id());
            }
        }
        return new Keyring(ledger, own);
    }

    /** A secret nobody can guess. */
    static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public Optional<Key> key(KeyId id) {
        return Optional.ofNullable(own.get(id.value())).or(() -> ledger.key(id));
    }

    /** Whether it is a key of this process alone. */
    boolean isOwn(KeyId id) {
        return own.containsKey(id.value());
    }

    private static void add(SortedMap<String, Key> keys, DemoKey key, Set<Scope> scopes) {
        Key made = new Key(new KeyId(key.id()), Secret.of(key.secret()), key.account(), scopes);
        if (keys.put(key.id(), made) != null) {
            throw twice(key.id());
        }
    }

    private static IllegalArgumentException twice(String id) {
        return new IllegalArgumentException("key id=" + id + " is used twice");
    }
}
