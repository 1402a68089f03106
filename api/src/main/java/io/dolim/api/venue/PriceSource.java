package io.dolim.api.venue;

import io.dolim.quoting.instrument.Underlying;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where a simulated exchange hears its prices. Answers from memory, from any thread. */
@FunctionalInterface
public interface PriceSource {

    /** Nothing is heard: whoever drives the exchange hands prices in. */
    PriceSource NONE = _ -> Optional.empty();

    /** The latest price, nothing before the first. */
    Optional<Price> latest(Underlying underlying);

    /**
     * What a market shows.
     *
     * @param indexUsdc USDC per coin
     * @param markUsdc of the perpetual, USDC per coin; empty for a premium of the exchange's own
     */
    record Price(double indexUsdc, OptionalDouble markUsdc) {

        /** An index alone. */
        public static Price of(double indexUsdc) {
            return new Price(indexUsdc, OptionalDouble.empty());
        }
    }

    /** Lets an exchange catch up: time passes, and prices are heard. */
    static void catchUp(SimulatedExchange exchange, PriceSource source, long epochMs) {
        exchange.advance(epochMs);
        for (var spec : exchange.specs()) {
            Underlying underlying = spec.underlying();
            source.latest(underlying)
                    .ifPresent(
                            price -> {
                                if (price.markUsdc().isPresent()) {
                                    exchange.observe(
                                            underlying,
                                            epochMs,
                                            price.indexUsdc(),
                                            price.markUsdc().getAsDouble());
                                } else {
                                    exchange.observe(underlying, epochMs, price.indexUsdc());
                                }
                            });
        }
    }
}
