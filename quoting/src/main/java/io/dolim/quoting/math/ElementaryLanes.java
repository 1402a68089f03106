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

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Elementary} on vector lanes: the same operations in the same order, so each lane has the bits of the scalar function.
 *
 * <p>Lanes never meet (no reduction), so the width leaves no trace. It is the widest that the processor has, or what the system property
 * {@code dolim.lanes.bits} says (128, 256 or 512): the tests hold all widths to one hash.
 */
public final class ElementaryLanes {
    private ElementaryLanes() {}

    /** A constant, as the compiler needs it to be. */
    public static final VectorSpecies<Double> SPECIES =
            chosen(Integer.getInteger("dolim.lanes.bits", 0));

    private static VectorSpecies<Double> chosen(int bits) {
        return switch (bits) {
            case 0 -> DoubleVector.SPECIES_PREFERRED;
            case 128 -> DoubleVector.SPECIES_128;
            case 256 -> DoubleVector.SPECIES_256;
            case 512 -> DoubleVector.SPECIES_512;
            default ->
                    throw new IllegalArgumentException(
                            "dolim.lanes.bits=" + bits + " rule=128, 256 or 512");
        };
    }

    /** {@link Elementary#exp} of each lane. */
    public static DoubleVector exp(DoubleVector x) {
        DoubleVector clamped = of(EXP_MIN).max(x.min(of(EXP_MAX)));
        DoubleVector k = clamped.fma(of(LOG2_E), of(SHIFT)).sub(of(SHIFT));
        DoubleVector exact = k.neg().fma(of(LN2), clamped);
        DoubleVector rest = k.neg().mul(of(LN2_REST));
        DoubleVector r = exact.add(rest);
        DoubleVector lost = exact.sub(r).add(rest);
        DoubleVector tail = r.mul(r).fma(horner(Coefficients.EXP, r), lost.fma(r, lost));
        DoubleVector half = k.fma(of(0.5), of(SHIFT)).sub(of(SHIFT));
        return of(1.0).add(r.add(tail)).mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
    }

    /** {@link Elementary#logRatio} of each lane. */
    public static DoubleVector logRatio(DoubleVector a, DoubleVector b) {
        DoubleVector quotient = a.div(b);
        DoubleVector remainder = quotient.neg().fma(b, a);
        return logOf(quotient, remainder.div(a));
    }

    /** {@link Elementary#log} of each lane; positive normal doubles only. */
    public static DoubleVector log(DoubleVector x) {
        return logOf(x, of(0.0));
    }

    /** {@link Elementary#log1p} of each lane; numbers above -1 only. */
    public static DoubleVector log1p(DoubleVector x) {
        DoubleVector u = of(1.0).add(x);
        DoubleVector small = x.sub(u.sub(of(1.0)));
        DoubleVector large = of(1.0).sub(u.sub(x));
        DoubleVector lost = large.blend(small, x.abs().compare(VectorOperators.LT, 1.0));
        return logOf(u, lost.div(u)).blend(x, x.abs().compare(VectorOperators.LT, 0x1.0p-54));
    }

    /** {@link Elementary#normalPdf} of each lane. */
    public static DoubleVector normalPdf(DoubleVector x) {
        DoubleVector clamped = x.abs().min(of(40.0));
        DoubleVector square = clamped.mul(clamped);
        DoubleVector lost = clamped.fma(clamped, square.neg());
        DoubleVector e = exp(of(-0.5).mul(square));
        return of(-0.5).mul(lost).fma(e, e).mul(of(INV_SQRT_2PI));
    }

    /** {@link Elementary#mills} of each lane for 0 <= x <= 64, held at its value at 64 beyond, where the density is zero. */
    public static DoubleVector mills(DoubleVector x) {
        DoubleVector bounded = x.min(of(MILLS_MAX));
        DoubleVector denominator = horner(Coefficients.MILLS_B, bounded);
        return denominator.div(bounded.fma(denominator, horner(Coefficients.MILLS_A, bounded)));
    }

    private static DoubleVector logOf(DoubleVector u, DoubleVector correction) {
        LongVector bits = u.reinterpretAsLongs().add(ONE_BITS - SQRT_HALF_BITS);
        DoubleVector k =
                bits.lanewise(VectorOperators.LSHR, 52)
                        .or(TWO_52_BITS)
                        .reinterpretAsDoubles()
                        .sub(of(TWO_52_AND_BIAS));
        DoubleVector f =
                bits.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(of(1.0));
        DoubleVector s = f.div(of(2.0).add(f));
        DoubleVector z = s.mul(s);
        DoubleVector series = z.mul(horner(Coefficients.LOG, z));
        DoubleVector halfSquare = of(0.5).mul(f).mul(f);
        DoubleVector small = s.fma(halfSquare.add(series), k.fma(of(LN2_SHORT_REST), correction));
        return k.mul(of(LN2_SHORT)).sub(halfSquare.sub(small).sub(f));
    }

    private static DoubleVector powerOfTwo(DoubleVector k) {
        return k.add(of(SHIFT))
                .reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, 52)
                .add(ONE_BITS)
                .reinterpretAsDoubles();
    }

    private static DoubleVector horner(double[] c, DoubleVector x) {
        DoubleVector sum = of(c[c.length - 1]);
        for (int i = c.length - 2; i >= 0; i--) {
            sum = sum.fma(x, of(c[i]));
        }
        return sum;
    }

    private static DoubleVector of(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
