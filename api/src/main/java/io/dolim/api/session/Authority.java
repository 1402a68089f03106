package io.dolim.api.session;

import java.util.Set;

/**
 * What a caller has proved.
 *
 * @param scopes what he may do now: the key's scopes, narrowed by what he asked for
 * @param generation of the key whose secret proved it
 */
public record Authority(KeyId key, String account, Set<Scope> scopes, long generation) {

    public Authority {
        scopes = Set.copyOf(scopes);
    }

    /** Of a key with its first secret. */
    public Authority(KeyId key, String account, Set<Scope> scopes) {
        this(key, account, scopes, 0);
    }

    /** The same with other scopes. */
    Authority with(Set<Scope> others) {
        return new Authority(key, account, others, generation);
    }

    /** Whether this covers a method's need. */
    public boolean covers(Scope need) {
        return need.grantedBy(scopes);
    }
}
