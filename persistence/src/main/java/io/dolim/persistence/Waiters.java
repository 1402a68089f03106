package io.dolim.persistence;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Where live queries wait, so that a commit wakes those it concerns. A query asks for {@link #next}
 * before it reads: what is committed after the reading then wakes it. Thread-safe.
 */
final class Waiters {

    private final Map<Interest, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Completes with true after something of interest was committed, with false at the end. */
    CompletableFuture<Boolean> next(Interest interest) {
        var wake = waiting.computeIfAbsent(interest, any -> new CompletableFuture<>());
        if (closed) {
            wake.complete(false);
        }
        return wake;
    }

    /** After a commit that holds these events. */
    void committed(List<Request.Entry> events, boolean newEntities) {
        if (waiting.isEmpty() || events.isEmpty()) {
            return;
        }
        wake(new Interest.OfAll());
        if (newEntities) {
            wake(new Interest.OfNewEntities());
        }
        for (var event : events) {
            wake(new Interest.OfEntity(event.persistenceId()));
            event.tags().forEach(tag -> wake(new Interest.OfTag(tag)));
        }
        wakeIf(
                interest ->
                        interest instanceof Interest.OfSlices slices
                                && events.stream()
                                        .anyMatch(event -> slices.holds(event.persistenceId())));
    }

    /** Now and then: queries that were cancelled leave, the others read in vain and wait again. */
    void sweep() {
        wakeIf(any -> true);
    }

    private void wakeIf(Predicate<Interest> concerned) {
        for (var interest : waiting.keySet()) {
            if (concerned.test(interest)) {
                wake(interest);
            }
        }
    }

    private void wake(Interest interest) {
        var wake = waiting.remove(interest);
        if (wake != null) {
            wake.complete(true);
        }
    }

    /** Lets everybody go who waits; those who come later go at once. */
    void close() {
        closed = true;
        waiting.values().forEach(wake -> wake.complete(false));
    }
}
