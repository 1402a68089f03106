package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of log-moneyness in which a smile admits butterfly arbitrage: {@link Smile#durrleman}
 * is negative there.
 *
 * @param fromK its left end
 * @param toK its right end
 * @param worstK where the function is lowest on the grid of the search
 * @param worst its value there
 */
public record Butterfly(double fromK, double toK, double worstK, double worst) {

    private static final int BISECTIONS = 60;

    /** All stretches found on an even grid of {@code points} from one k to another, in rising k. */
    public static List<Butterfly> in(Smile smile, double fromK, double toK, int points) {
        List<Butterfly> found = new ArrayList<>();
        double step = (toK - fromK) / (points - 1);
        int i = 0;
        while (i < points) {
            if (smile.durrleman(fromK + i * step) >= 0.0) {
                i++;
                continue;
            }
            int first = i;
            int worst = i;
            while (i < points && !(smile.durrleman(fromK + i * step) >= 0.0)) {
                if (smile.durrleman(fromK + i * step) < smile.durrleman(fromK + worst * step)) {
                    worst = i;
                }
                i++;
            }
            double left = first == 0 ? fromK : zero(smile, fromK + (first - 1) * step, step);
            double right = i == points ? toK : zero(smile, fromK + i * step, -step);
            double worstK = fromK + worst * step;
            found.add(new Butterfly(left, right, worstK, smile.durrleman(worstK)));
        }
        return List.copyOf(found);
    }

    /** The zero between {@code free}, where the function is not negative, and a step further. */
    private static double zero(Smile smile, double free, double step) {
        double low = 0.0;
        double high = 1.0;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = 0.5 * (low + high);
            if (smile.durrleman(free + middle * step) >= 0.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return free + high * step;
    }
}
