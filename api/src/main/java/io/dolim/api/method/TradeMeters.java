package io.dolim.api.method;

import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.Underlying;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** What is quoted and traded, counted since the start. Labels come from closed sets. Thread-safe. */
final class TradeMeters {

    private final MeterRegistry registry;
    private final Predicate<String> quoteOfThisStart;
    private final Map<Underlying, Numbers> trades = new ConcurrentHashMap<>();

    /** Trades of a book have numbers without a gap, so two of them tell how many there were. */
    private static final class Numbers {
        private long first;
        private long last = -1;

        synchronized void add(long number) {
            first = last < 0 ? number : Math.min(first, number);
            last = Math.max(last, number);
        }

        synchronized long count() {
            return last < 0 ? 0 : last - first + 1;
        }
    }

    /**
     * @param quoteOfThisStart whether a quote id was given since the start: an old trade that is answered again is not counted
     */
    TradeMeters(MeterRegistry registry, Predicate<String> quoteOfThisStart) {
        this.registry = registry;
        this.quoteOfThisStart = quoteOfThisStart;
    }

    /** Shows the underlying's counters from the start on. */
    void show(Underlying underlying, OrderQueues orders) {
        numbers(underlying);
        registry.gauge(
                "dolim_orders_waiting",
                io.micrometer.core.instrument.Tags.of("underlying", underlying.code()),
                orders,
                queues -> queues.waiting(underlying));
    }

    /** A price was given. */
    void quoted(Underlying underlying, String kind) {
        Counter.builder("dolim_quotes")
                .description("Prices given, indicative or firm")
                .tag("underlying", underlying.code())
                .tag("kind", kind)
                .register(registry)
                .increment();
    }

    /** No price was given, or an order was not filled, by a rule of the pool's. */
    void refused(Underlying underlying, String what, String reason) {
        Counter.builder("dolim_refusals")
                .description("Quotes and orders refused, by reason")
                .tag("underlying", underlying.code())
                .tag("what", what)
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** A trade was answered, for the first time or again. */
    void filled(Trade trade) {
        if (quoteOfThisStart.test(trade.quoteId())) {
            numbers(trade.legs().underlying()).add(trade.id().number());
        }
    }

    private Numbers numbers(Underlying underlying) {
        return trades.computeIfAbsent(
                underlying,
                one -> {
                    Numbers numbers = new Numbers();
                    FunctionCounter.builder("dolim_trades", numbers, Numbers::count)
                            .description("Trades executed")
                            .tag("underlying", one.code())
                            .register(registry);
                    return numbers;
                });
    }
}
