package io.dolim.quoting.math;

import static io.dolim.quoting.math.Coefficients.EXP_MAX;
import static io.dolim.quoting.math.Coefficients.EXP_MIN;
import static io.dolim.quoting.math.Coefficients.INV_SQRT_2PI;
import static io.dolim.quoting.math.Coefficients.LN2;
import static io.dolim.quoting.math.Coefficients.LN2_REST;
import static io.dolim.quoting.math.Coefficients.LN2_SHORT;
import static io.dolim.quoting.math.Coefficients.LN2_SHORT_REST;
import static io.dolim.quoting.math.Coefficients.LOG2_E;
import static io.dolim.quoting.math.Coefficients.MANTISSA_MASK;
import static io.dolim.quoting.math.Coefficients.MILLS_MAX;
import static io.dolim.quoting.math.Coefficients.ONE_BITS;
import static io.dolim.quoting.math.Coefficients.SHIFT;
import static io.dolim.quoting.math.Coefficients.SQRT_HALF_BITS;
import static io.dolim.quoting.math.Coefficients.TWO_52_AND_BIAS;
import static io.dolim.quoting.math.Coefficients.TWO_52_BITS;

/**
 * Exponential, logarithm and normal distribution whose bits are the same on every machine.
 *
 * <p>Made of IEEE +, -, *, /, sqrt, fma and bit operations in one fixed order; the library's own {@code Math.exp} and {@code Math.log} may
 * differ by a last bit between processors and Java versions, and a price must not. The lanes of {@link ElementaryLanes} do the same operations in the
 * same order on vector lanes.
 *
 * <p>NaN in gives NaN out; nothing throws. Errors are in units in the last place (ulp) of the result, measured against 60 digits in the
 * tests and listed in {@code quoting/doc/numerics.md}.
 */
public final class Elementary {
    private Elementary() {}

    /** e^x within 1 ulp, gradual underflow included; 0 below -745.13, infinite above 709.78. */
    public static double exp(double x) {
        double clamped = Math.max(EXP_MIN, Math.min(x, EXP_MAX));
        double k = Math.fma(clamped, LOG2_E, SHIFT) - SHIFT;
        double exact = Math.fma(-k, LN2, clamped);
        double rest = -k * LN2_REST;
        double r = exact + rest;
        double lost = (exact - r) + rest;
        double tail = Math.fma(r * r, horner(Coefficients.EXP, r), Math.fma(lost, r, lost));
        double half = Math.fma(k, 0.5, SHIFT) - SHIFT;
        return (1.0 + (r + tail)) * powerOfTwo(half) * powerOfTwo(k - half);
    }

    /** e^x - 1 within 1 ulp, also near zero. */
    public static double expm1(double x) {
        if (Math.abs(x) < 0x1.0p-54) {
            return x;
        }
        if (x > 40.0 || x < -40.0) {
            return exp(x) - 1.0;
        }
        double k = Math.fma(x, LOG2_E, SHIFT) - SHIFT;
        double exact = Math.fma(-k, LN2, x);
        double rest = -k * LN2_REST;
        double r = exact + rest;
        double lost = (exact - r) + rest;
        double tail = Math.fma(r * r, horner(Coefficients.EXP, r), Math.fma(lost, r, lost));
        double one = 1.0 - powerOfTwo(-k);
        if (one == 0.0) {
            return r + tail;
        }
        double sum = one + r;
        double back = sum - one;
        double error = (one - (sum - back)) + (r - back);
        return (sum + (error + tail)) * powerOfTwo(k);
    }

    /** Natural logarithm within 1 ulp; -infinity at zero, NaN below. */
    public static double log(double x) {
        if (Double.isNaN(x) || x < 0.0) {
            return Double.NaN;
        }
        if (x == 0.0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        return x < Double.MIN_NORMAL ? logOf(x * 0x1.0p54, 0.0, -54.0) : logOf(x, 0.0, 0.0);
    }

    /** ln(1 + x) within 1 ulp, also near zero; -infinity at -1, NaN below. */
    public static double log1p(double x) {
        if (Double.isNaN(x) || x < -1.0) {
            return Double.NaN;
        }
        if (x == -1.0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == Double.POSITIVE_INFINITY || Math.abs(x) < 0x1.0p-54) {
            return x;
        }
        double u = 1.0 + x;
        double lost = Math.abs(x) < 1.0 ? x - (u - 1.0) : 1.0 - (u - x);
        return logOf(u, lost / u, 0.0);
    }

    /**
     * ln(a / b) within 1 ulp, also where a and b are nearly equal: the remainder of the division is carried into the logarithm.
     *
     * @param a positive; a, b and a / b must be normal doubles
     * @param b positive
     */
    public static double logRatio(double a, double b) {
        double quotient = a / b;
        double remainder = Math.fma(-quotient, b, a);
        return logOf(quotient, remainder / a, 0.0);
    }

    /** Standard normal density exp(-x^2/2) / sqrt(2 pi), within 3 ulp. */
    public static double normalPdf(double x) {
        double clamped = Math.min(Math.abs(x), 40.0);
        double square = clamped * clamped;
        double lost = Math.fma(clamped, clamped, -square);
        double e = exp(-0.5 * square);
        return Math.fma(-0.5 * lost, e, e) * INV_SQRT_2PI;
    }

    /** Standard normal distribution N(x), relative error within 4 ulp in the lower tail down to the smallest double. */
    public static double normalCdf(double x) {
        double tail = normalPdf(x) * millsBounded(Math.abs(x));
        return x < 0.0 ? tail : 1.0 - tail;
    }

    /** Mills ratio N(-x) / phi(x), within 2 ulp for x >= 0; for negative x it grows like sqrt(2 pi) exp(x^2/2). */
    public static double mills(double x) {
        if (x < 0.0) {
            return normalCdf(-x) / normalPdf(x);
        }
        return x > MILLS_MAX ? millsFraction(x) : millsBounded(x);
    }

    /** 1 - x M(x) = -M'(x) with M the {@link #mills} ratio, x >= 0, within 3 ulp up to 2 and 6 beyond: no cancellation in the tail. */
    public static double millsSlope(double x) {
        if (x > MILLS_MAX) {
            return slopeFraction(x);
        }
        double numerator = horner(Coefficients.MILLS_A, x);
        return numerator / Math.fma(x, horner(Coefficients.MILLS_B, x), numerator);
    }

    /**
     * The Mills ratio and its fall, which have their polynomials in common.
     *
     * @param ratio as {@link #mills} gives it
     * @param slope as {@link #millsSlope} gives it
     */
    public record Mills(double ratio, double slope) {

        /** Both at x >= 0, to the bit. */
        public static Mills at(double x) {
            if (x > MILLS_MAX) {
                return new Mills(millsFraction(x), slopeFraction(x));
            }
            double a = horner(Coefficients.MILLS_A, x);
            double b = horner(Coefficients.MILLS_B, x);
            double whole = Math.fma(x, b, a);
            return new Mills(b / whole, a / whole);
        }
    }

    /** {@link #mills} for x >= 0, held at its value at 64 beyond: there the density is zero. */
    static double millsBounded(double x) {
        double bounded = Math.min(x, MILLS_MAX);
        double denominator = horner(Coefficients.MILLS_B, bounded);
        return denominator / Math.fma(bounded, denominator, horner(Coefficients.MILLS_A, bounded));
    }

    private static double slopeFraction(double x) {
        return 1.0 / Math.fma(x, fraction(x, 2.0), 1.0);
    }

    private static double millsFraction(double x) {
        return 1.0 / (x + 1.0 / fraction(x, 2.0));
    }

    /** Laplace's continued fraction x + n/(x + (n+1)/(x + ...)), eight levels: at x >= 64 the rest is below 2^-60. */
    private static double fraction(double x, double first) {
        double value = x;
        for (int level = 7; level >= 0; level--) {
            value = x + (first + level) / value;
        }
        return value;
    }

    /** ln(u) + correction + extra ln 2, for a positive normal u; the operations of the lanes in the same order. */
    private static double logOf(double u, double correction, double extra) {
        long bits = Double.doubleToRawLongBits(u) + (ONE_BITS - SQRT_HALF_BITS);
        double k = Double.longBitsToDouble((bits >>> 52) | TWO_52_BITS) - TWO_52_AND_BIAS + extra;
        double f = Double.longBitsToDouble((bits & MANTISSA_MASK) + SQRT_HALF_BITS) - 1.0;
        double s = f / (2.0 + f);
        double z = s * s;
        double series = z * horner(Coefficients.LOG, z);
        double halfSquare = 0.5 * f * f;
        double small = Math.fma(s, halfSquare + series, Math.fma(k, LN2_SHORT_REST, correction));
        return k * LN2_SHORT - ((halfSquare - small) - f);
    }

    /** 2^k for a whole k in [-1022, 1023]. */
    private static double powerOfTwo(double k) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(k + SHIFT) << 52) + ONE_BITS);
    }

    private static double horner(double[] c, double x) {
        double sum = c[c.length - 1];
        for (int i = c.length - 2; i >= 0; i--) {
            sum = Math.fma(sum, x, c[i]);
        }
        return sum;
    }
}
