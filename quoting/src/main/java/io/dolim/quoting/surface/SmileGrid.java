package io.dolim.quoting.surface;

import java.util.OptionalLong;

/**
 * The steps in which a smile's numbers are told. With {@code s = 2^exponent}, about its standard
 * deviation at the money:
 *
 * <pre>
 *   k, m, sigma   s 2^-18        b, a slope   s 2^-26
 *   a, value      s^2 2^-28      rho, curvature   2^-24
 * </pre>
 *
 * A total variance is off by at most 2^-28 of the one at the money, a volatility of 50 % by 1e-9.
 * All steps are powers of two: a whole number of them is a double, exactly. The steps of a smaller
 * exponent contain those of a larger one.
 *
 * @param exponent of two, -32 to 4
 */
public record SmileGrid(int exponent) {

    private static final int LEAST = -32;
    private static final int MOST = 4;

    /** Whole numbers below this are doubles, each. */
    private static final double MOST_STEPS = 1L << 52;

    /** Refuses an exponent that no option has. */
    public SmileGrid {
        if (exponent < LEAST || exponent > MOST) {
            throw new IllegalArgumentException("exponent=" + exponent + " not in -32 to 4");
        }
    }

    /** What a number of a smile is. */
    public enum Unit {
        /** A log-moneyness: k, m and sigma. */
        MONEYNESS,
        /** A total variance: a, and a knot's value. */
        VARIANCE,
        /** A slope of total variance: b. */
        SLOPE,
        /** A number without a scale: rho, and a knot's curvature. */
        PURE
    }

    /** The steps that fit a smile. */
    static SmileGrid of(SviSmile smile) {
        int own = Math.getExponent(Math.sqrt(smile.totalVariance(0.0)));
        return new SmileGrid(Math.max(LEAST, Math.min(MOST, own)));
    }

    private double step(Unit unit) {
        return Math.scalb(
                1.0,
                switch (unit) {
                    case MONEYNESS -> exponent - 18;
                    case VARIANCE -> 2 * exponent - 28;
                    case SLOPE -> exponent - 26;
                    case PURE -> -24;
                });
    }

    /** So many steps. */
    public double of(Unit unit, long steps) {
        return steps * step(unit);
    }

    /** How many steps a number is; empty when it is no whole number of them. */
    public OptionalLong steps(Unit unit, double number) {
        double steps = number / step(unit);
        boolean whole = steps == Math.rint(steps) && Math.abs(steps) < MOST_STEPS;
        // a negative zero would come back as a positive one
        boolean told = whole && (steps != 0.0 || Double.doubleToRawLongBits(number) == 0L);
        return told ? OptionalLong.of((long) steps) : OptionalLong.empty();
    }

    double nearest(Unit unit, double number) {
        return Math.rint(number / step(unit)) * step(unit) + 0.0;
    }

    double outward(double k) {
        double steps = k / step(Unit.MONEYNESS);
        return (k < 0.0 ? Math.floor(steps) : Math.ceil(steps)) * step(Unit.MONEYNESS) + 0.0;
    }
}
