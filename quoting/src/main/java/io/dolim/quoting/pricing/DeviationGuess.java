package io.dolim.quoting.pricing;

import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.pricing.ImpliedDeviation.Objective;

/**
 * Where the search for a deviation starts, and on which objective.
 *
 * <p>p(s) has its inflection at s_c = sqrt(2x). Its tangent there meets 0 at s_l and 1 at s_u; with the ends these cut [0, 1] into four
 * segments. In the two inner ones s is a rational cubic of p (Delbourgo and Gregory 1985) with the right slopes at both ends and no
 * curvature at s_c. In the outer ones a function of s that is nearly proportional to p (below), or to 1 - p (above), is interpolated.
 */
record DeviationGuess(double deviation, Objective objective) {
    private static final double SQRT_3 = 0x1.bb67ae8584caap0;
    private static final double SQRT_2PI = 0x1.40d931ff62706p1;
    private static final double TWO_PI_OVER_SQRT_27 = 0x1.358e1a79ed7e1p0;

    static DeviationGuess of(double x, double share, double missing) {
        double centre = Math.sqrt(2.0 * x);
        double risen =
                centre < 1e-3
                        ? centre * (1.0 - centre * (0.6266570686577501 - centre * (1.0 / 3.0)))
                        : 0x1.40d931ff62706p0 - Elementary.mills(centre);
        double shareAtCentre = risen / SQRT_2PI;
        if (share < shareAtCentre) {
            double left =
                    centre < 1e-3
                            ? centre * centre * (0.6266570686577501 - centre * (1.0 / 3.0))
                            : centre - risen;
            BlackShare atLeft = BlackShare.at(x, left);
            return share < atLeft.share()
                    ? new DeviationGuess(below(x, left, atLeft, share), Objective.RECIPROCAL_LOG)
                    : new DeviationGuess(
                            innerLeft(left, atLeft, centre, shareAtCentre, share), Objective.SHARE);
        }
        double right = centre + (1.0 - shareAtCentre) * SQRT_2PI;
        BlackShare atRight = BlackShare.at(x, right);
        if (missing > atRight.missing()) {
            Objective objective = share > 0.5 ? Objective.LOG_MISSING : Objective.SHARE;
            return new DeviationGuess(
                    innerRight(centre, shareAtCentre, right, atRight, share), objective);
        }
        return new DeviationGuess(above(x, right, atRight, missing), Objective.LOG_MISSING);
    }

    private static double innerLeft(
            double left, BlackShare atLeft, double centre, double atCentre, double share) {
        double width = atCentre - atLeft.share();
        double slopeLeft = 1.0 / atLeft.slope();
        double mean = (centre - left) / width;
        double control = (SQRT_2PI - slopeLeft) / (SQRT_2PI - mean);
        return cubic(
                (share - atLeft.share()) / width,
                width,
                left,
                centre,
                slopeLeft,
                SQRT_2PI,
                control);
    }

    private static double innerRight(
            double centre, double atCentre, double right, BlackShare atRight, double share) {
        double width = atRight.share() - atCentre;
        double slopeRight = 1.0 / atRight.slope();
        double mean = (right - centre) / width;
        double control = (slopeRight - SQRT_2PI) / (mean - SQRT_2PI);
        return cubic(
                (share - atCentre) / width, width, centre, right, SQRT_2PI, slopeRight, control);
    }

    /** f(s) = e^(x/2) 2 pi x / sqrt(27) N(-x / (s sqrt 3))^3 has f/p -> 1 at zero. */
    private static double below(double x, double left, BlackShare atLeft, double share) {
        double scale = Elementary.exp(0.5 * x) * TWO_PI_OVER_SQRT_27 * x;
        double z = x / (SQRT_3 * left);
        double tail = Elementary.normalCdf(-z);
        double value = scale * tail * tail * tail;
        double mills = Elementary.mills(z);
        double slope = z * mills * z * mills * Elementary.exp(0.125 * left * left);
        double bend = (2.0 * z * Elementary.millsSlope(z) / mills - 2.0) / left + 0.25 * left;
        double width = atLeft.share();
        double control =
                (0.5 * width * slope * bend / atLeft.slope() + (slope - 1.0))
                        / (slope - value / width);
        double f = cubic(share / width, width, 0.0, value, 1.0, slope, control);
        double third = Elementary.exp(Elementary.log(f > 0.0 ? f / scale : share / scale) / 3.0);
        return x / (SQRT_3 * Math.max(quantileOfTail(third), 1e-3));
    }

    /** f(s) = N(-s/2) has f/(1-p) -> e^(-x/2)/2 at infinity. */
    private static double above(double x, double right, BlackShare atRight, double missing) {
        double width = atRight.missing();
        double value = Elementary.normalCdf(-0.5 * right);
        double end = 0.5 * Elementary.exp(-0.5 * x);
        double y = x / right;
        double slope = end * Elementary.exp(0.5 * y * y);
        double f = cubic(missing / width, width, 0.0, value, end, slope, 3.0);
        return 2.0 * quantileOfTail(f > 0.0 ? f : end * missing);
    }

    /** Rational cubic on [0, 1] with values a, b, slopes per unit of the argument and the control parameter r; r = 3 is Hermite's. */
    private static double cubic(
            double t, double width, double a, double b, double slopeA, double slopeB, double r) {
        double control = r > -0.9 && r < 1e6 ? r : 3.0;
        double rest = 1.0 - t;
        double top =
                b * t * t * t
                        + (control * b - width * slopeB) * t * t * rest
                        + (control * a + width * slopeA) * t * rest * rest
                        + a * rest * rest * rest;
        return top / (1.0 + (control - 3.0) * t * rest);
    }

    /** z >= 0 with N(-z) = tail, to 5e-4: Abramowitz and Stegun 26.2.23; zero for a tail of a half and more. */
    private static double quantileOfTail(double tail) {
        if (!(tail < 0.5)) {
            return 0.0;
        }
        double r = Math.sqrt(-2.0 * Elementary.log(Math.max(tail, Double.MIN_VALUE)));
        double top = 2.515517 + r * (0.802853 + r * 0.010328);
        double bottom = 1.0 + r * (1.432788 + r * (0.189269 + r * 0.001308));
        return Math.max(r - top / bottom, 0.0);
    }
}
