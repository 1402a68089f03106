package io.dolim.quoting.math;

/**
 * The constants of {@link Elementary} and {@link ElementaryLanes}: one table, so that scalar and lanes cannot drift apart.
 *
 * <p>The polynomials and rationals are our own fits, made with 250 to 320 bits: interpolation at Chebyshev nodes for exp and log, least
 * squares on relative error with reweighting for the Mills ratio. Errors are stated in u = 2^-53, before rounding.
 */
final class Coefficients {
    private Coefficients() {}

    /** Adding and subtracting 1.5 x 2^52 rounds a small double to the nearest integer and leaves that integer in the low bits. */
    static final double SHIFT = 0x1.8p52;

    static final double LOG2_E = 0x1.71547652b82fep+0;
    static final double LN2 = 0x1.62e42fefa39efp-1;
    static final double LN2_REST = 0x1.abc9e3b39803fp-56;

    /** ln 2 with twelve trailing zero bits: a multiple by any exponent is exact. */
    static final double LN2_SHORT = 0x1.62e42fefa3000p-1;

    static final double LN2_SHORT_REST = 0x1.3de6af278ece6p-42;

    /** Below it exp is zero, above {@link #EXP_MAX} it is infinite. */
    static final double EXP_MIN = -746.0;

    static final double EXP_MAX = 710.0;

    static final double INV_SQRT_2PI = 0x1.9884533d43651p-2;

    static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
    static final long ONE_BITS = 0x3ff0000000000000L;
    static final long MANTISSA_MASK = 0x000fffffffffffffL;

    /** The bits of 2^52: a number below 2^52 put into its mantissa is that number plus 2^52. */
    static final long TWO_52_BITS = 0x4330000000000000L;

    /** 2^52 + 1023. */
    static final double TWO_52_AND_BIAS = 0x1.0p52 + 1023.0;

    /** (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2; error 0.15 u of e^r. */
    static final double[] EXP = {
        0x1.0000000000001p-1,
        0x1.5555555555556p-3,
        0x1.5555555553d4fp-5,
        0x1.11111111109adp-7,
        0x1.6c16c17893833p-10,
        0x1.a01a01a7c8d47p-13,
        0x1.a019b8ef67c6cp-16,
        0x1.71de0d9c145d0p-19,
        0x1.2891a8c1d838dp-22,
        0x1.af38d53857513p-26
    };

    /** (2 atanh(s) / s - 2) / z with z = s^2 <= 0.0295; error 0.05 u of the logarithm. */
    static final double[] LOG = {
        0x1.5555555555558p-1,
        0x1.9999999995273p-2,
        0x1.2492492dfd86cp-2,
        0x1.c71c62d5e53e0p-3,
        0x1.7462b91b8df65p-3,
        0x1.39fdcceb4bb45p-3,
        0x1.2b5f68a50d903p-3
    };

    /**
     * Numerator A of R(x) = A/B on [0, 64], where the Mills ratio is M = N(-x)/phi(x) = 1/(x + R) = B/(x B + A). Every coefficient is
     * positive, so nothing cancels, and a rounding error in B all but leaves the quotient; error 0.06 u.
     */
    static final double[] MILLS_A = {
        0x1.9884533d43651p-1,
        0x1.1db8d249dff15p+0,
        0x1.9543f7fed6683p-1,
        0x1.7708cbdb2793ap-2,
        0x1.efb10c1433795p-4,
        0x1.e5d8a9b7f30ccp-6,
        0x1.64b6d2db1ea98p-8,
        0x1.83a3dc7765948p-11,
        0x1.2b6ea2bf73f03p-14,
        0x1.2b3822dde44b8p-18,
        0x1.2a203d1e6a79cp-23
    };

    /** Denominator B. */
    static final double[] MILLS_B = {
        0x1.0p+0,
        0x1.dab078b4c2826p+0,
        0x1.b32ce6c4bfcefp+0,
        0x1.00fc70baa33c3p+0,
        0x1.af6a13b70149ap-2,
        0x1.0d466e376a93cp-3,
        0x1.fda2b29ba7a92p-6,
        0x1.6e044e6a1c7b8p-8,
        0x1.8850bd0374654p-11,
        0x1.2c98c2fc83d65p-14,
        0x1.2b3822dde5f41p-18,
        0x1.2a203d1e6a4e7p-23
    };

    /** Above it A and B no longer hold; the density has been zero since 38.6. */
    static final double MILLS_MAX = 64.0;
}
