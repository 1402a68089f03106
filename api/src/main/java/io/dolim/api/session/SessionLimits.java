package io.dolim.api.session;

import java.time.Duration;

/**
 * The bounds of authentication.
 *
 * @param clockWindow how far a signed timestamp may be from this machine's clock, either way
 * @param noncesPerKey how many signed requests a key may make inside the window; reaching it refuses
 * @param tokens how many tokens of each kind are alive at once over all keys; reaching it refuses
 * @param tokensPerKey the same for one key
 * @param accessLife how long an access token lives
 * @param refreshLife how long a refresh token lives
 */
public record SessionLimits(
        Duration clockWindow,
        int noncesPerKey,
        int tokens,
        int tokensPerKey,
        Duration accessLife,
        Duration refreshLife) {

    public SessionLimits {
        positive("clock-window", clockWindow);
        positive("access-token-life", accessLife);
        positive("refresh-token-life", refreshLife);
        positive("nonces-per-key", noncesPerKey);
        positive("tokens", tokens);
        positive("tokens-per-key", tokensPerKey);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }
}
