package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SsviTest {

    @Test
    void aSampleOfTheReferenceIsReproduced() {
        hold(Rows.ofResource("ssvi_sample.csv"), 30);
    }

    @Test
    void allRowsOfTheReferenceAreReproduced() {
        hold(Rows.ofVectors("ssvi_reference.csv"), 600);
    }

    @Test
    void parametersOutsideTheirDomainAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Ssvi(0.0, 0.1, 1.0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Ssvi(0.1, 1.0, 1.0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Ssvi(0.1, 0.1, Double.NaN, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Ssvi(0.1, 0.1, 1.0, 1.5));
    }

    private static void hold(List<double[]> rows, int expected) {
        assertEquals(expected, rows.size());
        for (double[] row : rows) {
            double k = row[0];
            Ssvi ssvi = new Ssvi(row[1], row[2], row[3], row[4]);
            String at = ssvi + " k=" + k;
            near(row[5], ssvi.totalVariance(k), "w " + at);
            near(row[6], ssvi.slope(k), "dw/dk " + at);
            near(row[7], ssvi.curvature(k), "d2w/dk2 " + at);
            near(row[8], ssvi.slopeInTheta(k), "dw/dtheta " + at);
            near(row[9], ssvi.durrleman(k), "g " + at);
            assertEquals(row[10] == 1.0, ssvi.wingsWithinLee(), "first condition " + at);
            assertEquals(row[11] == 1.0, ssvi.curvatureWithinBound(), "second condition " + at);
        }
    }

    private static void near(double expected, double actual, String what) {
        double error = Math.abs(actual - expected);
        assertTrue(
                error <= 1e-12 * Math.abs(expected),
                () -> what + ": " + actual + " for " + expected + ", relative " + error / expected);
    }
}
