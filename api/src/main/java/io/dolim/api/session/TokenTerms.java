package io.dolim.api.session;

import java.time.Duration;
import java.util.Optional;

/**
 * How tokens are handed out.
 *
 * @param connection over which they are asked for; empty over HTTP, where a connection means nothing
 * @param outlives whether they live on when the connection ends, until it logs out
 * @param life how long the access token lives at most
 */
public record TokenTerms(Optional<Long> connection, boolean outlives, Optional<Duration> life) {

    /** Tokens of no connection, with the life that is configured. */
    public static final TokenTerms FREE = new TokenTerms(Optional.empty(), true, Optional.empty());
}
