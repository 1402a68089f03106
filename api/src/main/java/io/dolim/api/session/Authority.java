package io.dolim.api.session;

import java.util.Set;

/**
 * What a caller has proved.
 *
 * @param scopes what he may do now: the key's scopes, narrowed by what he asked for
 */
public record Authority(KeyId key, String account, Set<Scope> scopes) {

    public Authority {
        scopes = Set.copyOf(scopes);
    }

    /** Whether this covers a method's need. */
    public boolean covers(Scope need) {
        return need.grantedBy(scopes);
    }
}
