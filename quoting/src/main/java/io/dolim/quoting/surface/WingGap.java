package io.dolim.quoting.surface;

import io.dolim.quoting.math.Elementary;

/**
 * What is expected in the middle of a wide gap between two quotes of one wing, where a spline alone
 * would swing: the logarithm of the price out of the money lies as far from the base's as it does at
 * both quotes, in the mean. A smile that is the base is met exactly. Where even the dearer of the two
 * is worth less than two of a venue's ticks and volatility jumps outward, marks say little and lie
 * above that: there the price is three tenths of the way, in its logarithm, towards the straight line
 * between both prices, the dearest without arbitrage.
 *
 * <pre>  ln p = -k^2 / (2 w), up to factors that hardly differ within a gap</pre>
 */
final class WingGap {

    /** Nearer the money, in standard deviations at the money, the spline knows better. */
    private static final double NEAREST = 4.0;

    /** Narrower gaps are left to the spline. */
    private static final double NARROWEST = 1.0;

    /** Worth as a share of the forward below which marks say little. */
    private static final double TWO_TICKS = 2e-4;

    /** How far towards the dearest price, where volatility jumps by {@code JUMP} of itself or more. */
    private static final double DEARER = 0.3;

    private static final double JUMP = 0.1;

    private WingGap() {}

    /** Whether anything is expected between the quotes {@code i} and the next. */
    static boolean isWide(SmileQuotes quotes, int i) {
        double a = quotes.x[i];
        double b = quotes.x[i + 1];
        return b - a >= NARROWEST && (a >= NEAREST || b <= -NEAREST);
    }

    /** Total variance expected in the middle of a wide gap. */
    static double middle(SmileQuotes quotes, int i, RawSvi base) {
        int inner = quotes.x[i] > 0.0 ? i : i + 1;
        int outer = quotes.x[i] > 0.0 ? i + 1 : i;
        double x = 0.5 * (quotes.x[i] + quotes.x[i + 1]);
        double near = exponent(quotes.x[inner], quotes.y[inner]);
        double far = exponent(quotes.x[outer], quotes.y[outer]);
        double apart =
                0.5 * (near - exponent(quotes.x[inner], base.totalVariance(quotes.x[inner])))
                        + 0.5
                                * (far
                                        - exponent(
                                                quotes.x[outer],
                                                base.totalVariance(quotes.x[outer])));
        double even = exponent(x, base.totalVariance(x)) + apart;
        if (!(far > near && even > near && even < far)) {
            // quotes and base contradict each other: no more than between the two is known
            return exponent(x, 1.0) / (0.5 * (near + far));
        }
        double dearest = near - Elementary.log(0.5 + 0.5 * Elementary.exp(near - far));
        return exponent(x, 1.0) / (even + dearer(quotes, inner, outer) * (dearest - even));
    }

    private static double dearer(SmileQuotes quotes, int inner, int outer) {
        double jump = Math.sqrt(quotes.y[outer] / quotes.y[inner]) - 1.0;
        return worth(quotes, inner) < TWO_TICKS
                ? DEARER * Math.max(0.0, Math.min(1.0, jump / JUMP))
                : 0.0;
    }

    private static double exponent(double x, double y) {
        return x * x / (2.0 * y);
    }

    /** Price out of the money, as a share of the forward. */
    private static double worth(SmileQuotes quotes, int i) {
        double out = Math.abs(quotes.x[i]) * quotes.scale;
        double deviation = Math.sqrt(quotes.y[i]) * quotes.scale;
        double near = Elementary.normalCdf(-out / deviation + 0.5 * deviation);
        double far = Elementary.normalCdf(-out / deviation - 0.5 * deviation);
        return quotes.x[i] > 0.0
                ? near - Elementary.exp(out) * far
                : Elementary.exp(-out) * near - far;
    }
}
