package io.dolim.api.method;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Refusal;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How many orders wait for each Book's answer. Once they are half of what a Book takes, no more is quoted on it: a promise
 * that would find the queue full is worth nothing, and those that were made before shall find room. Thread-safe.
 */
final class OrderQueues {

    private final int room;
    private final int quotesUpTo;
    private final Map<Underlying, AtomicInteger> waiting;

    /**
     * @param room orders that a Book lets wait
     */
    OrderQueues(Collection<Underlying> underlyings, int room) {
        this.room = room;
        this.quotesUpTo = Math.ceilDiv(room, 2);
        Map<Underlying, AtomicInteger> none = new TreeMap<>();
        underlyings.forEach(underlying -> none.put(underlying, new AtomicInteger()));
        this.waiting = Collections.unmodifiableMap(none);
    }

    /** Asks a Book, and counts the question until it is answered or given up. */
    <R> CompletionStage<R> counted(Underlying underlying, Supplier<CompletionStage<R>> question) {
        AtomicInteger count = of(underlying);
        count.incrementAndGet();
        return question.get().whenComplete((answer, failure) -> count.decrementAndGet());
    }

    /** Why nothing is quoted on this Book for now. */
    Optional<Refusal> shortage(Underlying underlying) {
        int orders = waiting(underlying);
        return orders < quotesUpTo
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(ErrorCode.MATCHING_ENGINE_QUEUE_FULL, "overloaded")
                                .with("orders_waiting", orders)
                                .with("room", room)
                                .with("rule", "quotes give way while orders wait for the book"));
    }

    int waiting(Underlying underlying) {
        return of(underlying).get();
    }

    private AtomicInteger of(Underlying underlying) {
        return Optional.ofNullable(waiting.get(underlying))
                .orElseThrow(() -> new IllegalStateException("no book of " + underlying));
    }
}
