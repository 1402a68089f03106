package io.dolim.api.method;

import io.dolim.book.Accepted;
import io.dolim.quoting.instrument.Underlying;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts accepts by outcome and by the market's move since their quotes, as {@code
 * dolim_accepts_total}. All labels come from closed sets. Safe on any thread.
 */
public final class AcceptCounters implements Consumer<Accepted> {

    private final MeterRegistry registry;

    /**
     * Counts into a registry, such as the one the server shows. Fills stand there from the start, at
     * zero: the first accept must not wait for a registry that is used for the first time.
     */
    public AcceptCounters(MeterRegistry registry, Set<Underlying> underlyings) {
        this.registry = registry;
        for (Underlying underlying : underlyings) {
            for (Accepted.Move move : Accepted.Move.values()) {
                for (Accepted.Favour favour : Accepted.Favour.values()) {
                    counter(new Accepted(underlying, "filled", move, favour)).increment(0);
                }
            }
        }
    }

    @Override
    public void accept(Accepted accepted) {
        counter(accepted).increment();
    }

    private Counter counter(Accepted accepted) {
        return Counter.builder("dolim_accepts")
                .description("Accepts by outcome and by the index's move since their quotes")
                .tag("underlying", accepted.underlying().code())
                .tag("outcome", accepted.outcome())
                .tag("move", accepted.move().label())
                .tag("favours", accepted.favour().label())
                .register(registry);
    }
}
