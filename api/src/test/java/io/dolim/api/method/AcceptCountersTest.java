package io.dolim.api.method;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.Accepted;
import io.dolim.quoting.instrument.Underlying;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AcceptCountersTest {

    @Test
    void acceptsAreShownByOutcomeMoveAndFavour() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AcceptCounters counters = new AcceptCounters(registry, Set.of(new Underlying("BTC")));
        Accepted moved =
                new Accepted(
                        new Underlying("BTC"),
                        "market_moved",
                        Accepted.Move.DOWN,
                        Accepted.Favour.POOL);
        counters.accept(moved);
        counters.accept(moved);
        String shown = registry.scrape();
        assertTrue(
                shown.contains(
                        "dolim_accepts_total{favours=\"pool\",move=\"down\","
                                + "outcome=\"market_moved\",underlying=\"BTC\"} 2.0"),
                shown);
    }
}
