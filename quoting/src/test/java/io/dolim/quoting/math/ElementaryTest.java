package io.dolim.quoting.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ElementaryTest {
    private static final long SEED = 20_260_101L;
    private static final MathContext DIGITS = new MathContext(45);

    interface Exact {
        BigDecimal at(BigDecimal x);
    }

    interface Points {
        double next(SplittableRandom random);
    }

    @Test
    void theExponentialIsWithinOneUlpOverItsWholeRange() {
        Exact exact = x -> HighPrecision.exp(x, DIGITS);
        holds("exp wide", 0.9, 1500, r -> r.nextDouble(-708, 709.78), Elementary::exp, exact);
        holds("exp small", 0.9, 1500, r -> r.nextDouble(-1, 1), Elementary::exp, exact);
        holds("exp tiny", 0.9, 200, ElementaryTest::tiny, Elementary::exp, exact);
        holds("exp subnormal", 1.0, 500, r -> r.nextDouble(-745.13, -708), Elementary::exp, exact);
        holds(
                "exp last",
                0.9,
                100,
                r -> 709.782712893384 - r.nextDouble(1e-10),
                Elementary::exp,
                exact);
    }

    @Test
    void theExponentialEndsAtZeroAndAtInfinity() {
        assertEquals(1.0, Elementary.exp(0.0));
        assertEquals(1.0, Elementary.exp(-0.0));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(709.782712893385));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(1e300));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.exp(Double.POSITIVE_INFINITY));
        assertEquals(Double.MIN_VALUE, Elementary.exp(-745.13));
        assertEquals(0.0, Elementary.exp(-745.14));
        assertEquals(0.0, Elementary.exp(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(Elementary.exp(Double.NaN)));
    }

    @Test
    void theExponentialLessOneIsWithinOneUlpAlsoNearZero() {
        Exact exact = x -> HighPrecision.exp(x, new MathContext(80)).subtract(BigDecimal.ONE);
        holds("expm1", 1.0, 3000, r -> r.nextDouble(-3, 3), Elementary::expm1, exact);
        holds("expm1 wide", 1.0, 1000, r -> r.nextDouble(-45, 700), Elementary::expm1, exact);
        holds("expm1 tiny", 1.0, 300, ElementaryTest::tiny, Elementary::expm1, exact);
        assertEquals(-1.0, Elementary.expm1(Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.expm1(Double.POSITIVE_INFINITY));
        assertEquals(-0.0, Elementary.expm1(-0.0));
        assertTrue(Double.isNaN(Elementary.expm1(Double.NaN)));
    }

    @Test
    void theLogarithmIsWithinOneUlpFromTheSmallestToTheLargestDouble() {
        Exact exact = x -> HighPrecision.log(x, DIGITS);
        holds("log any", 0.9, 2000, ElementaryTest::anyPositive, Elementary::log, exact);
        holds("log near one", 0.9, 2000, r -> r.nextDouble(0.7, 1.45), Elementary::log, exact);
        holds("log at one", 0.9, 300, r -> 1.0 + tiny(r), Elementary::log, exact);
        holds(
                "log subnormal",
                0.9,
                300,
                r -> r.nextLong(1, 1L << 52) * Double.MIN_VALUE,
                Elementary::log,
                exact);
    }

    @Test
    void theLogarithmRefusesNegativesWithNaN() {
        assertEquals(0.0, Elementary.log(1.0));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log(0.0));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log(-0.0));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.log(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(Elementary.log(-1e-300)));
        assertTrue(Double.isNaN(Elementary.log(Double.NaN)));
        assertEquals(Double.NEGATIVE_INFINITY, Elementary.log1p(-1.0));
        assertEquals(-0.0, Elementary.log1p(-0.0));
        assertEquals(Double.POSITIVE_INFINITY, Elementary.log1p(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(Elementary.log1p(-1.5)));
        assertTrue(Double.isNaN(Elementary.log1p(Double.NaN)));
    }

    @Test
    void theLogarithmOfOnePlusIsWithinOneUlpAlsoNearZero() {
        Exact exact = x -> HighPrecision.log(x.add(BigDecimal.ONE), new MathContext(70));
        holds("log1p", 1.0, 2000, r -> r.nextDouble(-0.99, 3), Elementary::log1p, exact);
        holds("log1p tiny", 1.0, 300, ElementaryTest::tiny, Elementary::log1p, exact);
        holds("log1p wide", 1.0, 300, ElementaryTest::anyPositiveNormal, Elementary::log1p, exact);
    }

    @Test
    void theLogarithmOfARatioKeepsItsDigitsWhereBothAreNearlyEqual() {
        SplittableRandom random = new SplittableRandom(SEED);
        double worst = 0;
        for (int i = 0; i < 2000; i++) {
            double b = random.nextDouble(0.5, 100_000);
            double a = b * (1 + tiny(random));
            if (a != b) {
                BigDecimal ratio = new BigDecimal(a).divide(new BigDecimal(b), new MathContext(70));
                worst =
                        Math.max(
                                worst,
                                HighPrecision.ulps(
                                        Elementary.logRatio(a, b),
                                        HighPrecision.log(ratio, DIGITS)));
            }
        }
        report("logRatio", worst, 1.0);
    }

    @Test
    void theNormalDensityAndDistributionKeepTheirDigitsDeepInTheTail() {
        holds(
                "pdf",
                3.0,
                600,
                r -> r.nextDouble(-37, 37),
                Elementary::normalPdf,
                x -> HighPrecision.density(x, DIGITS));
        Exact cdf = ElementaryTest::exactCdf;
        holds("cdf", 4.0, 600, r -> r.nextDouble(-6, 6), Elementary::normalCdf, cdf);
        holds("cdf tail", 4.0, 60, r -> r.nextDouble(-37, -6), Elementary::normalCdf, cdf);
        assertEquals(0.5, Elementary.normalCdf(0.0));
        assertEquals(0.0, Elementary.normalCdf(Double.NEGATIVE_INFINITY));
        assertEquals(1.0, Elementary.normalCdf(Double.POSITIVE_INFINITY));
        assertEquals(0.0, Elementary.normalPdf(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(Elementary.normalCdf(Double.NaN)));
        assertTrue(Double.isNaN(Elementary.normalPdf(Double.NaN)));
    }

    @Test
    @Tag("slow")
    void theMillsRatioAndItsSlopeKeepTheirDigitsAndJoinTheirContinuedFraction() {
        Exact mills = x -> exactMills(x);
        Exact slope = x -> BigDecimal.ONE.subtract(x.multiply(exactMills(x)));
        holds("mills", 2.0, 400, r -> r.nextDouble(0, 8), Elementary::mills, mills);
        holds("mills far", 2.0, 30, r -> r.nextDouble(8, 40), Elementary::mills, mills);
        holds("slope", 3.0, 400, r -> r.nextDouble(0, 2), Elementary::millsSlope, slope);
        holds("slope far", 6.0, 100, r -> r.nextDouble(2, 40), Elementary::millsSlope, slope);
        holds("mills beyond", 2.0, 4, r -> r.nextDouble(64, 66), Elementary::mills, mills);
        holds("slope beyond", 3.0, 4, r -> r.nextDouble(64, 66), Elementary::millsSlope, slope);
        holds(
                "mills negative",
                6.0,
                100,
                r -> r.nextDouble(-8, 0),
                Elementary::mills,
                ElementaryTest::exactMillsOfNegative);
        assertEquals(0.0, Elementary.mills(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(Elementary.mills(Double.NaN)));
    }

    private static BigDecimal exactCdf(BigDecimal x) {
        BigDecimal tail = HighPrecision.lowerTail(x.abs(), DIGITS);
        return x.signum() < 0 ? tail : BigDecimal.ONE.subtract(tail);
    }

    private static BigDecimal exactMills(BigDecimal x) {
        return HighPrecision.lowerTail(x, DIGITS).divide(HighPrecision.density(x, DIGITS), DIGITS);
    }

    private static BigDecimal exactMillsOfNegative(BigDecimal x) {
        return BigDecimal.ONE
                .subtract(HighPrecision.lowerTail(x.abs(), DIGITS))
                .divide(HighPrecision.density(x, DIGITS), DIGITS);
    }

    private static void holds(
            String name,
            double bound,
            int count,
            Points points,
            DoubleUnaryOperator function,
            Exact exact) {
        SplittableRandom random = new SplittableRandom(SEED);
        double worst = 0;
        for (int i = 0; i < count; i++) {
            double x = points.next(random);
            double ulps =
                    HighPrecision.ulps(function.applyAsDouble(x), exact.at(new BigDecimal(x)));
            assertTrue(
                    ulps <= bound,
                    () ->
                            name
                                    + " at x="
                                    + x
                                    + " is "
                                    + ulps
                                    + " ulp off, bound "
                                    + bound
                                    + ", seed "
                                    + SEED);
            worst = Math.max(worst, ulps);
        }
        report(name, worst, bound);
    }

    private static void report(String name, double worst, double bound) {
        System.out.printf("%-16s worst %.3f ulp (bound %.1f)%n", name, worst, bound);
        assertTrue(
                worst <= bound,
                () -> name + " worst " + worst + " ulp, bound " + bound + ", seed " + SEED);
    }

    private static double tiny(SplittableRandom random) {
        return Math.scalb(random.nextDouble(0.5, 1), random.nextInt(-60, -3))
                * (random.nextBoolean() ? 1 : -1);
    }

    private static double anyPositive(SplittableRandom random) {
        return Double.longBitsToDouble(
                random.nextLong(1, Double.doubleToRawLongBits(Double.POSITIVE_INFINITY)));
    }

    private static double anyPositiveNormal(SplittableRandom random) {
        return Math.scalb(random.nextDouble(0.5, 1), random.nextInt(-50, 1000));
    }
}
