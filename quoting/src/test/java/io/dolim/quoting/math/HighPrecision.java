package io.dolim.quoting.math;

import java.math.BigDecimal;
import java.math.MathContext;

/** The same functions by their plain series in BigDecimal: slow, independent of the fits, and right to some 40 digits. */
final class HighPrecision {
    private HighPrecision() {}

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    static final BigDecimal LN2 =
            atanhSeries(
                    new BigDecimal(1).divide(new BigDecimal(3), new MathContext(100)),
                    new MathContext(100));

    static BigDecimal exp(BigDecimal x, MathContext mc) {
        int halvings = 12;
        MathContext inner = new MathContext(mc.getPrecision() + 12);
        BigDecimal r = x.divide(BigDecimal.valueOf(1L << halvings), inner);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int i = 1; i < 2000; i++) {
            term = term.multiply(r, inner).divide(BigDecimal.valueOf(i), inner);
            if (term.signum() == 0 || term.precision() - term.scale() < -inner.getPrecision() - 2) {
                break;
            }
            sum = sum.add(term, inner);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, inner);
        }
        return sum;
    }

    static BigDecimal log(BigDecimal x, MathContext mc) {
        if (x.signum() <= 0) {
            throw new IllegalArgumentException("x=" + x + " rule=positive");
        }
        MathContext inner = new MathContext(mc.getPrecision() + 10);
        int k =
                x.doubleValue() > 0 && x.doubleValue() >= Double.MIN_NORMAL
                        ? Math.getExponent(x.doubleValue())
                        : -1060;
        BigDecimal m = k >= 0 ? x.divide(TWO.pow(k), inner) : x.multiply(TWO.pow(-k), inner);
        while (m.compareTo(new BigDecimal("0.7")) < 0) {
            m = m.multiply(TWO);
            k--;
        }
        while (m.compareTo(new BigDecimal("1.4")) > 0) {
            m = m.divide(TWO, inner);
            k++;
        }
        BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), inner);
        return atanhSeries(s, inner).add(LN2.multiply(BigDecimal.valueOf(k)), inner);
    }

    /** N(-x) for x >= 0. */
    static BigDecimal lowerTail(BigDecimal x, MathContext mc) {
        double xd = x.doubleValue();
        MathContext inner = new MathContext(mc.getPrecision() + 20 + (int) (xd * xd * 0.45));
        BigDecimal square = x.multiply(x, inner);
        BigDecimal term = x;
        BigDecimal sum = x;
        for (int k = 1; k < 20_000; k++) {
            term = term.multiply(square, inner).divide(BigDecimal.valueOf(2L * k + 1), inner);
            if (term.signum() == 0 || term.compareTo(sum.movePointLeft(inner.getPrecision())) < 0) {
                break;
            }
            sum = sum.add(term, inner);
        }
        return new BigDecimal("0.5")
                .subtract(density(x, inner).multiply(sum, inner), inner)
                .round(mc);
    }

    static BigDecimal density(BigDecimal x, MathContext mc) {
        BigDecimal e = exp(x.multiply(x, mc).divide(TWO, mc).negate(), mc);
        return e.divide(TWO.multiply(pi(mc), mc).sqrt(mc), mc);
    }

    /** Distance in units of the last place that a double at the exact value has. */
    static double ulps(double got, BigDecimal exact) {
        double ulp = Math.ulp(exact.doubleValue());
        return new BigDecimal(got)
                .subtract(exact)
                .divide(new BigDecimal(ulp), new MathContext(20))
                .abs()
                .doubleValue();
    }

    /** 2 atanh(s). */
    private static BigDecimal atanhSeries(BigDecimal s, MathContext mc) {
        BigDecimal square = s.multiply(s, mc);
        BigDecimal power = s;
        BigDecimal sum = s;
        for (int k = 3; k < 2000 && power.signum() != 0; k += 2) {
            power = power.multiply(square, mc);
            if (power.abs().compareTo(s.abs().movePointLeft(mc.getPrecision())) < 0) {
                break;
            }
            sum = sum.add(power.divide(BigDecimal.valueOf(k), mc), mc);
        }
        return sum.multiply(TWO, mc);
    }

    /** Machin: 16 atan(1/5) - 4 atan(1/239). */
    private static BigDecimal pi(MathContext mc) {
        MathContext inner = new MathContext(mc.getPrecision() + 6);
        return atanInverse(5, inner)
                .multiply(BigDecimal.valueOf(16))
                .subtract(atanInverse(239, inner).multiply(BigDecimal.valueOf(4)), mc);
    }

    private static BigDecimal atanInverse(int n, MathContext mc) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), mc);
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal sum = power;
        for (int k = 3; power.precision() - power.scale() > -mc.getPrecision() - 2; k += 2) {
            power = power.divide(square, mc).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(k), mc), mc);
        }
        return sum;
    }
}
