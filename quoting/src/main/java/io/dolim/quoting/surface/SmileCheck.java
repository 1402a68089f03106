package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;

/** Whether one smile is free of butterfly arbitrage: on a grid that follows its knots, and beyond. */
final class SmileCheck {

    /** What Durrleman's function must exceed on the grid, so that between its points it is positive. */
    static final double MARGIN = 2e-3;

    /** Lee's moment formula asks for wings less steep than 2; this leaves room. */
    static final double STEEPEST_WING = 1.95;

    /** Log-moneyness beyond which nothing is looked at: strikes nine million times the forward. */
    static final double FARTHEST = 16.0;

    private static final int PER_INTERVAL = 12;
    private static final int AROUND_CENTRE = 32;
    private static final double WING_GROWTH = 1.3;

    private SmileCheck() {}

    /** Whether nothing is wrong. */
    static boolean passes(SviSmile smile, double fromK, double toK) {
        return wingsHold(smile) && violations(smile, fromK, toK).isEmpty();
    }

    /** Whether a smile's density is at least this, where its knots are and out from its centre. */
    static boolean isFree(SviSmile smile, double least) {
        double centre = smile.svi().m();
        return wingsHold(smile) && violations(smile, centre, centre, least).isEmpty();
    }

    /** Whether variance rises outward, or stays, in both wings, and less steeply than Lee allows. */
    static boolean wingsHold(SviSmile smile) {
        double right = smile.rightWing();
        double left = smile.leftWing();
        return right >= 0.0 && right <= STEEPEST_WING && left <= 0.0 && left >= -STEEPEST_WING;
    }

    /** Points where the density would be negative or the variance not positive, in no order. */
    static List<Double> violations(SviSmile smile, double fromK, double toK) {
        return violations(smile, fromK, toK, MARGIN);
    }

    private static List<Double> violations(SviSmile smile, double fromK, double toK, double least) {
        List<Double> found = new ArrayList<>();
        List<Knot> knots = smile.correction();
        double from = knots.isEmpty() ? fromK : knots.getFirst().k();
        double to = knots.isEmpty() ? toK : knots.getLast().k();
        for (int i = 1; i < knots.size(); i++) {
            testInterval(smile.svi(), knots.get(i - 1), knots.get(i), least, found);
        }
        RawSvi svi = smile.svi();
        for (int j = -AROUND_CENTRE; j <= AROUND_CENTRE; j++) {
            test(smile, svi.m() + svi.sigma() * j / 8.0, least, found);
        }
        double first = Math.max(0.02 * (to - from), 1e-4);
        for (double d = first; d < FARTHEST; d *= WING_GROWTH) {
            test(smile, from - d, least, found);
            test(smile, to + d, least, found);
        }
        if (!knots.isEmpty()) {
            testStraight(smile, from, smile.leftWing(), least, found);
            testStraight(smile, to, smile.rightWing(), least, found);
        }
        return found;
    }

    /** One interval of the spline, its cubic written out: this is where a fit spends its time. */
    private static void testInterval(
            RawSvi svi, Knot left, Knot right, double least, List<Double> found) {
        double h = right.k() - left.k();
        double chord = (right.value() - left.value()) / h;
        double jump = right.curvature() - left.curvature();
        double startSlope = chord - h / 6.0 * (2.0 * left.curvature() + right.curvature());
        double square = svi.sigma() * svi.sigma();
        for (int j = 0; j < PER_INTERVAL; j++) {
            double d = h * j / PER_INTERVAL;
            double k = left.k() + d;
            double x = k - svi.m();
            double root = Math.sqrt(x * x + square);
            double bend = left.curvature() + jump * d / h;
            double w =
                    svi.a()
                            + svi.b() * (svi.rho() * x + root)
                            + left.value()
                            + d * (startSlope + d * (2.0 * left.curvature() + bend) / 6.0);
            double slope =
                    svi.b() * (svi.rho() + x / root)
                            + startSlope
                            + 0.5 * d * (left.curvature() + bend);
            double curvature = svi.b() * square / (root * root * root) + bend;
            if (!(w > 0.0 && Smile.durrleman(k, w, slope, curvature) >= least)) {
                found.add(k);
            }
        }
    }

    /** Just beyond the outermost knot, where curvature has ended. */
    private static void testStraight(
            SviSmile smile, double k, double slope, double least, List<Double> found) {
        if (!(Smile.durrleman(k, smile.totalVariance(k), slope, 0.0) >= least)) {
            found.add(k);
        }
    }

    private static void test(SviSmile smile, double k, double least, List<Double> found) {
        double w = smile.totalVariance(k);
        boolean free =
                w > 0.0 && Smile.durrleman(k, w, smile.slope(k), smile.curvature(k)) >= least;
        if (!free) {
            found.add(k);
        }
    }
}
