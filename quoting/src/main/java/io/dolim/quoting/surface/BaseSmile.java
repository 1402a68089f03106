package io.dolim.quoting.surface;

import java.util.Arrays;

/** The raw SVI part of a slice, in the units of {@link SmileQuotes}: robust and without butterflies. */
final class BaseSmile {

    /** Fewer quotes than parameters make no smile. */
    static final int LEAST_QUOTES = 5;

    /**
     * How steep a wing may be in units of at-the-money standard deviations. Gatheral and Jacquier's
     * second condition for an SSVI slice says {@code b (1 + |rho|) <= sqrt(theta (1 + |rho|))}, at most
     * 1.41 in these units.
     */
    private static final double STEEPEST = 1.4;

    /** A quote is bad when its residual stands out of its neighbours' by so many deviations ... */
    private static final double OUTLYING_DEVIATIONS = 8.0;

    /** ... and by so much of the volatility there ... */
    private static final double OUTLYING_SHARE = 0.10;

    /** ... or, at an end where a wing may bend, by so much. */
    private static final double OUTLYING_SHARE_AT_END = 0.35;

    /** Quotes this many standard deviations out count half in the base. */
    private static final double HALF_WEIGHT_AT = 4.0;

    /** Where more than one in so many stand out, it is the market that is rough. */
    private static final int MOST_OUTLIERS = 4;

    private static final int MIXES = 16;

    private BaseSmile() {}

    /** The smile that the correction starts from. */
    static RawSvi fit(SmileQuotes quotes) {
        RawSvi raw = leastSquares(quotes, weights(quotes));
        return withoutButterfly(raw, quotes);
    }

    /** Which quotes stand out of their neighbours, judged against a robust smile. */
    static boolean[] outliers(SmileQuotes quotes) {
        int n = quotes.size();
        double[] weight = weights(quotes);
        double[] residual = new double[n];
        for (int round = 0; round < 3; round++) {
            RawSvi raw = leastSquares(quotes, weight);
            double[] size = new double[n];
            for (int i = 0; i < n; i++) {
                double fitted = Math.sqrt(Math.max(raw.totalVariance(quotes.x[i]), 1e-6));
                residual[i] = Math.sqrt(quotes.y[i]) - fitted;
                size[i] = Math.abs(residual[i]);
            }
            double typical = 1.4826 * median(size) + 0.005;
            double[] base = weights(quotes);
            for (int i = 0; i < n; i++) {
                double t = residual[i] / (2.0 * typical);
                weight[i] = base[i] / (1.0 + t * t);
            }
        }
        return standingOut(quotes, residual);
    }

    private static boolean[] standingOut(SmileQuotes quotes, double[] residual) {
        int n = residual.length;
        double[] size = new double[n];
        for (int i = 0; i < n; i++) {
            size[i] = Math.abs(apart(residual, i, new boolean[n]));
        }
        double typical = 1.4826 * median(size) + 0.003;
        boolean[] marked = standingOut(quotes, residual, typical, new boolean[n]);
        int count = 0;
        for (boolean one : marked) {
            count += one ? 1 : 0;
        }
        if (MOST_OUTLIERS * count > n) {
            return new boolean[n];
        }
        // an outermost quote has two neighbours, and of a bad one it stands out itself: judged
        // again
        boolean[] still = standingOut(quotes, residual, typical, marked);
        marked[0] &= still[0] || marked[2];
        marked[n - 1] &= still[n - 1] || marked[n - 3];
        return marked;
    }

    private static boolean[] standingOut(
            SmileQuotes quotes, double[] residual, double typical, boolean[] without) {
        int n = residual.length;
        boolean[] marked = new boolean[n];
        for (int i = 0; i < n; i++) {
            boolean end = i < 2 || i >= n - 2;
            double share = end ? OUTLYING_SHARE_AT_END : OUTLYING_SHARE;
            double apart = apart(residual, i, without);
            double expected = Math.max(Math.sqrt(quotes.y[i]) - apart, 0.3);
            double size = Math.abs(apart);
            marked[i] = size > OUTLYING_DEVIATIONS * typical && size > share * expected;
        }
        return marked;
    }

    /** A residual less the median of its four neighbours', of those that count. */
    private static double apart(double[] residual, int i, boolean[] without) {
        double[] found = new double[4];
        int n = 0;
        for (int j = i - 2; j <= i + 2; j++) {
            if (j != i && j >= 0 && j < residual.length && !without[j]) {
                found[n++] = residual[j];
            }
        }
        return residual[i] - median(Arrays.copyOf(found, n));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? 0.0 : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }

    /** One over the squared error of variance that one unit of relative volatility makes. */
    private static double[] weights(SmileQuotes quotes) {
        double[] weight = new double[quotes.size()];
        for (int i = 0; i < weight.length; i++) {
            double out = quotes.x[i] / HALF_WEIGHT_AT;
            weight[i] = quotes.trust[i] / (4.0 * quotes.y[i] * (1.0 + out * out));
        }
        return weight;
    }

    private static RawSvi leastSquares(SmileQuotes quotes, double[] weight) {
        double steepest = Math.min(STEEPEST, 1.9 / quotes.scale);
        return new SviLeastSquares(quotes.x, quotes.y, weight, steepest).fit();
    }

    /** The raw smile, else mixed towards its guaranteed repair, else flat at its money. */
    private static RawSvi withoutButterfly(RawSvi raw, SmileQuotes quotes) {
        RawSvi real = real(raw, quotes.scale);
        if (free(real, quotes)) {
            return raw;
        }
        SviJumpWings wings = SviJumpWings.of(real, quotes.years);
        SviJumpWings repaired = wings.withoutButterfly();
        for (int i = 1; i <= MIXES && repaired.c() > 0.0; i++) {
            SviJumpWings mixed = wings.towards(repaired, (double) i / MIXES);
            if (mixed.exists() && free(mixed.raw(), quotes)) {
                return normalised(mixed.raw(), quotes.scale);
            }
        }
        return RawSvi.flat(Math.max(raw.totalVariance(0.0), raw.minimum()));
    }

    private static boolean free(RawSvi real, SmileQuotes quotes) {
        return SmileCheck.passes(
                new SviSmile(real, java.util.List.of()), quotes.fromK(), quotes.toK());
    }

    /** From the units of the fit to those of log-moneyness and total variance. */
    static RawSvi real(RawSvi raw, double scale) {
        return new RawSvi(
                raw.a() * scale * scale,
                raw.b() * scale,
                raw.rho(),
                raw.m() * scale,
                raw.sigma() * scale);
    }

    private static RawSvi normalised(RawSvi raw, double scale) {
        return real(raw, 1.0 / scale);
    }
}
