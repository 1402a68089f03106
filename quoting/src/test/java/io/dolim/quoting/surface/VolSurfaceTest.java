package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.DayCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolSurfaceTest {

    private static final long NOW = 1_770_000_000_000L;
    private static final long DAY = DayCount.MILLIS_PER_DAY;
    private static final SviSlice NEAR =
            slice(10, 60_000.0, 0.999, new RawSvi(0.004, 0.03, -0.2, 0.01, 0.08));
    private static final SviSlice FAR =
            slice(40, 61_200.0, 0.99, new RawSvi(0.012, 0.06, -0.1, 0.02, 0.2));
    private static final VolSurface SURFACE = new VolSurface(NOW, List.of(NEAR, FAR));

    @Test
    void aListedExpiryIsItsSlice() {
        assertEquals(NEAR.volAnnual(65_000.0), SURFACE.volAnnual(NEAR.expiryMs(), 65_000.0));
        assertEquals(61_200.0, SURFACE.forward(FAR.expiryMs()));
        assertEquals(0.99, SURFACE.discount(FAR.expiryMs()));
    }

    @Test
    void betweenExpiriesTotalVarianceIsLinearInTimeAtEqualLogMoneyness() {
        long expiry = NOW + 20 * DAY;
        double expected = (2.0 * NEAR.totalVariance(0.1) + FAR.totalVariance(0.1)) / 3.0;
        assertEquals(expected, SURFACE.totalVariance(expiry, 0.1), 1e-17);
        assertEquals(
                Math.sqrt(expected / DayCount.years(NOW, expiry)),
                SURFACE.volAtLogMoneyness(expiry, 0.1),
                1e-15);
    }

    @Test
    void forwardAndDiscountAreGeometricBetweenExpiries() {
        long half = NOW + 25 * DAY;
        assertEquals(Math.sqrt(60_000.0 * 61_200.0), SURFACE.forward(half), 1e-9);
        assertEquals(Math.sqrt(0.999 * 0.99), SURFACE.discount(half), 1e-15);
        assertEquals(0.98010, SURFACE.discount(NOW + 80 * DAY), 1e-12);
        assertEquals(61_200.0, SURFACE.forward(NOW + 80 * DAY));
    }

    @Test
    void beforeTheFirstExpiryVolatilityIsTheFirsts() {
        assertEquals(
                NEAR.volAtLogMoneyness(-0.2), SURFACE.volAtLogMoneyness(NOW + DAY, -0.2), 1e-15);
    }

    @Test
    void afterTheLastExpiryVarianceGrowsAtTheMoneyRateAtEveryStrike() {
        double growth = FAR.totalVariance(0.0) / 4.0;
        assertEquals(
                FAR.totalVariance(0.7) + growth, SURFACE.totalVariance(NOW + 50 * DAY, 0.7), 1e-16);
    }

    @Test
    void totalVarianceNeverFallsInTime() {
        for (double k = -2.0; k <= 2.0; k += 0.05) {
            double before = 0.0;
            for (int day = 1; day < 120; day++) {
                double w = SURFACE.totalVariance(NOW + day * DAY, k);
                assertTrue(w > before, "k=" + k + " day=" + day);
                before = w;
            }
        }
    }

    @Test
    void equalPartsAreEqualAndGiveEqualBits() {
        VolSurface again = new VolSurface(NOW, List.of(NEAR, FAR));
        assertEquals(SURFACE, again);
        assertEquals(SURFACE.hashCode(), again.hashCode());
    }

    @Test
    void badQuestionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SURFACE.volAnnual(NOW, 60_000.0));
        assertThrows(IllegalArgumentException.class, () -> SURFACE.volAnnual(NOW + DAY, 0.0));
        assertThrows(
                IllegalArgumentException.class, () -> SURFACE.volAnnual(NOW + DAY, Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> SURFACE.volAtLogMoneyness(NOW + DAY, Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> new VolSurface(NOW, List.of(FAR, NEAR)));
        assertThrows(IllegalArgumentException.class, () -> new VolSurface(NOW, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new VolSurface(NOW + 1, List.of(NEAR)));
    }

    @Test
    void aFloorHoldsTheLaterSliceUpAndNothingElse() {
        SviSmile steep = new SviSmile(new RawSvi(0.002, 0.09, 0.0, 0.0, 0.05), List.of());
        SviSlice held =
                new SviSlice(
                        FAR.expiryMs(),
                        FAR.yearsToExpiry(),
                        61_200.0,
                        0.99,
                        FAR.smile(),
                        List.of(steep),
                        0.005);
        assertEquals(FAR.totalVariance(0.0), held.totalVariance(0.0));
        assertEquals(steep.totalVariance(1.0), held.totalVariance(1.0));
        assertEquals(steep.slope(1.0), held.slope(1.0));
        assertEquals(steep.curvature(1.0), held.curvature(1.0));
        assertTrue(Butterfly.in(held, -3.0, 3.0, 6001).isEmpty());
    }

    private static SviSlice slice(int days, double forward, double discount, RawSvi svi) {
        long expiry = NOW + days * DAY;
        return new SviSlice(
                expiry,
                DayCount.years(NOW, expiry),
                forward,
                discount,
                new SviSmile(svi, List.of()),
                List.of(),
                0.005);
    }
}
