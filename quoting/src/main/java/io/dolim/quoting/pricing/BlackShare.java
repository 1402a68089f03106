package io.dolim.quoting.pricing;

import io.dolim.quoting.math.Elementary;

/**
 * The out-of-the-money option as a share of l = min(F,K), as a function of total deviation s at log-moneyness x = ln(h/l) >= 0.
 *
 * <pre>
 *   p(s) = N(u) - e^x N(-w) = phi(u) (M(-u) - M(w)),   u = s/2 - x/s,   w = s/2 + x/s,   p' = phi(u)
 *   1 - p = phi(u) (M(u) + M(w))
 * </pre>
 *
 * <p>Near the money both Mills ratios M(y - t), M(y + t), with y = x/s and t = s/2, are nearly equal. There their difference is the odd
 * series 2 t (I1 + t^2 I3 + t^4 I5 + ...), with I_k the k-th moment of u^k/k! under exp(-y u - u^2/2): every term is positive, and
 * k I_k = I_(k-2) - y I_(k-1).
 *
 * @param share p
 * @param missing 1 - p, computed without the difference
 * @param slope dp/ds
 */
record BlackShare(double share, double missing, double slope) {
    private static final double SERIES_DEVIATION = 1.5;
    private static final double SERIES_MONEYNESS = 1.0;

    static BlackShare at(double x, double s) {
        double t = 0.5 * s;
        double y = x / s;
        double yLost = Math.fma(-y, s, x) / s;
        double u = t - y;
        double back = u - t;
        double uLost = (t - (u - back)) - (y + back) - yLost;
        double plain = Elementary.normalPdf(u);
        double slope = Math.fma(-plain, u * uLost, plain);
        double w = t + y;
        if (u > 0.0 && s >= SERIES_DEVIATION) {
            double missing = slope * (Elementary.mills(u) + Elementary.mills(w));
            return new BlackShare(1.0 - missing, missing, slope);
        }
        double share =
                s < SERIES_DEVIATION && x <= SERIES_MONEYNESS
                        ? slope * series(y, t)
                        : u > 0.0
                                ? 1.0 - slope * (Elementary.mills(u) + Elementary.mills(w))
                                : slope * (Elementary.mills(-u) - Elementary.mills(w));
        return new BlackShare(share, 1.0 - share, slope);
    }

    private static double series(double y, double t) {
        Elementary.Mills mills = Elementary.Mills.at(y);
        double even = mills.ratio();
        double odd = mills.slope();
        double square = t * t;
        double power = 1.0;
        double sum = 0.0;
        for (int k = 2; k < 42; k += 2) {
            even = Math.fma(-y, odd, even) / k;
            odd = Math.fma(-y, even, odd) / (k + 1);
            power *= square;
            double term = power * odd;
            sum += term;
            if (term <= sum * 0x1.0p-60) {
                break;
            }
        }
        return 2.0 * t * (mills.slope() + sum);
    }
}
