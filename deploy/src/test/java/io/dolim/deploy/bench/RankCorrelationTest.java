package io.dolim.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

    /**
     * By hand: ranks 1, 2.5, 2.5, 4, 5 and 1, 4, 2.5, 2.5, 5; from the mean 3 the products add up to 7.25, the
     * squares to 9.5 on either side.
     */
    @Test
    void equalFiguresShareTheMeanOfTheirRanks() {
        List<Double> one = List.of(10.0, 20.0, 20.0, 40.0, 50.0);
        List<Double> other = List.of(1.0, 3.0, 2.0, 2.0, 9.0);

        assertEquals(7.25 / 9.5, RankCorrelation.of(one, other), 1e-15);
        assertEquals(7.25 / 9.5, RankCorrelation.of(other, one), 1e-15);
    }

    @Test
    void onlyTheOrderCounts() {
        List<Double> rising = List.of(-5.0, 0.0, 0.1, 1e9);

        assertEquals(1, RankCorrelation.of(rising, List.of(1.0, 2.0, 3.0, 4.0)), 1e-15);
        assertEquals(-1, RankCorrelation.of(rising, List.of(9.0, 8.0, 7.0, -1e9)), 1e-15);
    }

    @Test
    void whatNeverChangesHasNoCorrelation() {
        double none = RankCorrelation.of(List.of(1.0, 1.0, 1.0), List.of(1.0, 2.0, 3.0));

        assertTrue(Double.isNaN(none));
    }

    @Test
    void figuresWithoutAPartnerOrARankAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RankCorrelation.of(List.of(1.0), List.of(1.0, 2.0)));
        assertThrows(
                IllegalArgumentException.class,
                () -> RankCorrelation.of(List.of(1.0, Double.NaN), List.of(1.0, 2.0)));
    }
}
