package io.dolim.api.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of one kind that are alive. Holds the tokens' hashes only. A key over its own bound loses its oldest; over the
 * bound of all keys nobody gets a new one. Not thread-safe: the {@link Authenticator} holds the lock.
 */
final class Tokens {

    /**
     * What a token stands for.
     *
     * @param connection over which it was handed out, if it was one that lasts
     * @param outlives whether it lives on when that connection ends
     */
    record Grant(
            Authority authority, long expiresNanos, Optional<Long> connection, boolean outlives) {}

    private final int bound;
    private final int perKey;
    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Map<KeyId, Integer> alive = new HashMap<>();
    private final Map<Long, Set<String>> ofConnection = new HashMap<>();

    Tokens(int bound, int perKey) {
        this.bound = bound;
        this.perKey = perKey;
    }

    boolean add(String hash, Grant grant, long nowNanos) {
        if (grants.size() >= bound) {
            expire(nowNanos);
        }
        if (alive.getOrDefault(grant.authority().key(), 0) >= perKey) {
            removeOldestOf(grant.authority().key());
        }
        if (grants.size() >= bound) {
            return false;
        }
        grants.put(hash, grant);
        alive.merge(grant.authority().key(), 1, Integer::sum);
        grant.connection()
                .ifPresent(
                        connection ->
                                ofConnection
                                        .computeIfAbsent(connection, c -> new LinkedHashSet<>())
                                        .add(hash));
        return true;
    }

    Optional<Grant> find(String hash, long nowNanos) {
        return Optional.ofNullable(grants.get(hash))
                .filter(grant -> grant.expiresNanos() - nowNanos > 0);
    }

    void remove(String hash) {
        Grant removed = grants.remove(hash);
        if (removed != null) {
            alive.computeIfPresent(removed.authority().key(), (key, n) -> n == 1 ? null : n - 1);
            removed.connection().ifPresent(connection -> leave(connection, hash));
        }
    }

    private void leave(long connection, String hash) {
        ofConnection.computeIfPresent(
                connection,
                (c, hashes) -> {
                    hashes.remove(hash);
                    return hashes.isEmpty() ? null : hashes;
                });
    }

    /** Ends the tokens of a connection: all of them, or those that do not outlive it. */
    void endOf(long connection, boolean all) {
        for (String hash : List.copyOf(ofConnection.getOrDefault(connection, Set.of()))) {
            if (all || Optional.ofNullable(grants.get(hash)).filter(Grant::outlives).isEmpty()) {
                remove(hash);
            }
        }
    }

    private void expire(long nowNanos) {
        grants.entrySet().stream()
                .filter(entry -> entry.getValue().expiresNanos() - nowNanos <= 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
    }

    private void removeOldestOf(KeyId key) {
        grants.entrySet().stream()
                .filter(entry -> entry.getValue().authority().key().equals(key))
                .findFirst()
                .map(Map.Entry::getKey)
                .ifPresent(this::remove);
    }
}
