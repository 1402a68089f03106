package io.dolim.api.session;

import java.util.Set;

/**
 * An API key as its owner's storage knows it.
 *
 * @param account the account the key acts for
 * @param scopes what it may do
 */
public record Key(KeyId id, Secret secret, String account, Set<Scope> scopes) {

    public Key {
        scopes = Set.copyOf(scopes);
    }
}
