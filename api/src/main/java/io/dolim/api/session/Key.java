package io.dolim.api.session;

import java.util.Set;

/**
 * An API key as its owner's storage knows it.
 *
 * @param account the account the key acts for
 * @param scopes what it may do
 * @param generation one more with each new secret: what an older one let in ends
 */
public record Key(KeyId id, Secret secret, String account, Set<Scope> scopes, long generation) {

    public Key {
        scopes = Set.copyOf(scopes);
    }

    /** A key with its first secret. */
    public Key(KeyId id, Secret secret, String account, Set<Scope> scopes) {
        this(id, secret, account, scopes, 0);
    }
}
