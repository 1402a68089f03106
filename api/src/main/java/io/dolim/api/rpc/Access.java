package io.dolim.api.rpc;

import io.dolim.api.session.Scope;

/** Who may call a method. */
public sealed interface Access {

    /** Anybody. */
    record Anyone() implements Access {}

    /** Anybody who is known, whatever his scopes. */
    record Known() implements Access {}

    /** Those whose key has this scope. */
    record Needs(Scope scope) implements Access {}
}
