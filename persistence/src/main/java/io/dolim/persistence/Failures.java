package io.dolim.persistence;

import java.util.concurrent.CompletableFuture;

/** Names what went wrong before anything was committed. */
final class Failures {

    private Failures() {}

    static JournalException named(RuntimeException failure) {
        return switch (failure) {
            case JournalException known -> known;
            default -> new JournalUnavailable("nothing written: " + failure, failure);
        };
    }

    /** The promises of requests without an answer carry no value. */
    @SuppressWarnings("NullAway") // CompletableFuture<Void> has no other value
    static void done(CompletableFuture<Void> outcome) {
        outcome.complete(null);
    }
}
