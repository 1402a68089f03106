package io.dolim.quoting.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SviSmileTest {

    private static final RawSvi SVI = new RawSvi(0.004, 0.03, -0.2, 0.01, 0.08);

    @Test
    void valuesSlopesAndCurvaturesBelongTogether() {
        SviSmile smile = new SviSmile(SVI, spline());
        double h = 1e-5;
        for (double k : new double[] {-0.5, -0.15, -0.02, 0.2, 0.299, 0.6}) {
            double up = smile.totalVariance(k + h);
            double at = smile.totalVariance(k);
            double down = smile.totalVariance(k - h);
            assertEquals((up - down) / (2.0 * h), smile.slope(k), 1e-8, "slope at " + k);
            assertEquals((up - 2.0 * at + down) / (h * h), smile.curvature(k), 1e-5, "at " + k);
        }
    }

    @Test
    void beyondTheOutermostKnotsVarianceIsStraight() {
        SviSmile smile = new SviSmile(SVI, spline());
        assertEquals(
                smile.totalVariance(0.3) + 2.0 * smile.slope(0.3), smile.totalVariance(2.3), 1e-15);
        assertEquals(smile.rightWing(), smile.slope(5.0));
        assertEquals(smile.leftWing(), smile.slope(-5.0));
        assertEquals(0.0, smile.curvature(0.31));
    }

    @Test
    void aBentWingHasTheAskedSlopeAndLeavesTheQuotedPartAlone() {
        WingBend even = new WingBend.Even(0.007, 0.1);
        WingBend hard = new WingBend.Hard(0.001, 0.9, 0.005);
        for (boolean right : new boolean[] {true, false}) {
            hold(new SviSmile(SVI, spline()), even, right, 1e-16);
            hold(new SviSmile(SVI, spline()), hard, right, 1e-3);
        }
    }

    @Test
    void aHardBendKeepsTheDensityPositive() {
        SviSmile smile = new SviSmile(SVI, spline());
        SviSmile bent = new WingBend.Hard(0.001, 0.9, 0.005).on(smile, true);
        for (double k = 0.3; k < 3.0; k += 0.001) {
            assertTrue(bent.durrleman(k) > 0.0, "k=" + k);
        }
        assertTrue(bent.totalVariance(0.6) < smile.totalVariance(0.6));
    }

    private static void hold(SviSmile smile, WingBend bend, boolean right, double tolerance) {
        SviSmile bent = bend.on(smile, right);
        assertEquals(bend.slope(), right ? bent.rightWing() : -bent.leftWing(), tolerance);
        for (double k = -0.2; k <= 0.3; k += 0.01) {
            assertEquals(smile.totalVariance(k), bent.totalVariance(k), 1e-17);
        }
        double end = right ? 0.3 : -0.2;
        assertEquals(smile.slope(end), bent.slope(end), 1e-15);
    }

    @Test
    void knotsOutOfOrderOrWithCurvatureAtTheEndsAreRefused() {
        Knot zero = new Knot(0.0, 0.0, 0.0);
        assertThrows(IllegalArgumentException.class, () -> new SviSmile(SVI, List.of(zero, zero)));
        assertThrows(IllegalArgumentException.class, () -> new SviSmile(SVI, List.of(zero)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SviSmile(SVI, List.of(zero, new Knot(1.0, 0.0, 1.0))));
        assertThrows(IllegalArgumentException.class, () -> new Knot(Double.NaN, 0.0, 0.0));
    }

    /** A natural spline through four values, smooth to rounding. */
    private static List<Knot> spline() {
        double[] x = {-0.2, -0.1, 0.05, 0.3};
        double[] y = {1e-4, -2e-4, 1e-4, 0.0};
        CubicBasis basis = new CubicBasis(x);
        BandSystem system = new BandSystem(basis.size());
        for (int i = 0; i < x.length; i++) {
            CubicBasis.Row row = basis.row(x[i], Math.min(i, x.length - 2));
            system.observe(row.first(), row.weights()[0], 1.0, y[i]);
        }
        double[] c = system.solve();
        List<Knot> knots = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            CubicBasis.Row row = basis.row(x[i], Math.min(i, x.length - 2));
            assertEquals(y[i], row.of(c, 0), 1e-15);
            boolean isEnd = i == 0 || i == x.length - 1;
            knots.add(new Knot(x[i], row.of(c, 0), isEnd ? 0.0 : row.of(c, 2)));
        }
        return knots;
    }
}
