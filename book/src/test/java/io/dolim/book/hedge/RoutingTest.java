package io.dolim.book.hedge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private static final Venue.Depth CHEAP =
            depth("cheap", 0.0001, List.of(level(100, 50), level(102, 50)));
    private static final Venue.Depth DEAR =
            depth("dear", 0.01, List.of(level(100, 500), level(101, 500)));

    @Test
    void theCheapestLevelsAreTakenFirstFeeIncluded() {
        assertEquals(Map.of("cheap", 50L, "dear", 10L), routed(60, 200, new TreeMap<>(), 1_000));
        // 101 and one percent is just below 102 and a hundredth of a percent
        assertEquals(Map.of("cheap", 50L, "dear", 550L), routed(600, 200, new TreeMap<>(), 1_000));
    }

    @Test
    void aBetterPriceIsNotCheaperWithADearerFee() {
        Venue.Depth better =
                depth("better", 0.01, List.of(new Venue.Level(new BigDecimal("99.9"), 50)));
        assertEquals(
                Map.of("cheap", 10L),
                Routing.of(List.of(CHEAP, better), 10, 200, new TreeMap<>(), 1_000));
    }

    @Test
    void nothingIsTakenBeyondTheLimitOrAVenuesRoom() {
        assertEquals(Map.of("cheap", 50L, "dear", 500L), routed(900, 100, new TreeMap<>(), 1_000));
        SortedMap<String, Long> held = new TreeMap<>(Map.of("dear", 980L, "cheap", -40L));
        assertEquals(Map.of("cheap", 100L, "dear", 20L), routed(900, 200, held, 1_000));
    }

    @Test
    void salesGoToTheHighestBidsAndAreNegative() {
        Venue.Depth low = depth("low", 0, List.of(level(99, 10)));
        Venue.Depth high = depth("high", 0, List.of(level(100, 10)));
        assertEquals(
                Map.of("high", -10L, "low", -5L),
                Routing.of(List.of(low, high), -15, 98, new TreeMap<>(), 1_000));
    }

    private static SortedMap<String, Long> routed(
            long lots, double limit, SortedMap<String, Long> held, long most) {
        return Routing.of(List.of(CHEAP, DEAR), lots, limit, held, most);
    }

    private static Venue.Depth depth(String venue, double fee, List<Venue.Level> levels) {
        return new Venue.Depth(venue, Hedges.BTC, levels, levels, fee);
    }

    private static Venue.Level level(long price, long lots) {
        return new Venue.Level(BigDecimal.valueOf(price), lots);
    }
}
