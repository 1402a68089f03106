package io.dolim.api.venue;

import io.dolim.api.rpc.ErrorCode;
import io.dolim.api.rpc.Refusal;
import io.dolim.api.rpc.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A simulated exchange among many threads: one at a time, at the clock's time, with the latest prices.
 * In an outage it refuses, or leaves without an answer, whatever is asked but by a simulator's method.
 */
final class ExchangeFloor {

    private final SimulatedExchange exchange;
    private final PriceSource prices;
    private final LongSupplier clockMs;
    private final BiConsumer<Duration, Runnable> later;

    /** @param later runs a task after a time, on any thread */
    ExchangeFloor(
            SimulatedExchange exchange,
            PriceSource prices,
            LongSupplier clockMs,
            BiConsumer<Duration, Runnable> later) {
        this.exchange = exchange;
        this.prices = prices;
        this.clockMs = clockMs;
        this.later = later;
    }

    /** Whatever the exchange is like now: what a simulator's method does, and what needs no answer. */
    synchronized <T> T always(Function<SimulatedExchange, T> what) {
        PriceSource.catchUp(exchange, prices, clockMs.getAsLong());
        return what.apply(exchange);
    }

    /** Asked of the exchange as it is: refused while it is down, unanswered while it is silent. */
    CompletionStage<Reply> ask(Function<SimulatedExchange, Reply> question) {
        return always(
                open -> {
                    Optional<Outage.Kind> outage = open.outage();
                    if (outage.filter(Outage.Kind.SILENT::equals).isPresent()) {
                        return unanswered();
                    }
                    Reply reply =
                            outage.filter(Outage.Kind.REFUSES::equals).isPresent()
                                    ? down()
                                    : question.apply(open);
                    return outage.filter(Outage.Kind.ANSWERS_LOST::equals).isPresent()
                            ? unanswered()
                            : CompletableFuture.completedFuture(reply);
                });
    }

    /** The same after the latency of an order. */
    CompletionStage<Reply> order(Function<SimulatedExchange, Reply> order) {
        long latencyMs = always(SimulatedExchange::latencyMs);
        if (latencyMs == 0) {
            return ask(order);
        }
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        later.accept(Duration.ofMillis(latencyMs), () -> answerWith(answer, order));
        return answer;
    }

    private void answerWith(
            CompletableFuture<Reply> answer, Function<SimulatedExchange, Reply> order) {
        try {
            var _ =
                    ask(order)
                            .whenComplete(
                                    (reply, failure) -> {
                                        if (failure != null) {
                                            answer.completeExceptionally(failure);
                                        } else {
                                            answer.complete(reply);
                                        }
                                    });
        } catch (RuntimeException fault) {
            answer.completeExceptionally(fault);
        }
    }

    /** The edge answers for it at its own deadline. */
    private static CompletionStage<Reply> unanswered() {
        return new CompletableFuture<>();
    }

    private static Reply down() {
        return Refusal.of(ErrorCode.SYSTEM_MAINTENANCE, "down");
    }
}
