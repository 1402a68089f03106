package io.dolim.quoting.pricing;

import io.dolim.quoting.math.Elementary;

/** The total deviation s at which {@link BlackShare} gives a share: Householder steps of order three inside a shrinking bracket. */
final class ImpliedDeviation {
    private ImpliedDeviation() {}

    /** Two steps are the rule; the bracket halves where a step would leave it, so this many always suffice. */
    static final int MOST_STEPS = 100;

    private static final double CLOSE = 1e-6;

    /** @return s with a relative error of some 1e-15 or better, to be refined by {@link #correction} */
    static double solve(double x, double share, double missing) {
        DeviationGuess guess = DeviationGuess.of(x, share, missing);
        double s = guess.deviation();
        double least = 0.0;
        double most = Double.MAX_VALUE;
        for (int step = 0; step < MOST_STEPS; step++) {
            BlackShare black = BlackShare.at(x, s);
            boolean below = share > 0.5 ? black.missing() > missing : black.share() < share;
            least = below ? s : least;
            most = below ? most : s;
            double change = householder(guess.objective(), x, s, black, share, missing);
            double next = s + change;
            if (Math.abs(change) <= CLOSE * s) {
                return next;
            }
            if (!(next > least && next < most)) {
                next = most == Double.MAX_VALUE ? 2.0 * s : 0.5 * (least + most);
            }
            s = next;
        }
        return s;
    }

    /** What Newton adds to s: below the last place of s, to be added to the rounded result only at the end. */
    static double correction(double x, double s, double share, double missing) {
        BlackShare black = BlackShare.at(x, s);
        if (black.slope() < Double.MIN_NORMAL) {
            return 0.0;
        }
        double lacking = share > 0.5 ? black.missing() - missing : share - black.share();
        return lacking / black.slope();
    }

    private static double householder(
            Objective objective,
            double x,
            double s,
            BlackShare black,
            double share,
            double missing) {
        double y = x / s;
        double bend = (y * y / s) - 0.25 * s;
        double twist = bend * bend - 3.0 * (y / s) * (y / s) - 0.25;
        return switch (objective) {
            case SHARE -> step((share - black.share()) / black.slope(), bend, twist);
            case RECIPROCAL_LOG -> reciprocalLog(black, bend, twist, share);
            case LOG_MISSING -> logMissing(black, bend, twist, missing);
        };
    }

    /** 1/ln p - 1/ln share: nearly straight where p falls like exp(-x^2 / 2 s^2). */
    private static double reciprocalLog(BlackShare black, double bend, double twist, double share) {
        double log = Elementary.log(black.share());
        double target = Elementary.log(share);
        double d1 = black.slope() / black.share();
        double second = bend - d1;
        double third = twist - d1 * bend - 2.0 * d1 * second;
        double over = d1 / log;
        double newton = log * (target - log) / (target * d1);
        return step(newton, second - 2.0 * over, third - 6.0 * over * second + 6.0 * over * over);
    }

    /** ln (1 - p): nearly straight in the far wing, where 1 - p falls like exp(-s^2 / 8). */
    private static double logMissing(BlackShare black, double bend, double twist, double missing) {
        double d1 = -black.slope() / black.missing();
        double newton = Elementary.log(missing / black.missing()) / d1;
        double second = bend - d1;
        double third = second * (bend - 2.0 * d1) + twist - bend * bend;
        return step(newton, second, third);
    }

    /** Householder's third order with nu = -g/g', g''/g' and g'''/g'. */
    private static double step(double newton, double second, double third) {
        return newton
                * (1.0 + 0.5 * second * newton)
                / (1.0 + newton * (second + third * newton / 6.0));
    }

    /** On what the steps are taken. */
    enum Objective {
        RECIPROCAL_LOG,
        SHARE,
        LOG_MISSING
    }
}
