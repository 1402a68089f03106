package io.dolim.quoting.surface;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.pricing.Black76;
import java.util.ArrayList;
import java.util.List;

/**
 * Butterflies by their prices: three neighbouring strikes on the out-of-the-money side, the middle
 * dearer than its share of the wings. Knows nothing of densities.
 */
final class StrikeTriples {

    private static final double[] SHARES = {0.02, 0.06, 0.2, 0.45, 0.5, 0.8, 0.93, 0.99};
    private static final int STEPS = 600;
    private static final double REACH = 12.0;

    /** Of a price: what its own rounding and that of the strikes may make of a straight line. */
    private static final double NOTHING = 1e-11;

    private StrikeTriples() {}

    /** Butterflies on some expiries between slice i - 1 and slice i. */
    static List<String> between(VolSurface surface, int i) {
        long from = surface.slices().get(i - 1).expiryMs();
        long to = surface.slices().get(i).expiryMs();
        List<String> found = new ArrayList<>();
        for (double share : SHARES) {
            in(surface, from + Math.round(share * (to - from)), found);
        }
        return found;
    }

    /** Butterflies on one expiry. */
    static void in(VolSurface surface, long expiryMs, List<String> found) {
        double s = Math.sqrt(surface.totalVariance(expiryMs, 0.0));
        for (int side = -1; side <= 1; side += 2) {
            double inner = price(surface, expiryMs, side, 0.0);
            double middle = price(surface, expiryMs, side, s * REACH / STEPS);
            for (int j = 2; j <= STEPS; j++) {
                double k = side * s * REACH * j / STEPS;
                double step = side * s * REACH / STEPS;
                double outer = price(surface, expiryMs, side, Math.abs(k));
                double first = Math.exp(k - 2 * step);
                double mid = Math.exp(k - step);
                double last = Math.exp(k);
                double weight = (last - mid) / (last - first);
                double cost = weight * inner + (1.0 - weight) * outer - middle;
                if (cost < -NOTHING * middle) {
                    found.add("k=" + (k - step) / s + "s costs " + cost / middle);
                }
                inner = middle;
                middle = outer;
            }
        }
    }

    private static double price(VolSurface surface, long expiryMs, int side, double distance) {
        double k = side * distance;
        OptionType type = side > 0 ? OptionType.CALL : OptionType.PUT;
        return Black76.price(
                type, 1.0, Math.exp(k), 1.0, Math.sqrt(surface.totalVariance(expiryMs, k)), 1.0);
    }
}
