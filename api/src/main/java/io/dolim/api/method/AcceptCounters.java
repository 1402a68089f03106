package io.dolim.api.method;

import io.dolim.book.Accepted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/**
 * Counts accepts by outcome and by the market's move since their quotes, as {@code
 * dolim_accepts_total}. All labels come from closed sets. Safe on any thread.
 */
public final class AcceptCounters implements Consumer<Accepted> {

    private final MeterRegistry registry;

    /** Counts into a registry, such as the one the server shows. */
    public AcceptCounters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(Accepted accepted) {
        Counter.builder("dolim_accepts")
                .description("Accepts by outcome and by the index's move since their quotes")
                .tag("underlying", accepted.underlying().code())
                .tag("outcome", accepted.outcome())
                .tag("move", accepted.move().label())
                .tag("favours", accepted.favour().label())
                .register(registry)
                .increment();
    }
}
