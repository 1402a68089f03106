package io.dolim.api.rpc;

import java.util.concurrent.CompletionStage;

/**
 * Answers a method. Runs on the connection's thread and returns at once: what waits, waits in the stage. A stage that fails
 * is answered with 10001 and logged; one that is not done by the request deadline is answered as unknown.
 *
 * @param <P> the parameters, parsed
 */
@FunctionalInterface
public interface Handler<P> {

    /** Exactly one reply to one request. */
    CompletionStage<Reply> handle(Caller caller, P params);
}
