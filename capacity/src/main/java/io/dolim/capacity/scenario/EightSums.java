package io.dolim.capacity.scenario;

import static io.dolim.quoting.math.ElementaryLanes.SPECIES;

import java.util.function.IntToDoubleFunction;
import jdk.incubator.vector.DoubleVector;

/**
 * The one order in which rounded numbers are summed: eight partial sums by index modulo 8, joined by
 * one tree. Any vector width that divides eight gives the same bits.
 */
public final class EightSums {

    private static final int LANES = SPECIES.length();

    private EightSums() {}

    /** The sum of {@code term(0) ... term(n - 1)}. */
    public static double of(int n, IntToDoubleFunction term) {
        double[] partial = new double[8];
        for (int i = 0; i < n; i++) {
            partial[i & 7] += term.applyAsDouble(i);
        }
        return join(partial);
    }

    /** The sum of {@code a[0] b[0] ... a[n - 1] b[n - 1]}, on vector lanes. */
    public static double ofProducts(double[] a, double[] b, int n) {
        double[] partial = new double[8];
        int whole = n & -8;
        for (int lane = 0; lane < 8; lane += LANES) {
            DoubleVector sum = DoubleVector.zero(SPECIES);
            for (int i = lane; i < whole; i += 8) {
                sum =
                        sum.add(
                                DoubleVector.fromArray(SPECIES, a, i)
                                        .mul(DoubleVector.fromArray(SPECIES, b, i)));
            }
            sum.intoArray(partial, lane);
        }
        for (int i = whole; i < n; i++) {
            partial[i & 7] += a[i] * b[i];
        }
        return join(partial);
    }

    /** Joins eight partial sums: ((0+4)+(2+6)) + ((1+5)+(3+7)). */
    public static double join(double[] partial) {
        return ((partial[0] + partial[4]) + (partial[2] + partial[6]))
                + ((partial[1] + partial[5]) + (partial[3] + partial[7]));
    }
}
